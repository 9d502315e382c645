"""One line of what the doctor says."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How things stand: as they should, worth a look, or wrong."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Row:
    """What one check found. `about` is its name, `said` a sentence, `to_do` what to do about it ("" is nothing)."""

    level: Level
    about: str
    said: str
    to_do: str = ""


def ok(about: str, said: str) -> Row:
    """It is as it should be."""
    return Row(Level.OK, about, said)


def look(about: str, said: str, to_do: str) -> Row:
    """It may be right, and a person has to know."""
    return Row(Level.LOOK, about, said, to_do)


def wrong(about: str, said: str, to_do: str) -> Row:
    """It breaks a promise, or soon will."""
    return Row(Level.WRONG, about, said, to_do)
