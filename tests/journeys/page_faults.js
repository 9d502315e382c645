// What is wrong with the open page, as [what it is, the words it is about]. Of a language: its code; of a school: its name.
([code, school]) => {
  const faults = [];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const foreign = (element) => element.closest("[lang]").lang !== code || element.closest("bdi[dir=ltr], .receipt, .receipt-code");
  // The text of <noscript> is markup where scripts run.
  const words = (text) => text.replaceAll(school, "").replace(/<[^>]*>/g, "");
  const plain = /[A-Za-z]{2}/;
  // English that came from no catalogue, also where it is hidden until a script shows it, or only heard.
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (["SCRIPT", "STYLE"].includes(parent.tagName)) continue;
    if (!foreign(parent) && plain.test(words(node.data))) faults.push(["English", node.data.trim()]);
  }
  for (const element of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
    for (const name of ["aria-label", "alt", "title", "placeholder"]) {
      const told = element.getAttribute(name) ?? "";
      if (!foreign(element) && plain.test(words(told))) faults.push(["English", told]);
    }
  }
  // What runs out of its box, or out of the window.
  if (document.documentElement.scrollWidth > innerWidth) faults.push(["the page scrolls sideways", document.title]);
  for (const element of document.body.querySelectorAll("*")) {
    if (!visible(element) || element.closest("svg, .skip-link")) continue;
    const style = getComputedStyle(element);
    if (style.display.startsWith("inline") && !style.display.startsWith("inline-")) continue;
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) faults.push(["too wide", element.outerHTML.slice(0, 120)]);
    if (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1 && element.tagName !== "TEXTAREA") {
      faults.push(["too high", element.outerHTML.slice(0, 120)]);
    }
  }
  const shown = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = shown.nextNode(); node; node = shown.nextNode()) {
    if (!node.data.trim() || !visible(node.parentElement) || node.parentElement.closest("script, style, option, .skip-link")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let box = node.parentElement;
    while (getComputedStyle(box).display === "inline") box = box.parentElement;
    const around = box.getBoundingClientRect();
    for (const part of range.getClientRects()) {
      if (part.left < Math.max(around.left, 0) - 1 || part.right > Math.min(around.right, innerWidth) + 1) {
        faults.push(["outside its box", node.data.trim()]);
        break;
      }
    }
    const lines = new Set(Array.from(range.getClientRects(), (part) => Math.round(part.top))).size;
    if (lines > node.data.trim().split(/\s+/).length + 1) faults.push(["squeezed", node.data.trim()]);
  }
  return faults;
}
