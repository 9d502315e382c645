// Rankings: buttons that move an answer up or down. What is sent are the lists of places, with or without this.
for (const list of document.querySelectorAll("[data-ranking]")) {
  const rows = [...list.children];
  const choice = (row) => row.querySelector("select");
  const placed = () => rows.filter((row) => choice(row).value).sort((a, b) => choice(a).value - choice(b).value);
  const told = list.nextElementSibling;
  let before = new Map();

  // The rows follow their places; those without one come last, in the form's order.
  const sort = () => {
    const order = placed();
    list.append(...order, ...rows.filter((row) => !order.includes(row)));
    before = new Map(rows.map((row) => [row, choice(row).value]));
  };

  const tell = (row) => {
    const { value, selectedOptions } = choice(row);
    const sentence = value ? told.dataset.placed : told.dataset.out;
    const words = { answer: row.querySelector("label").textContent.trim(), place: selectedOptions[0].text };
    told.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };

  const move = (row, by) => {
    const order = placed();
    const at = order.indexOf(row);
    if (at >= 0) order.splice(at, 1);
    // Up from no place is the last one; down from the last one is no place.
    const to = at < 0 ? (by < 0 ? order.length : -1) : Math.max(at + by, 0);
    if (to >= 0 && to <= order.length) order.splice(to, 0, row);
    for (const other of rows) choice(other).value = order.indexOf(other) + 1 || "";
    sort();
    tell(row);
  };

  for (const row of rows) {
    row.querySelector(".moves").hidden = false;
    for (const button of row.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => {
        move(row, Number(button.dataset.move));
        button.focus();
      });
    }
    choice(row).addEventListener("change", () => {
      const { value } = choice(row);
      const other = rows.find((each) => each !== row && value && choice(each).value === value);
      if (other) choice(other).value = before.get(row);
      sort();
      choice(row).focus();
      tell(row);
    });
  }
  sort();
}
