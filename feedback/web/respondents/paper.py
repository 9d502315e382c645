"""The receipt as it is printed: the same bytes in every language, so that one in a drawer tells nobody's."""

import re
from dataclasses import dataclass
from functools import lru_cache

import segno
from flask import url_for
from markupsafe import Markup

from feedback.web.place import the_school

#: Any of QR's eight masks can be read; with one that is fixed a square is a sum of others: see `_Squares`.
_MASK = 3
_QUIET = 4
_DIGITS = 16
_RUNS = re.compile("1+|0+")
#: Modules of a row that are drawn together.
_PART = 11


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """`digits` are four groups of four, `code` is the round's; `address` ends in "#" and the digits."""

    digits: str
    code: str

    @property
    def address(self) -> str:
        """Where the square leads. What is behind "#" reaches no server and no log."""
        return f"{address_of_receipts(self.code)}{self.digits.replace(' ', '')}"

    @property
    def square(self) -> Markup:
        """The address as a QR code, drawn in the page itself."""
        return square_of(address_of_receipts(self.code), self.digits)


def address_of_receipts(code: str) -> str:
    """Where receipts of this round are looked up, up to the "#"."""
    return f"{the_school().settings.public_address}{url_for('receipts.choose', code=code)}#"


def square_of(address: str, digits: str) -> Markup:
    """The address and these sixteen digits as a QR code."""
    return Markup(_squares(address).drawn(digits.replace(" ", "")))  # noqa: S704 - drawn here, of squares only


class _Squares:
    """All QR codes of one address and sixteen digits.

    With version, mask and mode fixed, every module is a sum modulo 2 of bits of the message, for Reed and Solomon's
    code is linear (ISO/IEC 18004, 7.5). So the square of any digits is the one of sixteen noughts plus, for each bit by
    which a digit differs from nought, what that bit alone changes: a hundred times less work than encoding anew, at
    every answer that is sent. A test compares all digits with the encoder's own.
    """

    def __init__(self, address: str) -> None:
        self._noughts, self._side = _encoded(address, "0" * _DIGITS)
        self._changed = [
            [self._noughts ^ _encoded(address, _with_bit(place, bit))[0] for bit in range(4)]
            for place in range(_DIGITS)
        ]

    def drawn(self, digits: str) -> str:
        """As SVG: a pen goes along each row."""
        modules = self._noughts
        for place, digit in enumerate(digits):
            for bit in range(4):
                if int(digit) >> bit & 1:
                    modules ^= self._changed[place][bit]
        side, whole = self._side, self._side + 2 * _QUIET
        bits = f"{modules:0{side * side}b}"
        lines = [
            f"M{_QUIET} {row + _QUIET}.5"
            + "".join(_strokes(each) for each in _parts(bits[row * side : (row + 1) * side]))
            for row in range(side)
        ]
        return (
            f'<svg viewBox="0 0 {whole} {whole}"><path fill="#fff" d="M0 0h{whole}v{whole}h-{whole}z"/>'
            f'<path stroke="#000" d="{"".join(lines)}"/></svg>'
        )


def _parts(row: str) -> list[str]:
    return [row[start : start + _PART] for start in range(0, len(row), _PART)]


@lru_cache(maxsize=2 << _PART)
def _strokes(modules: str) -> str:
    """A part of a row as steps of the pen from its left to its right: so few there are that each is made once."""
    steps = [
        f"{'h' if run[0] == '1' else 'm'}{len(run)}{'' if run[0] == '1' else ' 0'}" for run in _RUNS.findall(modules)
    ]
    return "".join(steps)


@lru_cache(maxsize=64)
def _squares(address: str) -> _Squares:
    return _Squares(address)


def _encoded(address: str, digits: str) -> tuple[int, int]:
    """The modules as one number, row by row, and how many there are in a row."""
    code = segno.make(address + digits, error="m", micro=False, boost_error=False, mask=_MASK, mode="byte")
    rows = ["".join(str(module) for module in row) for row in code.matrix]
    return int("".join(rows), 2), len(rows)


def _with_bit(place: int, bit: int) -> str:
    # The digits' own bits are the last four of their bytes: "8" is 0x38, and ":" would be 0x3a.
    return "0" * place + chr(ord("0") + (1 << bit)) + "0" * (_DIGITS - place - 1)
