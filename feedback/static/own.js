// Makes each opened page its own: a cache that keeps pages against the rules gives several people the same key.
"use strict";
{
  const own = document.querySelector("input[name=own]");
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  if (own && !own.value) own.value = hex(crypto.getRandomValues(new Uint8Array(16)));
  // A page that a browser kept, with somebody's answers in it, is not shown again.
  if (own) addEventListener("pageshow", (shown) => {
    if (shown.persisted) location.replace(location.href);
  });
}
