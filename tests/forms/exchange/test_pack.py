"""Packs: what goes in comes out, and whatever was changed on the way is refused by its name."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from feedback.privacy.signing import is_signed_by
from forms.definition import canonical
from forms.exchange import pack_members
from forms.exchange.pack import Media, Pack, read_pack, write_pack
from forms.exchange.pack_members import PackRefused
from forms.library import names, open_library
from tests.forms.exchange.shares import MUTATED

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_PNG = Media(b"\x89PNG\r\n\x1a\n and a picture", "image/png")
_MP3 = Media(b"ID3 and a voice", "audio/mpeg")


def _signs(manifest: bytes) -> tuple[bytes, bytes]:
    return _KEY.public_key().public_bytes_raw(), _KEY.sign(b"voicebox pack 1\n" + manifest)


def _a_pack(name: str = "first-look") -> bytes:
    pack = Pack(open_library(name), {"easy/tablet.png": _PNG}, {"en/easy.mp3": _MP3})
    return write_pack(pack, _signs)


def _members(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return file.getvalue()


def _signed_anew(members: dict[str, bytes]) -> bytes:
    """As another school would make it that is not to be trusted: everything fits, but it was not us."""
    manifest = json.loads(members["manifest.json"])
    kept = {name: body for name, body in members.items() if name not in ("manifest.json", "signature.json")}
    types = {name: facts["type"] for name, facts in manifest["members"].items()}
    manifest["members"] = {
        name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest(), "type": types.get(name, "")}
        for name, body in kept.items()
    }
    written = json.dumps(manifest).encode()
    public_key, signature = _signs(written)
    said = json.dumps({"public_key": public_key.hex(), "signature": signature.hex()}).encode()
    return _zip({"manifest.json": written, "signature.json": said, **kept})


@pytest.mark.parametrize("name", names())
def test_a_form_comes_back_with_all_its_languages_pictures_and_audio(name: str) -> None:
    came = read_pack(_a_pack(name), is_signed_by)
    assert canonical(came.instrument) == canonical(open_library(name))
    assert (came.pictures, came.audio) == ({"easy/tablet.png": _PNG}, {"en/easy.mp3": _MP3})
    assert came.public_key == _KEY.public_key().public_bytes_raw()


def test_the_same_form_makes_the_same_file_with_one_file_a_language() -> None:
    assert _a_pack() == _a_pack()
    languages = open_library("first-look").languages[1:]
    assert {f"texts/{language}.json" for language in languages} <= set(_members(_a_pack()))


def _with(name: str, body: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda members: {**members, name: body}


def _without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda members: {key: body for key, body in members.items() if key != name}


def _swapped(members: dict[str, bytes]) -> dict[str, bytes]:
    return {**members, "texts/de.json": members["texts/fr.json"], "texts/fr.json": members["texts/de.json"]}


def _other_words(members: dict[str, bytes]) -> dict[str, bytes]:
    return {**members, "manifest.json": members["manifest.json"].replace(b'"first-look"', b'"worst-look"')}


@pytest.mark.parametrize(
    ("change", "code", "member"),
    [
        (_with("instrument.json", b"{}"), "pack_changed", "instrument.json"),
        (_with("pictures/easy/tablet.png", b"another"), "pack_changed", "pictures/easy/tablet.png"),
        (_swapped, "pack_changed", "texts/de.json"),
        (_with("audio/more.mp3", b"ID3"), "pack_extra", "audio/more.mp3"),
        (_without("texts/de.json"), "pack_missing", "texts/de.json"),
        (_without("signature.json"), "pack_missing", "signature.json"),
        (_other_words, "pack_forged", "manifest.json"),
        (_with("signature.json", b'{"public_key": "zz", "signature": ""}'), "pack_forged", "signature.json"),
        (_with("signature.json", b'{"public_key": "00", "signature": "00"}'), "pack_forged", "manifest.json"),
        (_with("signature.json", b"[" * 50_000), "pack_unreadable", "signature.json"),
        (_with("../../etc/cron.d/x", b"x"), "pack_name", "../../etc/cron.d/x"),
        (_with("/etc/passwd", b"x"), "pack_name", "/etc/passwd"),
        (_with("pictures/../../x.png", b"x"), "pack_name", "pictures/../../x.png"),
        (_with("pictures\\x.png", b"x"), "pack_name", "pictures\\x.png"),
        (_with("pictures/x.svg/", b""), "pack_name", "pictures/x.svg/"),
        (_with("pictures/zeros.png", bytes(5_000_000)), "pack_bomb", "pictures/zeros.png"),
    ],
)
def test_a_changed_pack_is_refused_by_the_name_of_what_was_changed(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], code: str, member: str
) -> None:
    with pytest.raises(PackRefused) as refused:
        read_pack(_zip(change(_members(_a_pack()))), is_signed_by)
    assert (refused.value.code, refused.value.member) == (code, member)
    assert member in str(refused.value)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("pictures/easy/tablet.png", b"MZ a programme", "pack_media"),
        ("texts/de.json", b'{"items/nowhere/text": "x"}', "pack_text"),
        ("texts/de.json", b'{"title": "nur der Titel"}', "pack_instrument"),
        ("instrument.json", b'{"sections": [{"questions": 3}]}', "pack_text"),
    ],
)
def test_a_pack_that_was_signed_by_somebody_who_means_harm_is_still_looked_at(
    name: str, body: bytes, code: str
) -> None:
    with pytest.raises(PackRefused) as refused:
        read_pack(_signed_anew({**_members(_a_pack()), name: body}), is_signed_by)
    assert refused.value.code == code


def test_a_member_that_is_there_twice_is_refused() -> None:
    file = BytesIO(_a_pack())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("instrument.json", b"{}")
    with pytest.raises(PackRefused) as refused:
        read_pack(file.getvalue(), is_signed_by)
    assert (refused.value.code, refused.value.member) == ("pack_twice", "instrument.json")


def test_a_way_of_packing_that_no_pack_uses_is_refused() -> None:
    with pytest.raises(PackRefused) as refused:
        read_pack(_zip(_members(_a_pack()), zipfile.ZIP_LZMA), is_signed_by)
    assert refused.value.code == "pack_odd"


def test_a_directory_that_lies_about_a_size_is_refused() -> None:
    body = _a_pack()
    at = body.index(b"PK\x01\x02")
    lying = body[: at + 24] + (7).to_bytes(4, "little") + body[at + 28 :]
    with pytest.raises(PackRefused) as refused:
        read_pack(lying, is_signed_by)
    assert refused.value.code in ("pack_bomb", "pack_no_zip")


def test_too_many_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _a_pack()
    for limit in ("MOST_MEMBERS", "LARGEST_FILE"):
        with monkeypatch.context() as lower:
            lower.setattr(pack_members, limit, 5)
            with pytest.raises(PackRefused) as refused:
                read_pack(body, is_signed_by)
        assert refused.value.code == "pack_too_large"


def test_a_name_that_no_pack_may_have_is_our_own_mistake() -> None:
    for media in ({"../x.png": _PNG}, {"x.png": _MP3}):
        with pytest.raises(ValueError, match=r"x\.png"):
            write_pack(Pack(open_library("first-look"), media), _signs)


@given(cut=st.integers(0, 20_000), at=st.integers(0, 20_000), flips=st.binary(max_size=6))
@MUTATED
def test_a_mutated_pack_is_the_same_pack_or_refused(cut: int, at: int, flips: bytes) -> None:
    body = bytearray(_a_pack())
    for offset, flip in enumerate(flips):
        body[(at + offset * 97) % len(body)] ^= flip
    with suppress(PackRefused):
        came = read_pack(bytes(body[: len(body) - cut % 50 if cut % 2 else None]), is_signed_by)
        assert canonical(came.instrument) == canonical(open_library("first-look"))
