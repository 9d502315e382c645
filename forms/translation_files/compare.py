"""What a file would change at the desk: text by text, before anything is stored.

A file never writes over work that it was not made from, and never signs anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from forms.piping import has_stray_brace, piped_questions
from forms.texts import words_hash
from forms.translation_files.sheet import FileRefused, FileUnit, Found, Sheet, Unit, is_language, mark_of

#: What becomes of one text. The first three are taken; "same" and "empty" need nothing; the others are refused.
Kind = Literal[
    "new", "changed", "looked_at", "same", "empty", "drifted", "conflict", "unknown", "markup", "half", "characters",
    "long", "pipes",
]  # fmt: skip
TAKEN: tuple[Kind, ...] = ("new", "changed", "looked_at")
QUIET: tuple[Kind, ...] = ("same", "empty")

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One text: what the file says, what the desk has now (None for a key it does not know), and what becomes of it."""

    kind: Kind
    unit: FileUnit
    now: Unit | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every text of the file, and the keys of those at the desk that are not in it."""

    lines: tuple[Line, ...]
    absent: tuple[str, ...]

    @property
    def taken(self) -> tuple[Line, ...]:
        """What would be stored."""
        return tuple(line for line in self.lines if line.kind in TAKEN)

    @property
    def refused(self) -> tuple[Line, ...]:
        """What would not be, though the file says something of it."""
        return tuple(line for line in self.lines if line.kind not in TAKEN and line.kind not in QUIET)

    def count(self, *kinds: Kind) -> int:
        """How many texts are of these kinds."""
        return sum(line.kind in kinds for line in self.lines)

    @property
    def digest(self) -> str:
        """Another one as soon as anything else would be stored, or over anything else."""
        told = (
            f"{line.kind} {line.unit.key} {words_hash(line.unit.words)} {line.now.mark if line.now else ''}"
            for line in self.taken
        )
        return sha256("\n".join(told).encode()).hexdigest()


def compare(sheet: Sheet, found: Found) -> Plan:
    """What the file would change in the sheet as it is now. FileRefused("other_form" or "other_language")."""
    if found.form != sheet.form:
        raise FileRefused("other_form", found.form[:100])
    if not is_language(found.language, sheet.language):
        raise FileRefused("other_language", found.language[:100])
    if found.source_language and not is_language(found.source_language, sheet.source_language):
        raise FileRefused("other_language", found.source_language[:100])
    known = {unit.key: unit for unit in sheet.units}
    # Nothing has changed at the desk: then every text in it is what the file was made from.
    is_fresh = bool(found.made_from) and found.made_from == sheet.made_from
    lines = tuple(_lines(known, found, is_fresh=is_fresh))
    said = {unit.key for unit in found.units}
    return Plan(lines, tuple(unit.key for unit in sheet.units if unit.key not in said))


def _lines(known: dict[str, Unit], found: Found, *, is_fresh: bool) -> Iterator[Line]:
    for unit in found.units:
        now = known.get(unit.key)
        yield Line(_kind(now, unit, is_fresh=is_fresh) if now else "unknown", unit, now)


def _kind(now: Unit, unit: FileUnit, *, is_fresh: bool) -> Kind:
    # Before everything else: words for another source are not words for this one, be they new or not.
    if not _is_source_of(now, unit, is_fresh=is_fresh):
        return "drifted"
    if unit.wrong:
        return unit.wrong
    if not unit.words:
        return "empty"
    if unit.words == now.words:
        return "looked_at" if _was_looked_at(now, unit) else "same"
    return _kind_of_new_words(now, unit, is_fresh=is_fresh)


def _kind_of_new_words(now: Unit, unit: FileUnit, *, is_fresh: bool) -> Kind:
    if not _are_pipes_kept(now.source, unit.words):
        return "pipes"
    if not now.words:
        return "new"
    is_base = is_fresh or unit.mark.partition("-")[2] == now.mark.partition("-")[2]
    return "changed" if is_base else "conflict"


def _is_source_of(now: Unit, unit: FileUnit, *, is_fresh: bool) -> bool:
    """Whether the file's source is the one of now. What its mark proves may have other blanks: tools squeeze them."""
    proves = unit.mark.partition("-")[0] == now.mark.partition("-")[0] if unit.mark else is_fresh
    if unit.mark and not proves:
        return False
    if unit.source is None:
        return proves
    return unit.source == now.source or (proves and _squeezed(unit.source) == _squeezed(now.source))


def _was_looked_at(now: Unit, unit: FileUnit) -> bool:
    """Whether the file says that somebody found the words right that nobody had looked at here.

    Words that are stale are found right only by a tool's last step: many set "translated" by themselves.
    """
    if unit.mark != mark_of(now.source, now.words):
        return False
    if now.state == "machine":
        return unit.said in ("translated", "final")
    return now.state == "stale" and unit.said == "final"


def _are_pipes_kept(source: str, words: str) -> bool:
    return sorted(piped_questions(source)) == sorted(piped_questions(words)) and (
        not has_stray_brace(words) or has_stray_brace(source)
    )


def _squeezed(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
