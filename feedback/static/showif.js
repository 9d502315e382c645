// Questions that are asked only of some come and go with the answers they depend on. Without this they are always
// there, with words that say for whom; the server drops what is not asked in any case.
"use strict";
const parts = Array.from(document.querySelectorAll(".only-if"));

function chosen(name) {
  return Array.from(document.getElementsByName(name))
    .filter((input) => !input.closest(".only-if[hidden]") && (input.checked || input.tagName === "SELECT"))
    .map((input) => input.value);
}

// In the order of the page: what is hidden hides what depends on it.
function look() {
  for (const part of parts) {
    const wanted = part.dataset.is.split(" ");
    part.hidden = !chosen(part.dataset.question).some((answer) => wanted.includes(answer));
  }
}

for (const words of document.querySelectorAll(".when")) words.hidden = true;
addEventListener("change", look);
addEventListener("pageshow", look);
look();
