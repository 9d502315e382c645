// Seals an envelope as feedback/privacy/box.py does: HPKE, RFC 9180, mode base, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
// AES-256-GCM, with nothing but WebCrypto. Proved by the RFC's own vector in tests/journeys/test_seal.py.
"use strict";
const sealing = (() => {
  const subtle = crypto.subtle, text = new TextEncoder();
  const P256 = { name: "ECDH", namedCurve: "P-256" };
  // What the stored sizes leave when the server has sealed once more (BROWSER_SIZES of box.py).
  const SIZES = [896, 3968, 16256, 65408], OVERHEAD = 65 + 16, AGAIN = 128;

  const bytes = (...parts) => new Uint8Array(parts.flatMap((part) =>
    typeof part === "string" ? [...text.encode(part)] : [...new Uint8Array(part)]));
  const hmac = async (key, body) => subtle.sign("HMAC",
    await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]), body);
  const KEM = bytes("KEM", [0, 16]), HPKE = bytes("HPKE", [0, 16, 0, 1, 0, 2]);
  // RFC 9180, section 4; an empty salt is a hash's length of noughts (RFC 5869, 2.2).
  const extract = (suite, salt, label, key) =>
    hmac(salt.byteLength ? salt : new Uint8Array(32), bytes("HPKE-v1", suite, label, key));
  const expand = async (suite, key, label, info, length) =>
    (await hmac(key, bytes([0, length], "HPKE-v1", suite, label, info, [1]))).slice(0, length);

  // Section 4.1, Encap: a secret that only the box's key can make again, and the point to make it from.
  const encapsulate = async (box, pair) => {
    const point = await subtle.exportKey("raw", pair.publicKey);
    const shared = await subtle.deriveBits({ name: "ECDH", public: await subtle.importKey("raw", box, P256, false, []) },
      pair.privateKey, 256);
    const secret = await extract(KEM, [], "eae_prk", shared);
    return [point, await expand(KEM, secret, "shared_secret", bytes(point, box), 32)];
  };

  // Section 5.1, KeySchedule, then 5.2 for the first and only message.
  const hpke = async (box, info, body, pair, additionalData = new Uint8Array()) => {
    const [point, shared] = await encapsulate(box, pair || await subtle.generateKey(P256, true, ["deriveBits"]));
    const context = bytes([0], await extract(HPKE, [], "psk_id_hash", []), await extract(HPKE, [], "info_hash", info));
    const secret = await extract(HPKE, shared, "secret", []);
    const key = await subtle.importKey("raw", await expand(HPKE, secret, "key", context, 32), "AES-GCM", false, ["encrypt"]);
    const iv = await expand(HPKE, secret, "base_nonce", context, 12);
    return bytes(point, await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, body));
  };

  // Padded to one of a few sizes, or to the one that is given; null where it fits none.
  const seal = async (contents, box, info, sizes = SIZES) => {
    const body = text.encode(JSON.stringify(contents));
    const size = sizes.find((each) => body.length + 4 + OVERHEAD <= each);
    if (!size) return null;
    const padded = new Uint8Array(size - OVERHEAD);
    new DataView(padded.buffer).setUint32(0, body.length);
    padded.set(body, 4);
    return hpke(box, text.encode(info), padded);
  };

  // base64url, and back.
  const write = (sealed) => btoa(Array.from(sealed, (each) => String.fromCharCode(each)).join("")).replace(/\+/g, "-").replace(/\//g, "_");
  const read = (written) => Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  // As privacy/receipts.py makes a form key out of those of a page, so that a retry without a line counts once.
  const keyOf = async (...keys) => Array.from(
    new Uint8Array(await subtle.digest("SHA-256", text.encode(`["${keys.join('", "')}"]`))).slice(0, 16),
    (each) => each.toString(16).padStart(2, "0")).join("");
  // The part for the reading queue is not sealed once more, and is as large as its envelope then is.
  const sealWords = (contents, queue, info, sealed) => seal(contents, queue, info, [sealed.length + AGAIN]);
  return { hpke, seal, sealWords, write, read, keyOf };
})();
