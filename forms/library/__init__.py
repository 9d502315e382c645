"""The ready-made instruments: one YAML file each, under our own words and the licence each file names.

They are locally useful, not psychometrically validated.
"""

from functools import cache
from pathlib import Path

from forms.definition import Instrument
from forms.loader import load_instrument

_FOLDER = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """The names of the instruments, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@cache
def open_library(name: str) -> Instrument:
    """One instrument by its name; KeyError if the library does not have it."""
    if name not in names():
        raise KeyError(name)
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return load_instrument(text, name=f"{name}.yaml")
