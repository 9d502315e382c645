"""A pack holds as it was signed; every file that is changed, missing, added or dangerous is named."""

import stat
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, BadZipFile, ZipFile, ZipInfo

import pytest

from feedback.privacy import packs
from feedback.privacy.evidence import sign_document
from feedback.privacy.keys import Keystore
from feedback.privacy.packs import KIND, MANIFEST, NoPack, What, check_pack, hashes_of, write_pack

DAY = date(2026, 11, 23)
FILES = {"index.html": b"<!doctype html>", "registers/dpia.csv": b"a,b\r\n" * 90, "staff/heads.jsonl": b""}


@pytest.fixture
def pack(tmp_path: Path) -> bytes:
    return _pack(tmp_path, KIND)


def _pack(folder: Path, kind: str) -> bytes:
    facts = {"language": "en", "files": hashes_of(FILES)}
    manifest = sign_document(Keystore(folder), kind, facts, school_name="Hill Road School", on=DAY)
    return write_pack(FILES, manifest, on=DAY)


def _again(pack: bytes, change: Callable[[dict[str, bytes]], object] = lambda _files: None, *more: ZipInfo) -> BytesIO:
    """The pack with its files changed, and with further entries that have two bytes each."""
    with ZipFile(BytesIO(pack)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        for entry in more:
            archive.writestr(entry, b"no")
    return packed


def test_a_pack_holds_and_is_made_the_same_twice(pack: bytes, tmp_path: Path) -> None:
    checked = check_pack(BytesIO(pack))
    assert (checked.wrong, checked.files) == ({}, 3)
    assert (checked.manifest.kind, checked.manifest.school) == (KIND, "Hill Road School")
    assert _pack(tmp_path, KIND) == pack


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_is_named(pack: bytes, name: str) -> None:
    changed = check_pack(_again(pack, lambda files: files.update({name: files[name] + b"!"})))
    assert changed.wrong == {name: What.CHANGED}
    assert check_pack(_again(pack, lambda files: files.pop(name))).wrong == {name: What.MISSING}
    assert check_pack(_again(pack, lambda files: files.update({"more.txt": b""}))).wrong == {"more.txt": What.ADDED}


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/passwd", "a/../../b", "C:/x", "a\\..\\b", ".hidden", "folder/", "x" * 200]
)
def test_names_that_lead_elsewhere_are_named(pack: bytes, name: str) -> None:
    assert list(check_pack(_again(pack, lambda _files: None, ZipInfo(name))).wrong.values()) == [What.UNSAFE]


def test_links_and_odd_packing_are_named(pack: bytes) -> None:
    link = ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    odd = ZipInfo("odd.txt")
    odd.compress_type = ZIP_LZMA
    found = check_pack(_again(pack, lambda _files: None, link, odd)).wrong
    assert found == {"link.txt": What.UNSAFE, "odd.txt": What.UNSAFE}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_twice_is_named_and_two_manifests_are_none(pack: bytes) -> None:
    assert check_pack(_again(pack, lambda _files: None, ZipInfo("index.html"))).wrong == {"index.html": What.TWICE}
    with pytest.raises(NoPack, match="manifest"):
        check_pack(_again(pack, lambda _files: None, ZipInfo(MANIFEST)))


def test_what_grows_without_end_is_not_read(pack: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _again(pack, lambda files: files.update({"registers/dpia.csv": b"0" * 3_000_000}))
    monkeypatch.setattr(packs, "LARGEST_FILE", 1_000_000)
    assert check_pack(bomb).wrong == {"registers/dpia.csv": What.TOO_LARGE}
    monkeypatch.setattr(packs, "LARGEST_PACK", 2_000_000)
    with pytest.raises(NoPack, match="too_large"):
        check_pack(bomb)
    monkeypatch.undo()
    monkeypatch.setattr(packs, "MOST_FILES", 3)
    with pytest.raises(NoPack, match="too_large"):
        check_pack(BytesIO(pack))


def test_a_pack_without_a_genuine_manifest_is_none(pack: bytes, tmp_path: Path) -> None:
    with pytest.raises(NoPack, match="manifest"):
        check_pack(_again(pack, lambda files: files.pop(MANIFEST)))
    resigned = _again(pack, lambda files: files.update({MANIFEST: files[MANIFEST].replace(b"Hill", b"Mill")}))
    with pytest.raises(NoPack, match="signature"):
        check_pack(resigned)
    with pytest.raises(NoPack, match="shape"):
        check_pack(BytesIO(_pack(tmp_path, "audit-head")))


@pytest.mark.parametrize("share", [0, 10, 50, 90, 99])
def test_half_a_file_is_unreadable_and_never_an_error(pack: bytes, share: int) -> None:
    with pytest.raises(NoPack, match="unreadable"):
        check_pack(BytesIO(pack[: len(pack) * share // 100]))


def test_no_single_changed_byte_passes_unnoticed(pack: bytes) -> None:
    """Wherever a byte of a file's contents is changed: named, or no pack at all."""
    with ZipFile(BytesIO(pack)) as archive:
        entry = archive.getinfo("registers/dpia.csv")
    start = entry.header_offset + 30 + len(entry.filename)
    for at in range(start, start + entry.compress_size):
        bent = bytearray(pack)
        bent[at] ^= 0x55
        found = check_pack(BytesIO(bytes(bent))).wrong
        # A few bits behind the end of what is packed mean nothing, and change nothing of what is in it.
        assert found == {entry.filename: What.CHANGED} or _content(bent, entry.filename) == FILES[entry.filename]


def _content(pack: bytearray, name: str) -> bytes | None:
    try:
        with ZipFile(BytesIO(bytes(pack))) as archive:
            return archive.read(name)
    except (BadZipFile, zlib.error):
        return None
