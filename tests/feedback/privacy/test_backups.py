"""A backup opens with its own secret, whole and unchanged, or not at all."""

import io
from datetime import date

import pytest

from feedback.privacy import backups
from feedback.privacy.backups import BackupBroken, Header, open_backup, read_header, seal_backup

SECRET = "kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1"
HEADER = Header(date(2026, 11, 23), date(2026, 12, 7), "sqlite", "0002_slips_and_series")
CHUNK = 64


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_CHUNK", CHUNK)


def _seal(copy: bytes, header: Header = HEADER) -> bytes:
    sealed = io.BytesIO()
    seal_backup(header, io.BytesIO(copy), sealed, secret=SECRET)
    return sealed.getvalue()


def _open(sealed: bytes, secret: str = SECRET) -> bytes:
    copy = io.BytesIO()
    assert open_backup(io.BytesIO(sealed), copy, secret=secret) == HEADER
    return copy.getvalue()


def _chunks(sealed: bytes) -> tuple[bytes, list[bytes]]:
    size = CHUNK + 16
    begin = sealed.index(b"}\n") + 2 + 32
    return sealed[:begin], [sealed[at : at + size] for at in range(begin, len(sealed), size)]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 1000])
def test_what_was_sealed_is_opened(size: int) -> None:
    copy = bytes(at % 251 for at in range(size))
    assert _open(_seal(copy)) == copy


def test_a_backup_says_its_days_to_everybody_and_no_time() -> None:
    sealed = _seal(b"needle-5c1f")
    assert read_header(io.BytesIO(sealed)) == HEADER
    assert sealed.startswith(b"voicebox backup\n")
    assert b"needle" not in sealed
    assert _seal(b"needle-5c1f") != sealed


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(BackupBroken, match="VOICEBOX_SECRET"):
        _open(_seal(b"x"), secret=SECRET[::-1])


def test_a_change_of_any_byte_is_noticed() -> None:
    sealed = _seal(b"a" * (CHUNK + 5))
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(BackupBroken):
            _open(changed)


def test_a_backup_that_was_cut_off_anywhere_is_noticed() -> None:
    sealed = _seal(b"a" * (3 * CHUNK))
    for length in range(len(sealed)):
        with pytest.raises(BackupBroken):
            _open(sealed[:length])
    with pytest.raises(BackupBroken):
        _open(sealed + b"x")


def test_chunks_cannot_be_moved_left_out_or_exchanged_with_those_of_another_backup() -> None:
    begin, chunks = _chunks(_seal(b"a" * (4 * CHUNK)))
    _begin, others = _chunks(_seal(b"b" * (4 * CHUNK)))
    assert _open(begin + b"".join(chunks)) == b"a" * (4 * CHUNK)
    first, second, third, last = chunks
    for order in (
        [second, first, third, last],
        [first, third, last],
        [first, second, third],
        [*others[:1], *chunks[1:]],
    ):
        with pytest.raises(BackupBroken):
            _open(begin + b"".join(order))


@pytest.mark.parametrize("file", [b"", b"SQLite format 3\0" * 99, b"voicebox backup\n[]\n", b"voicebox backup\n{}\n"])
def test_another_file_is_no_backup(file: bytes) -> None:
    with pytest.raises(BackupBroken, match="no backup"):
        read_header(io.BytesIO(file))


def test_a_format_to_come_is_named() -> None:
    with pytest.raises(BackupBroken, match="format is 2"):
        read_header(io.BytesIO(_seal(b"x").replace(b'"format": 1', b'"format": 2')))
