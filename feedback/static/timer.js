// How many minutes are left of each thing on an agenda. Only for whoever starts it; the page says everything without it.
"use strict";
{
  const boxes = [...document.querySelectorAll("#boxes li")], part = document.getElementById("timer");
  const [start, told] = [part?.querySelector("button"), part?.querySelector("[role=status]")];
  const ends = [];
  let asked = 0;
  const show = () => {
    const gone = (Date.now() - asked) / 60_000, now = ends.findIndex((end) => gone < end);
    boxes.forEach((box, n) => (n === now ? box.setAttribute("aria-current", "step") : box.removeAttribute("aria-current")));
    const { left, over } = part.dataset;
    // Said again only when it changes: a screen reader is told once a minute.
    const text = now < 0 ? over : `${boxes[now].querySelector("b").textContent} · ${left.replace("%m", new Intl.NumberFormat(document.documentElement.lang).format(Math.ceil(ends[now] - gone)))}`;
    if (told.textContent !== text) told.textContent = text;
    if (now < 0) clearInterval(ticking);
  };
  let ticking;
  if (part && boxes.length) {
    boxes.reduce((sum, box) => (ends.push(sum + Number(box.dataset.minutes)), sum + Number(box.dataset.minutes)), 0);
    part.hidden = false;
    start.addEventListener("click", () => {
      asked = Date.now();
      clearInterval(ticking);
      ticking = setInterval(show, 1000);
      show();
    });
  }
}
