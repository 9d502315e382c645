// Single keys for whoever reviews many comments. Every one of them only presses what is on the page anyway, and all of
// them can be switched off (WCAG 2.2, 2.1.4): somebody who speaks to the computer would press them by speaking.
"use strict";
const legend = document.getElementById("keys"), on = document.getElementById("keys-on");
const stops = [...document.querySelectorAll("[data-stop]")], kept = "review-keys";
let at = -1;

if (legend) {
  legend.hidden = false;
  on.checked = localStorage.getItem(kept) !== "off";
  on.addEventListener("change", () => {
    localStorage.setItem(kept, on.checked ? "on" : "off");
    show();
  });
  show();
  addEventListener("keydown", press);
}

function show() {
  document.documentElement.classList.toggle("with-keys", on.checked);
}

function press(pressed) {
  const { target } = pressed, key = plain(pressed);
  if (!on.checked || pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return;
  if (target.matches("textarea, select, input:not([type=checkbox], [type=radio])")) return;
  if (stops.length && (key === "j" || key === "k")) {
    go(Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), stops.length - 1));
  } else {
    // Enter belongs to whatever has the focus; only a comment itself has none of its own.
    const found = key === "Enter" ? inStop(target, key) : inStop(stops[at], key) || named(document, "key", key);
    if (!found) return;
    found.click();
  }
  pressed.preventDefault();
}

// The same keys of the keyboard, whatever script it writes.
function plain({ key, code }) {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  if (key.length > 1) return key;
  return key === "؟" ? "?" : code.replace(/^(Key|Digit)/, "").toLowerCase();
}

function inStop(stop, key) {
  return stop && stops.includes(stop) ? named(stop, "in", key) : null;
}

function named(place, kind, key) {
  return [...place.querySelectorAll(`[data-${kind}]`)].find((each) => each.dataset[kind] === key);
}

function go(to) {
  at = to;
  stops[at].tabIndex = -1;
  stops[at].focus();
}
// Tab moves, too: j and k go on from where the focus is.
addEventListener("focusin", (moved) => {
  const stop = moved.target.closest("[data-stop]");
  if (stop) at = stops.indexOf(stop);
});
