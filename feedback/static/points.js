// Points to share out: says how many are left. The server adds up again.
for (const list of document.querySelectorAll("[data-points]")) {
  const told = list.nextElementSibling;
  const lines = [...list.querySelectorAll("input")];
  const number = new Intl.NumberFormat(document.documentElement.lang);

  // Digits of other scripts are left to the server: then nothing is said here.
  const tell = () => {
    const given = lines.map((line) => Number(line.value.trim()));
    const left = list.dataset.points - given.reduce((sum, each) => sum + each, 0);
    told.textContent = Number.isInteger(left) ? told.dataset.left.replace("{left}", number.format(left)) : "";
  };
  list.addEventListener("input", tell);
  if (lines.some((line) => line.value)) tell();
}
