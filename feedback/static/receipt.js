// Takes the receipt out of the address, "…/receipt/CODE#1234567890123456", into its field or on to the language that
// is chosen, and out of the address bar. Without this script the digits are typed.
"use strict";
const field = document.getElementById("receipt");
const digits = location.hash.slice(1);

// The other languages' links take the digits along, as they stand in the field.
const take = (found) => {
  for (const link of document.querySelectorAll(".languages a")) link.hash = found.replace(/\D/g, "");
};

if (/^\d{16}$/.test(digits)) {
  history.replaceState(null, "", location.pathname);
  if (field) field.value = digits.match(/\d{4}/g).join(" ");
  take(digits);
}
field?.addEventListener("input", () => take(field.value));
