"""What is in a file of texts: a sheet as the desk has it now, and what somebody's file says."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from forms.texts import words_hash
from forms.wording import N_

#: Bytes of a file that is read at all; five times the texts of the largest form that can be asked.
LARGEST = 2_000_000
#: Texts in one file.
MOST_UNITS = 5_000
#: Letters of one translation.
MOST_LETTERS = 10_000
#: What our files call themselves, and the version of what they promise.
PRODUCT, VERSION = "voicebox", "1"

#: How sure a file is of a text. None of them signs anything.
Said = Literal["", "untranslated", "unsure", "translated", "final"]
#: Why a text of a file cannot be taken as it is: marks that nobody can read, a part without words, characters that do
#: not fit, far too many of them.
Wrong = Literal["", "markup", "half", "characters", "long"]
#: What the desk's states say in a file.
SAID: dict[str, Said] = {
    "missing": "untranslated",
    "machine": "unsure",
    "stale": "unsure",
    "draft": "translated",
    "identical": "translated",
    "signed": "final",
}

_HALF = 16
#: What neither XML nor a form can hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: Why a file is not read, and what to do about it.
WHY = {
    "too_large": N_("This file is larger than 2 MB. Take a file of one form in one language."),
    "unknown": N_("This is no XLIFF, PO, CSV or XLSX file. Download one here, and fill that in."),
    "broken": N_("This file is damaged, or its end is missing. Save it again in the tool that made it."),
    "unsafe": N_("This file has parts that no file of texts needs, and that can do harm. Save it again without them."),
    "encoding": N_("The letters of this file cannot be read. Save it again as UTF-8."),
    "version": N_("This version of the format is not known here. Save the file as XLIFF 1.2 or 2.1."),
    "columns": N_("The first row has to name the columns “key” and “translation”. Download a new file and compare."),
    "not_ours": N_("The file does not say which form and language it is for. Download a new one and fill that in."),
    "duplicate": N_("The same text is in this file twice, so nobody can tell which one is meant. Delete one of them."),
    "too_many": N_("More texts are in this file than a form can have."),
    "empty": N_("No text is in this file."),
    "other_form": N_("This file is for another form."),
    "other_language": N_("This file is for another language."),
    "cell": N_("A text is too long for a cell of a spreadsheet, or no cell can hold it. Choose another format."),
}


class FileRefused(Exception):
    """The file is not read, or not written. `why` is a key of `WHY`; `detail` is a place or a name in it, or ""."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True)
class Unit:
    """One text as the desk has it now. `note` tells a translator where it stands; `limit` is in letters, 0 for none."""

    key: str
    source: str
    words: str
    state: str
    note: str = ""
    limit: int = 0

    @property
    def mark(self) -> str:
        """By it a file that comes back knows what it was made from."""
        return mark_of(self.source, self.words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The texts of one form in one language, in the order of the form."""

    form: str
    source_language: str
    language: str
    units: tuple[Unit, ...]

    @property
    def made_from(self) -> str:
        """A digest of all texts and words: it is another one as soon as any of them is."""
        told = "\n".join(f"{unit.key} {unit.mark}" for unit in self.units)
        return sha256(told.encode()).hexdigest()[: 2 * _HALF]


@dataclass(frozen=True, slots=True)
class FileUnit:
    """One text as a file has it. `source` is None where the file has none; `wrong` says why it cannot be taken."""

    key: str
    source: str | None
    words: str
    said: Said = ""
    mark: str = ""
    wrong: Wrong = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says, in its own order. `made_from` is "" where a tool dropped it."""

    form: str
    source_language: str
    language: str
    units: tuple[FileUnit, ...]
    made_from: str = ""


def mark_of(source: str, words: str) -> str:
    """The first halves of both hashes."""
    return f"{words_hash(source)[:_HALF]}-{words_hash(words)[:_HALF]}"


def checked(found: Found) -> Found:
    """The same, where it can be a file of ours; FileRefused("empty", "too_many", "duplicate", "not_ours").

    A text with characters that no form can hold is marked so.
    """
    if not found.form or not found.language:
        raise FileRefused("not_ours")
    if not found.units:
        raise FileRefused("empty")
    if len(found.units) > MOST_UNITS:
        raise FileRefused("too_many")
    seen: set[str] = set()
    for unit in found.units:
        if unit.key in seen:
            raise FileRefused("duplicate", unit.key[:200])
        seen.add(unit.key)
    return Found(found.form, found.source_language, found.language, tuple(map(_fit, found.units)), found.made_from)


def is_language(said: str, ours: str) -> bool:
    """Whether a tool means our language: it may write zh_Hans for zh-Hans, and es-ES for es."""
    wanted = ours.casefold().split("-")
    parts = said.strip().replace("_", "-").casefold().split("-")
    return parts == wanted or (len(parts) == len(wanted) + 1 and parts[:-1] == wanted and len(parts[-1]) in (2, 3))


def _fit(unit: FileUnit) -> FileUnit:
    wrong: Wrong = "long" if len(unit.words) > MOST_LETTERS else "characters" if _UNFIT.search(unit.words) else ""
    return unit if unit.wrong or not wrong else replace(unit, words="", wrong=wrong)
