// A button beside each message that copies it. Without scripts people mark the words and copy them.
"use strict";
for (const button of document.querySelectorAll("button[data-copies]")) {
  const box = document.getElementById(button.dataset.copies), said = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      // Only secure addresses have a clipboard; the words are marked, and this old way copies what is marked.
      if (!document.execCommand("copy")) return;
    }
    said.hidden = false;
  });
}
