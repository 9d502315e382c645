// Shared devices: what one child typed is for nobody who comes later. Takes forms that were sent out of the way back,
// asks "Are you still here?" where nobody touches the page, and wipes it. Without this script, headers and the server
// do what they can, and somebody has to press "Leave now".
"use strict";
{
  const { pause, next } = document.documentElement.dataset;
  const start = location.pathname.split("/").slice(0, 4).join("/");
  const question = document.getElementById("still-here");
  const noLine = document.getElementById("line-is-down");
  // For how long it is asked, without a countdown: never less than half a minute.
  const patience = Math.max(30, pause / 3) * 1000;
  let touched = Date.now();
  let asked = 0;
  let gone = false;
  let waits = false;

  // What came in answer to a form becomes an ordinary page: going back to it, or loading it again, sends nothing.
  history.replaceState(null, "", location.pathname);

  const blank = () => {
    window.speechSynthesis?.cancel();
    document.body.replaceChildren();
  };

  const fetched = async (address, asking, seconds) => {
    const late = new AbortController();
    const clock = setTimeout(() => late.abort(), seconds * 1000);
    try {
      return await fetch(address, { ...asking, cache: "no-store", signal: late.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(clock);
    }
  };

  const leave = async () => {
    if (gone) return;
    gone = true;
    const form_key = document.querySelector("[name=form_key]")?.value ?? "";
    blank();
    const body = new URLSearchParams({ go: "leave", form_key });
    await fetched(start, { method: "POST", body, redirect: "manual" }, 3);
    location.replace(start);
  };

  // A form that is sent into a dead line would be gone, and the browser's own page would offer to send it once more, to
  // whoever comes next. And browsers note on their disk what a page sends. So it is first sent from here, and comes back
  // sealed; the page then goes on with that.
  addEventListener("submit", async (sent) => {
    const { target: form, submitter } = sent;
    if (!submitter) return;
    sent.preventDefault();
    if (submitter.value === "leave") return leave();
    if (waits) return;
    waits = true;
    noLine.hidden = true;
    const typed = new URLSearchParams(new FormData(form));
    typed.append(submitter.name, submitter.value);
    const said = await fetched(`${start}/carry`, { method: "POST", body: typed }, 20);
    const sealed = said?.ok && (await said.text().catch(() => ""));
    waits = false;
    if (gone) return;
    if (!sealed && (!said || said.ok || said.status === 503)) {
      noLine.hidden = false;
      noLine.scrollIntoView({ block: "center" });
      return;
    }
    // Where the room or its round is over, the server says so to a form with nothing in it.
    for (const field of form.elements) field.disabled = true;
    const field = form.appendChild(document.createElement("input"));
    Object.assign(field, { type: "hidden", name: sealed ? "typed" : "go", value: sealed || "next" });
    form.submit();
  });

  const stay = () => {
    asked = 0;
    touched = Date.now();
  };

  const isSounding = () =>
    window.speechSynthesis?.speaking || [...document.querySelectorAll("audio, video")].some((sound) => !sound.paused);

  const look = () => {
    if (gone) return;
    if (isSounding()) touched = Date.now();
    if (asked) {
      if (Date.now() - asked >= patience) leave();
    } else if (Date.now() - touched >= pause * 1000) {
      if (!question) return location.replace(start);
      asked = Date.now();
      question.showModal ? question.showModal() : question.setAttribute("open", "");
    }
  };

  if (Number(pause) && (question || next !== undefined)) {
    for (const sign of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel", "touchstart"]) {
      addEventListener(sign, () => (touched = Date.now()), { capture: true, passive: true });
    }
    question?.querySelector("button").addEventListener("click", () => {
      question.close ? question.close() : question.removeAttribute("open");
      stay();
    });
    question?.addEventListener("close", stay);
    setInterval(look, 1000);
    document.addEventListener("visibilitychange", look);
  }

  // A browser may keep a page in memory against our word, and show it on the way back.
  addEventListener("pagehide", blank);
  addEventListener("pageshow", (shown) => {
    if (shown.persisted) location.replace(start);
  });
}
