"""What a browser seals is what the school can open: RFC 9180's own vector, and both ways with our own box."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Page

from feedback.privacy.box import BROWSER_SIZES, Box, EnvelopeUnreadable, new_box_key, open_envelope, seal, seal_again
from feedback.privacy.box import write_public as public_bytes
from feedback.privacy.receipts import key_of_page, key_of_screens
from tests.conftest import Server

VECTOR: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[1] / "data" / "hpke_rfc9180.json").read_text(encoding="utf-8")
)["vector"]
BOX = Box("a" * 32, "b" * 64)
KEY = new_box_key()


@pytest.fixture
def page(server: Server, context: BrowserContext) -> Page:
    """A page of the school's address with nothing but the sealing on it."""
    opened = context.new_page()
    opened.goto(f"{server.root}/en/r/NOPE")
    opened.add_script_tag(url="/static/seal.js")
    return opened


def _sealed(page: Page, contents: object, key: ec.EllipticCurvePrivateKey = KEY, box: Box = BOX) -> bytes | None:
    written = page.evaluate(
        """async ([contents, key, info]) => {
            const sealed = await sealing.seal(contents, sealing.read(key), info);
            return sealed && sealing.write(sealed);
        }""",
        [contents, base64.urlsafe_b64encode(public_bytes(key.public_key())).decode(), box.info.decode()],
    )
    return base64.urlsafe_b64decode(written) if written else None


def test_the_browser_seals_as_rfc_9180_does(page: Page) -> None:
    assert [VECTOR[name] for name in ("mode", "kem_id", "kdf_id", "aead_id")] == [0, 16, 1, 2]
    message = VECTOR["encryptions"][0]
    # The vector's message has associated data, which the product does without.
    found = page.evaluate(
        """async ([box, info, body, aad, secret, point]) => {
            const bytes = (hex) => Uint8Array.from(hex.match(/../g), (each) => parseInt(each, 16));
            const part = (hex) => sealing.write(bytes(hex)).replace(/=+$/, "");
            const [x, y] = [part(point.slice(2, 66)), part(point.slice(66))];
            const jwk = { kty: "EC", crv: "P-256", d: part(secret), x, y };
            const P256 = { name: "ECDH", namedCurve: "P-256" };
            const pair = {
                privateKey: await crypto.subtle.importKey("jwk", jwk, P256, true, ["deriveBits"]),
                publicKey: await crypto.subtle.importKey("raw", bytes(point), P256, true, []),
            };
            const sealed = await sealing.hpke(bytes(box), bytes(info), bytes(body), pair, bytes(aad));
            return Array.from(sealed, (each) => each.toString(16).padStart(2, "0")).join("");
        }""",
        [VECTOR["pkRm"], VECTOR["info"], message["pt"], message["aad"], VECTOR["skEm"], VECTOR["pkEm"]],
    )
    assert found == VECTOR["pkEm"] + message["ct"]


@pytest.mark.parametrize("text", ["", "yes", "ق" * 300, "\ud83d\ude00 and a \x00", "x" * 3000, "x" * 60_000])
def test_what_the_browser_sealed_the_school_opens(page: Page, text: str) -> None:
    sealed = _sealed(page, {"typed": {"wish": [text]}})
    assert sealed is not None
    assert len(sealed) in BROWSER_SIZES
    opened = open_envelope(seal_again(sealed, "G2", KEY.public_key(), BOX), KEY, BOX)
    assert opened == {"typed": {"wish": [json.loads(json.dumps(text))]}, "group": "G2"}


def test_what_fits_no_envelope_is_not_sealed(page: Page) -> None:
    assert _sealed(page, {"typed": {"wish": ["x" * 66_000]}}) is None


def test_what_was_sealed_for_another_round_version_or_box_stays_shut(page: Page) -> None:
    for key, box in ((new_box_key(), BOX), (KEY, Box("c" * 32, BOX.instrument)), (KEY, Box(BOX.round_id, "d" * 64))):
        sealed = _sealed(page, {"typed": {}}, key, box)
        assert sealed is not None
        with pytest.raises(EnvelopeUnreadable):
            open_envelope(seal_again(sealed, None, KEY.public_key(), BOX), KEY, BOX)


def test_no_size_tells_who_sealed_it(page: Page) -> None:
    for length in (0, 500, 780, 810, 900, 3700, 4000, 16_000):
        here = {"answers": {"wish": "x" * length}, "group": None}
        there = _sealed(page, here)
        assert there is not None
        assert len(seal(here, KEY.public_key(), BOX)) == len(seal_again(there, None, KEY.public_key(), BOX))


def test_a_page_and_the_school_make_the_same_form_key(page: Page) -> None:
    keys = ["0123456789abcdef" * 2, "f" * 32]
    made = page.evaluate("(keys) => Promise.all([sealing.keyOf(...keys), sealing.keyOf(keys[0])])", keys)
    assert made == [key_of_page(keys[0], own=keys[1], slip="", answers={}), key_of_screens(keys[0])]
