"""An original pack: one instrument with its translations, pictures and audio as one signed file.

The file is a ZIP with these members and no others:

    manifest.json    canonical JSON: what the pack is, and each other member's SHA-256, size and media type
    signature.json   the public key and the signature under manifest.json, in hex
    instrument.json  the instrument in its first language
    texts/LANGUAGE.json   its words in another language, by the keys of `forms.texts`
    pictures/NAME   as they are
    audio/LANGUAGE/PART.mp3   who reads a part of the form aloud; the manifest has the hash of the words they read

The same contents make the same bytes. What signs and what checks a signature come in as arguments.
"""

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from forms.definition import Instrument
from forms.draft import as_data, finished
from forms.exchange.pack_members import MEDIA, PackRefused, is_media_name, looks_like, members_of
from forms.problems import InstrumentRefused
from forms.texts import Data, only_in, texts_of, with_texts

#: (public key, signature) of the bytes of a manifest.
Signs = Callable[[bytes], tuple[bytes, bytes]]
#: Whether (public key, signature, manifest) belong together.
Checks = Callable[[bytes, bytes, bytes], bool]

_MANIFEST, _SIGNATURE, _INSTRUMENT = "manifest.json", "signature.json", "instrument.json"
_JSON = "application/json"
_HASH = re.compile("[0-9a-f]{64}")
# ZIP knows no earlier day; any fixed one makes the same contents the same file.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a recording. `type` is its media type, one of `pack_members.MEDIA`.

    `words` is for a recording: the hash of the words that it was spoken for, or "".
    """

    body: bytes
    type: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack holds: an instrument in all its languages, pictures and audio by name, and by whom it is signed."""

    instrument: Instrument
    pictures: Mapping[str, Media] = field(default_factory=dict)
    audio: Mapping[str, Media] = field(default_factory=dict)
    public_key: bytes = b""


def write_pack(pack: Pack, signs: Signs) -> bytes:
    """The file. ValueError for a picture or recording whose name or type no pack may have: that is our own mistake."""
    members = _texts(as_data(pack.instrument))
    facts: dict[str, dict[str, str]] = {path: {"type": _JSON} for path in members}
    for folder, media in (("pictures", pack.pictures), ("audio", pack.audio)):
        for name, each in media.items():
            path = f"{folder}/{name}"
            if not is_media_name(path) or MEDIA.get(each.type) != folder:
                raise ValueError(path)
            members[path] = each.body
            facts[path] = {"type": each.type} | ({"words": each.words} if each.words else {})
    manifest = _canonical(
        {
            "format": 1,
            "kind": "voicebox-pack",
            "instrument": pack.instrument.id,
            "version": pack.instrument.version,
            "languages": list(pack.instrument.languages),
            "members": {
                path: {"bytes": len(body), "sha256": sha256(body).hexdigest(), **facts[path]}
                for path, body in members.items()
            },
        }
    )
    public_key, signature = signs(manifest)
    signed = _canonical({"public_key": public_key.hex(), "signature": signature.hex()})
    return _zipped({_MANIFEST: manifest, _SIGNATURE: signed, **dict(sorted(members.items()))})


def read_pack(body: bytes, checks: Checks) -> Pack:
    """The pack in this file; PackRefused with the reason and the member that it is about.

    That its signature is right says only that nobody changed it: whose `public_key` it is, the caller has to ask.
    """
    members = members_of(body)
    manifest, public_key = _checked_manifest(members, checks)
    listed = manifest["members"]
    if set(listed) != set(members) - {_MANIFEST, _SIGNATURE}:
        odd = min(set(listed) ^ (set(members) - {_MANIFEST, _SIGNATURE}))
        raise PackRefused("pack_missing" if odd in listed else "pack_extra", odd)
    for path, facts in listed.items():
        found = members[path]
        if len(found) != facts.get("bytes") or sha256(found).hexdigest() != facts["sha256"]:
            raise PackRefused("pack_changed", path)
    return Pack(_instrument(members), _media(members, listed, "pictures"), _media(members, listed, "audio"), public_key)


def _texts(data: Data) -> dict[str, bytes]:
    """instrument.json and one file for each further language."""
    first, *others = data["languages"]
    texts = list(texts_of(data))
    files = {_INSTRUMENT: _canonical({**only_in(data, (first,)), "languages": data["languages"]})}
    for language in others:
        words = {text.key: text.words[language] for text in texts if language in text.words}
        files[f"texts/{language}.json"] = _canonical(words)
    return files


def _checked_manifest(members: Mapping[str, bytes], checks: Checks) -> tuple[dict[str, Any], bytes]:
    for name in (_MANIFEST, _SIGNATURE, _INSTRUMENT):
        if name not in members:
            raise PackRefused("pack_missing", name)
    signed, manifest = _read(members, _SIGNATURE), _read(members, _MANIFEST)
    try:
        public_key, signature = (bytes.fromhex(signed[key]) for key in ("public_key", "signature"))
    except (KeyError, TypeError, ValueError) as wrong:
        raise PackRefused("pack_forged", _SIGNATURE) from wrong
    if not checks(public_key, signature, members[_MANIFEST]):
        raise PackRefused("pack_forged", _MANIFEST)
    if (manifest.get("kind"), manifest.get("format")) != ("voicebox-pack", 1):
        raise PackRefused("pack_format", _MANIFEST)
    listed = manifest.get("members")
    if not isinstance(listed, dict) or not all(_is_sound(facts) for facts in listed.values()):
        raise PackRefused("pack_unreadable", _MANIFEST)
    return manifest, public_key


def _is_sound(facts: object) -> bool:
    """Whether the manifest says of a member what it has to."""
    if not isinstance(facts, dict) or not isinstance(facts.get("sha256"), str):
        return False
    return "words" not in facts or bool(_HASH.fullmatch(str(facts["words"])))


def _instrument(members: Mapping[str, bytes]) -> Instrument:
    data = _read(members, _INSTRUMENT)
    try:
        for path in sorted(members):
            if path.startswith("texts/"):
                language = path.removeprefix("texts/").removesuffix(".json")
                words = {key: {language: said} for key, said in _read(members, path).items()}
                data = with_texts(data, words)
    except (KeyError, AttributeError, TypeError) as unknown:
        raise PackRefused("pack_text", path) from unknown
    try:
        return finished(data)
    except (InstrumentRefused, AttributeError, TypeError, RecursionError) as wrong:
        raise PackRefused("pack_instrument", _INSTRUMENT) from wrong


def _media(members: Mapping[str, bytes], listed: Mapping[str, Any], folder: str) -> dict[str, Media]:
    found = {}
    for path in sorted(members):
        if path.startswith(f"{folder}/"):
            type_ = str(listed[path].get("type"))
            if MEDIA.get(type_) != folder or not looks_like(type_, members[path]):
                raise PackRefused("pack_media", path)
            found[path.removeprefix(f"{folder}/")] = Media(members[path], type_, str(listed[path].get("words", "")))
    return found


def _read(members: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        said = json.loads(members[name].decode())
    except (ValueError, RecursionError) as broken:
        raise PackRefused("pack_unreadable", name) from broken
    if not isinstance(said, dict):
        raise PackRefused("pack_unreadable", name)
    return said


def _canonical(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _zipped(members: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, date_time=_NO_DAY)
            # Pictures and recordings are packed already.
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            archive.writestr(info, body)
    return file.getvalue()
