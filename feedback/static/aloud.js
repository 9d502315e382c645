// Reading aloud with a voice of this device, where it has one for the page's language. Never with one from the network:
// that would send the words to another host. Where there is a recording of the school, that is heard instead.
"use strict";
{
  const { read, stop } = document.currentScript.dataset;
  const page = () => document.documentElement.lang, form = document.getElementById("answers"), mouth = self.speechSynthesis;
  const BETWEEN = ".between > div", SAID = "h1, h2, h3, h4, p, li, label, legend, .stem";
  // Not for listening: what was typed or went wrong, what stands in another language, and what is there for later.
  const SILENT = "[hidden], .below, .error, .why, textarea, select, button, svg, script, style";
  const tag = (code) => new Intl.Locale(code.replaceAll("_", "-")).maximize();
  const speaks = (voice) => {
    try {
      const [its, ours] = [tag(voice.lang), tag(page())];
      return voice.localService === true && its.language === ours.language && its.script === ours.script;
    } catch {
      return false; // a voice with no language at all
    }
  };
  const find = () => {
    const fitting = mouth.getVoices().filter(speaks), same = (voice) => tag(voice.lang).region === tag(page()).region;
    return fitting.find(same) || fitting.find((voice) => voice.default) || fitting[0];
  };

  const isForeign = (part) => part.lang && part.lang !== page();
  const words = (part) => {
    const found = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return node.matches(SILENT) || isForeign(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    });
    while (walker.nextNode()) found.push(walker.currentNode.data);
    return found.join(" ").replace(/\s+/g, " ").trim();
  };
  // One after the other, so that a voice pauses between them: the heading, the hint, each answer.
  const sentences = (part) => {
    // A row of a matrix makes no sense without what stands above all rows.
    const above = part.closest?.(".matrix")?.querySelectorAll(":scope > .stem, :scope > .hint") ?? [];
    const all = part instanceof Element ? [...above, ...part.querySelectorAll(SAID)] : part;
    const outer = all.filter((each) => !all.some((other) => other !== each && other.contains(each)));
    return outer.filter((each) => !each.closest(SILENT) && !isForeign(each)).map(words).filter(Boolean);
  };

  // Kept here, because some browsers forget to say that they have spoken what nobody holds on to.
  let speaking = null, lines = [], count = 0;
  const hush = () => {
    mouth.cancel();
    if (speaking) speaking.textContent = read;
    speaking = null;
  };
  const speak = (button, part) => {
    const voice = find(), told = sentences(part);
    if (!voice || !told.length) return;
    speaking = button;
    button.textContent = stop;
    const over = () => speaking === button && hush();
    lines = told.map((line) => Object.assign(new SpeechSynthesisUtterance(line), { voice, lang: voice.lang, rate: 0.9, onerror: over }));
    lines.at(-1).onend = over;
    for (const line of lines) mouth.speak(line);
  };
  const offer = (part, heading) => {
    if (!heading || heading.parentElement.querySelector(":scope > audio") || !sentences(part).length) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "second aloud", textContent: read });
    button.addEventListener("click", () => {
      const isOn = speaking === button;
      hush();
      if (!isOn) speak(button, part);
    });
    if (!heading.matches("legend")) button.setAttribute("aria-describedby", (heading.id ||= `read-${count += 1}`));
    heading.after(button);
  };
  const begin = () => {
    if (!find() || form.dataset.aloud) return;
    form.dataset.aloud = "voice";
    const title = form.querySelector(":scope > h1");
    // On the last screen what was answered stays unread: others may listen.
    if (title) offer([title, ...form.querySelectorAll(":scope > p:not(.steps, #shared-device, :is(.question, .matrix, .only-if) ~ p), :scope > .told > li, :scope > .notice > li")], title);
    for (const part of form.querySelectorAll(BETWEEN)) offer(part, part.querySelector("h1, h2, h3, h4, p"));
    for (const part of form.querySelectorAll(".question")) offer(part, part.querySelector("legend, h1, h2, h3, h4"));
  };

  if (form && mouth && self.SpeechSynthesisUtterance) {
    begin();
    mouth.addEventListener?.("voiceschanged", begin);
    addEventListener("pagehide", hush);
    // Sounds of the school and of the device do not talk over each other.
    form.addEventListener("play", hush, true);
  }
}
