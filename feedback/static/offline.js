// When the line is cut: what was answered is sealed here, waits on this device, and goes when the line is back. Without a
// secure address, or where others use the device, nothing waits: then the page says so and keeps what was typed.
"use strict";
{
  const form = document.getElementById("answers"), panel = document.getElementById("no-line");
  const worker = navigator.serviceWorker, base = form && new URL(form.action).pathname;
  const isKept = panel && "kept" in panel.dataset;
  const isShared = () => document.querySelector("[data-shared]") || sessionStorage.getItem("shared");
  const canSeal = () => isSecureContext && panel.dataset.box;
  const canWait = () => canSeal() && self.indexedDB && !isShared();
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // Of this person: the key of what waits, and on a form with screens what the earlier ones carried.
  let key = "", carried = "", carriedWords = "", busy = false;

  const show = (said, { alone = true } = {}) => {
    for (const part of panel.children) part.hidden = part.dataset.said !== said;
    panel.parentElement.classList.toggle("alone", alone);
    panel.hidden = false;
    panel.focus();
    panel.scrollIntoView({ block: "start" });
  };
  const questions = () => [...form.querySelectorAll(".question")].filter((each) => !each.matches("[hidden], .behind"));
  // Scripts that hide questions by what was answered before are told.
  const changed = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  const fields = (part) => [...part.querySelectorAll("[name^='q-']")];

  // {question or part of one: [what was typed]}, as forms/typed.py reads it; also what was left empty.
  const typed = () => {
    const found = {}, data = new FormData(form);
    for (const question of questions())
      for (const { name } of fields(question)) found[name.slice(2)] = data.getAll(name).filter((each) => each !== "");
    return found;
  };
  const clear = () => {
    for (const field of fields(form)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = false;
      else field.value = "";
    }
    for (const hidden of form.querySelectorAll("[name=slip], [name=carried], [name=carried_words]")) hidden.value = "";
    for (const old of form.querySelectorAll(".error")) old.remove();
    for (const question of form.querySelectorAll(".behind")) question.classList.remove("behind");
    if (form.elements.own) form.elements.own.value = random();
    carried = carriedWords = "";
    changed();
  };

  // What the fields' own rules would refuse (forms/fields.py) has to be found here, for later nobody can be asked.
  const digit = (sign) => { let nought = sign.codePointAt(0); while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1)) && sign.codePointAt(0) - nought < 9) nought -= 1; return sign.codePointAt(0) - nought; };
  const number = (text) => /^[+-]?\p{Nd}{1,18}$/u.test(text) ? Number(text.replace(/\p{Nd}/gu, digit)) : NaN;
  const fits = ([first = "", ...more], { most = Infinity, longest = Infinity, least, greatest }) =>
    more.length < most && [...first.trim()].length <= longest &&
    (least === undefined || !first.trim() || (number(first.replace(/\p{Cf}/gu, "").trim()) >= least && number(first.replace(/\p{Cf}/gu, "").trim()) <= greatest));
  // The same for questions in parts (forms/fields_in_parts.py): what was typed into each of them, "" for nothing.
  const agree = (parts, { different, total, both }) => {
    const given = parts.filter((each) => each);
    if (different) return new Set(given).size === given.length;
    if (both) return given.length !== 1;
    if (!total || !given.length) return true;
    const points = given.map((each) => number(each.replace(/\p{Cf}/gu, "")));
    return points.every((each) => each >= 0) && points.reduce((sum, each) => sum + each) === total;
  };
  // The check letter of privacy/slips.py, so that a mistyped slip is found while it is still at hand.
  const isSlip = (text) => {
    const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const plain = text.normalize("NFKD").replace(/\p{Nd}/gu, digit).replace(/[^\p{L}\p{N}]/gu, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
    const total = [...plain].reverse().reduce((sum, letter, place) => {
      const value = LETTERS.indexOf(letter) * (place % 2 ? 2 : 1);
      return value < 0 ? NaN : sum + Math.floor(value / 32) + value % 32;
    }, 0);
    return plain.length === 11 && total % 32 === 0;
  };
  const misfits = (found, slip) => {
    const rules = JSON.parse(panel.dataset.rules);
    for (const old of form.querySelectorAll(".misfit")) old.remove();
    const wrong = Object.keys(found).filter((name) => !fits(found[name], rules[`q-${name}`] || {}));
    const marked = wrong.map((name) => form.querySelector(`[name="q-${name}"]`));
    for (const [field, rule] of Object.entries(rules)) {
      const parts = Object.keys(found).filter((name) => `q-${name}`.startsWith(`${field}.`));
      if (!agree(parts.map((name) => (found[name][0] ?? "").trim()), rule)) marked.push(form.querySelector(`[name^="${field}."]`));
    }
    if (slip && !isSlip(slip.value)) marked.push(slip);
    for (const field of marked) {
      const told = panel.querySelector(".misfit").cloneNode(true);
      told.hidden = false;
      (field.closest(".options, .rows") || field.closest("p") || field).before(told);
    }
    return marked.length > 0;
  };
  const told = (said) => {
    if (said === "waiting" && !canWait()) return show("stay", { alone: false });
    if (["late", "full"].includes(said)) document.querySelector(`#waited [data-said=${said}]`).hidden = false;
    return show(said);
  };
  const flush = async () => {
    const said = await queue.flush(true);
    const slip = Object.keys(said).find((each) => said[each] === "slip");
    if (panel && slip && !key) { key = slip; told("slip"); }
    const others = Object.entries(said).filter(([each]) => each !== key).map(([, state]) => state);
    for (const part of document.querySelectorAll("#waited > p")) part.hidden = !others.includes(part.dataset.said);
    if (key in said) told(said[key]);
  };

  // What children wrote is sealed once more, for the adult who reads it. Also where they wrote nothing.
  const wordsOf = async (found, sealed) => {
    if (!panel.dataset.queue) return "";
    const texts = JSON.parse(panel.dataset.texts);
    const written = Object.fromEntries(Object.entries(found).filter(([name, each]) => each.length && texts.includes(name)));
    const contents = { typed: written, ...(carriedWords && { carried: carriedWords }) };
    return sealing.write(await sealing.sealWords(contents, sealing.read(panel.dataset.queue), panel.dataset.queueInfo, sealed) || []);
  };
  // Seals what is on the page, lets it wait, and tries at once.
  const hold = async (its) => {
    const found = typed(), slip = form.elements.slip;
    if (misfits(found, slip)) return show("misfit", { alone: false });
    if (!carried && !Object.values(found).some((each) => each.length)) return show("nothing", { alone: false });
    const answered = carried ? { typed: found, carried } : { typed: Object.fromEntries(Object.entries(found).filter(([, each]) => each.length)) };
    const sealed = await sealing.seal(answered, sealing.read(panel.dataset.box), panel.dataset.info);
    if (!sealed) return show("misfit", { alone: false });
    const entry = { key: its, sealed: sealing.write(sealed), words: await wordsOf(found, sealed), slip: slip ? slip.value : "", to: `${base}/sealed`, until: panel.dataset.until };
    if (!canWait()) {
      const said = await queue.send(entry);
      if (said !== "waiting") clear();
      return told(said);
    }
    await queue.put(entry);
    key = its;
    clear();
    show("waiting");
    if (worker) worker.getRegistration(base).then((found) => found?.sync?.register("waiting")).catch(() => {});
    return flush();
  };
  const ownKey = (own = form.elements.own?.value) =>
    own ? sealing.keyOf(form.elements.form_key.value, own) : sealing.keyOf(form.elements.form_key.value);

  // Somebody pressed a button, and nobody knows whether there is a line.
  const isReachable = () => fetch(base, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(15000) }).then(() => true, () => false);
  const send = async (go) => {
    if (isKept) return hold(random());
    if (await isReachable()) {
      form.querySelector("input[name=go]")?.remove();
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: go }));
      return form.submit();
    }
    if (go !== "send" || !canSeal()) return show("stay", { alone: false });
    if (!form.elements.own) [carried, carriedWords] = [form.elements.carried.value, form.elements.carried_words?.value || ""];
    return hold(await ownKey());
  };

  // A page that stands in for one that could not be sent gets what was typed there from the service worker.
  const takeOver = async (body) => {
    const sent = new URLSearchParams(body), go = sent.get("go");
    for (const field of [...fields(form), ...form.querySelectorAll("[name=slip], [name=own], [name=form_key]")]) {
      const values = sent.getAll(field.name);
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    if (sent.get("own")) return go === "send" && hold(await ownKey());
    carried = sent.get("carried") || "";
    carriedWords = sent.get("carried_words") || "";
    if (go === "send") {
      for (const question of questions()) question.classList.add("behind");
      return hold(await ownKey(""));
    }
    const all = questions(), here = all.findIndex((each) => each.querySelector(`[name^="q-${sent.get("asked")}"]`));
    for (const question of all.slice(0, Math.max(0, here - (go === "back" ? 1 : 0)))) question.classList.add("behind");
    changed();
    return all[Math.max(0, here)].scrollIntoView();
  };

  const install = () => {
    if (worker && isSecureContext && !isShared()) worker.register("/sw.js", { scope: base }).then(() => isShared() && share(true), () => {});
  };
  const share = async (isOthers) => {
    if (!isOthers) return sessionStorage.removeItem("shared");
    sessionStorage.setItem("shared", "1");
    await (await worker?.getRegistration(base))?.unregister();
    return caches.delete(`form ${base}`);
  };

  const buttons = {
    again: () => flush(),
    erase: async () => { await queue.drop(key); key = ""; show("erased"); },
    next: () => {
      if (!isKept && !form.elements.own) return location.assign(base);
      key = "";
      panel.hidden = true;
      panel.parentElement.classList.remove("alone");
      return scrollTo(0, 0);
    },
    slip: async () => {
      const entry = (await queue.all()).find((each) => each.key === key);
      await queue.put({ ...entry, state: "waiting", slip: panel.querySelector("#other-slip").value });
      return flush();
    },
  };

  if (form && panel) {
    form.addEventListener("submit", (event) => {
      const go = (event.submitter || form.querySelector("button")).value;
      // With a service worker in charge, that one finds out whether there is a line.
      if (!isKept && ((worker?.controller && !isShared()) || (go !== "send" && navigator.onLine))) return;
      event.preventDefault();
      if (busy) return;
      busy = true;
      // Whatever a browser refuses, such as a place to keep things: what was typed stays where it is.
      send(go).catch(() => show("stay", { alone: false })).finally(() => { busy = false; });
    });
    panel.addEventListener("click", (event) => buttons[event.target.dataset.do]?.());
    const box = document.querySelector("#shared-device input");
    if (box && isSecureContext && !document.querySelector("[data-shared]")) {
      box.closest("#shared-device").hidden = false;
      box.checked = Boolean(isShared());
      box.addEventListener("change", () => share(box.checked));
    }
    if (isKept && worker?.controller) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => data && takeOver(data);
      worker.controller.postMessage("typed", [port2]);
    }
    // Not before the page was shown and read for a moment: on a slow line nothing else may compete with it.
    addEventListener("load", () => setTimeout(install, 3000));
    for (const touched of ["pointerdown", "keydown"]) addEventListener(touched, () => setTimeout(install, 500), { once: true });
  }
  if (isSecureContext && self.indexedDB && !document.querySelector("[data-shared]")) {
    flush();
    addEventListener("online", flush);
    setInterval(() => key && !document.hidden && flush(), 10000);
  }
}
