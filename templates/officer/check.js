// Checks a signed document as feedback/privacy/evidence.py makes it: Ed25519 over canonical JSON.
"use strict";
const at = (id) => document.getElementById(id);
const FIELDS = ["facts", "form", "public_key", "school", "signature", "signed_on", "voicebox"];
const links = [];

function byCodePoint(a, b) {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0);
  }
  return x.length - y.length;
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort(byCodePoint);
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function bytes(hex) {
  if (typeof hex !== "string" || !/^([0-9a-f]{2})+$/.test(hex)) throw new TypeError("not hex");
  return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
}

function say(id) {
  at("said").textContent = at(id).content.textContent;
  at("said").hidden = false;
}

function offer(id, body) {
  const address = URL.createObjectURL(new Blob([body], { type: "application/octet-stream" }));
  links.push(address);
  at(id).href = address;
}

function row(name, value) {
  const line = at("facts").tBodies[0].insertRow();
  const head = document.createElement("th");
  head.scope = "row";
  head.dir = "ltr";
  head.textContent = name;
  line.append(head);
  const cell = line.insertCell();
  cell.dir = "auto";
  cell.textContent = typeof value === "object" ? canonical(value) : String(value);
}

function clear() {
  for (const id of ["said", "facts", "for-openssl"]) at(id).hidden = true;
  at("facts").tBodies[0].replaceChildren();
  while (links.length) URL.revokeObjectURL(links.pop());
}

async function holds(found, body) {
  const key = await crypto.subtle.importKey("raw", bytes(found.public_key), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, bytes(found.signature), body);
}

async function check() {
  clear();
  const file = at("file").files[0];
  if (!file) return;
  let found;
  let body;
  try {
    found = JSON.parse(await file.text());
    if (Object.keys(found).sort().join() !== FIELDS.join()) throw new TypeError("fields");
    const { signature, ...signed } = found;
    body = new TextEncoder().encode(canonical(signed));
    offer("signature", bytes(signature));
    bytes(found.public_key);
  } catch {
    say("no-document");
    return;
  }
  offer("signed", body);
  at("for-openssl").hidden = false;
  try {
    if (!(await holds(found, body))) return say("changed");
  } catch {
    return say("too-old");
  }
  say(at("key").value.replace(/\s/g, "").toLowerCase() === found.public_key ? "holds" : "other-key");
  row("voicebox", found.voicebox);
  row("school", found.school);
  row("signed_on", found.signed_on);
  for (const name of Object.keys(found.facts)) row(name, found.facts[name]);
  at("facts").hidden = false;
}

at("file").addEventListener("change", check);
at("key").addEventListener("change", check);
