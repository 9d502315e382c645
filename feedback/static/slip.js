// Takes the slip out of the address, "…/r/CODE#SLIP", into its field, and out of the address bar and the way back.
// A browser's own list of visited pages may keep the address as it was scanned, and no page can change that: a used
// slip opens nothing. Without this script the slip is typed.
"use strict";
{
  const field = document.getElementById("slip");

  // The other languages' links take the slip along, as it stands in the field.
  const share = () => {
    for (const link of document.querySelectorAll(".languages a")) link.hash = field.value.replace(/\s/g, "");
  };

  const bring = () => {
    const slip = location.hash.slice(1);
    if (/^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{3}$/i.test(slip)) {
      field.value = slip;
      history.replaceState(null, "", location.pathname + location.search);
    }
    share();
  };

  if (field) {
    field.addEventListener("input", share);
    // Another slip, scanned into the same window.
    addEventListener("hashchange", bring);
    bring();
  }
}
