// Enter goes on to the next line, and the boxes that a number means are marked while it is typed.
"use strict";
const sheet = document.getElementById("sheet");
const stops = [...sheet.querySelectorAll(".lines input, .lines textarea, #put-in")];

// Browsers do so a little later, and fast fingers would type into nothing.
sheet.querySelector("[autofocus]")?.focus();
sheet.addEventListener("keydown", (pressed) => {
  const at = stops.indexOf(pressed.target);
  if (at < 0 || pressed.isComposing) return;
  const multiline = pressed.target.tagName === "TEXTAREA";
  if (pressed.key === "Enter" && pressed.target.id !== "put-in" && !(multiline && pressed.shiftKey)) {
    pressed.preventDefault();
    go(at + 1);
  } else if (pressed.key === "ArrowDown" && !multiline) {
    pressed.preventDefault();
    go(at + 1);
  } else if (pressed.key === "ArrowUp" && !multiline) {
    pressed.preventDefault();
    go(at - 1);
  }
});
sheet.addEventListener("input", (typed) => mark(typed.target));

function go(to) {
  const stop = stops[Math.min(Math.max(to, 0), stops.length - 1)];
  stop.focus();
  if (stop.select) stop.select();
}

function mark(field) {
  const boxes = [...field.closest(".field").querySelectorAll("[data-box]")];
  if (!boxes.length) return;
  let numbers = (field.value.match(/\p{Nd}+/gu) || []).map(plain);
  if (numbers.length === 1 && boxes.length < 10 && numbers[0] > boxes.length) numbers = [...String(numbers[0])].map(Number);
  for (const box of boxes) box.classList.toggle("chosen", numbers.includes(Number(box.dataset.box)));
}

// Digits of every script stand in rows of ten, from a zero on.
function plain(digits) {
  return Number([...digits].map((digit) => {
    let zero = digit.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0) - zero < 9) zero -= 1;
    return digit.codePointAt(0) - zero;
  }).join(""));
}
// A page that a browser kept, with somebody's sheet on it, is not shown again.
addEventListener("pageshow", (shown) => {
  if (shown.persisted) location.replace(location.href);
});
