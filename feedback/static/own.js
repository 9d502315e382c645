// Makes each opened page its own: a cache that keeps pages against the rules gives several people the same key.
"use strict";
const own = document.querySelector("input[name=own]");

if (!own.value) {
  const random = crypto.getRandomValues(new Uint8Array(16));
  own.value = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
// A page that a browser kept, with somebody's answers in it, is not shown again.
addEventListener("pageshow", (shown) => {
  if (shown.persisted) location.replace(location.href);
});
