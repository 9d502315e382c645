// The editor a little more comfortable: what is typed is kept by itself, and questions can be dragged. Everything here
// sends the same forms as the buttons do.
"use strict";
const PAUSE = 800;
const form = document.querySelector("[data-autosave]"), list = document.querySelector("[data-list]");
const answers = document.querySelector("[data-put]");

if (form) keepByItself(form);
if (list) letDrag(list);
if (answers) letPutIn(answers);

function keepByItself(form) {
  const said = form.querySelector("[data-saved]"), revision = form.elements.namedItem("revision");
  let waiting = 0, sending = false, again = false, leaving = false;

  form.addEventListener("submit", (sent) => {
    // Two requests on one revision would look like two people.
    if (sending) {
      sent.preventDefault();
      leaving = sent.submitter || form;
    }
    clearTimeout(waiting);
  });
  form.addEventListener("change", () => later(0));
  form.addEventListener("input", (typed) => {
    if (typed.target.matches("textarea, input:not([type=checkbox], [type=radio])")) later(PAUSE);
  });

  function later(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(keep, pause);
  }

  async function keep() {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("go", "keep");
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
      tell(await answer.json(), answer.ok);
    } catch {
      say(form.dataset.failed, true);
    }
    sending = false;
    if (leaving) {
      leaving === form ? form.requestSubmit() : form.requestSubmit(leaving);
    } else if (again) {
      again = false;
      later(PAUSE);
    }
  }

  function tell(told, isFine) {
    if (!isFine) {
      const problems = (told.problems || []).map(([, sentence]) => sentence);
      say([told.said, ...problems].join(" "), true);
      return;
    }
    revision.value = told.revision;
    form.action = told.action;
    for (const [name, id] of Object.entries(told.ids)) form.elements.namedItem(name).value = id;
    say(told.said, false);
    for (const frame of document.querySelectorAll("[data-preview]")) frame.src = frame.src;
  }

  function say(words, isWrong) {
    if (said.textContent !== words) said.textContent = words;
    said.classList.toggle("not", isWrong);
  }
}

function letDrag(list) {
  let dragged = null;
  const over = () => list.querySelector(".over");

  for (const item of list.querySelectorAll("[data-item]")) item.draggable = true;
  list.addEventListener("dragstart", (begun) => {
    dragged = begun.target.closest("[data-item]");
    if (!dragged) return;
    dragged.classList.add("dragged");
    begun.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (moved) => {
    const part = moved.target.closest("[data-section]");
    if (!dragged || !part) return;
    moved.preventDefault();
    over()?.classList.remove("over");
    moved.target.closest("[data-item]")?.classList.add("over");
  });
  list.addEventListener("dragend", () => {
    over()?.classList.remove("over");
    dragged?.classList.remove("dragged");
    dragged = null;
  });
  list.addEventListener("drop", (dropped) => {
    const part = dropped.target.closest("[data-section]"), before = dropped.target.closest("[data-item]");
    if (!dragged || !part || before === dragged) return;
    dropped.preventDefault();
    for (const [name, value] of [["place", dragged.dataset.item], ["section", part.dataset.section],
      ["before", before ? before.dataset.item : ""]]) {
      list.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    list.submit();
  });
}

// A button beside each earlier answer, which puts it where one was writing, and leaves marked what is still to be said.
function letPutIn(answers) {
  const texts = ["text", "hint"].map((id) => document.getElementById(id)).filter(Boolean);
  let last = texts[0];

  for (const text of texts) text.addEventListener("focus", () => (last = text));
  for (const answer of answers.querySelectorAll("[data-answer]")) {
    const button = document.createElement("button"), words = answer.parentElement.querySelector("[id]");
    Object.assign(button, { type: "button", className: "small", textContent: answers.dataset.put });
    button.setAttribute("aria-describedby", words.id);
    button.addEventListener("click", () => putIn(last, answer.textContent));
    answer.parentElement.append(" ", button);
  }

  function putIn(text, words) {
    const at = text.selectionStart;
    text.setRangeText(words, at, text.selectionEnd);
    text.focus();
    text.setSelectionRange(at + words.indexOf("|") + 1, at + words.length - 1);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
