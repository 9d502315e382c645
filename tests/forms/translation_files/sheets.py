"""Sheets of the library's forms, and one of texts that are hard to carry."""

from dataclasses import replace
from functools import cache

from forms.draft import as_data
from forms.library import open_library
from forms.texts import texts_of
from forms.translation_files import FileUnit, Found, Sheet, Unit, read, write

FORMATS = ("xliff21", "xliff12", "po", "csv", "xlsx")
#: With {pipe|…} added below, these three have every kind of text.
FORMS = ("family-window", "first-look", "my-learning-tool")
STATES = ("machine", "draft", "signed", "stale", "identical")

#: Each has to come back to the last sign.
HARD = {
    "lines": "One\ntwo\n\nfour\n",
    "returns": "One\r\ntwo\rthree",
    "blanks": "  before, \tbetween  and behind \u00a0 ",
    "quotes": "He said \"yes\", she 'no'; «and» „so“ \\n is no line \\",
    "pipe": "You chose {place|a place}. Why?",
    "tags": "<b>&amp; 5 < 6 > 4 ]]> <!-- --> <x id='1'/>",
    "arabic": "هل تريد \u200f(مرة) أخرى؟ \u2067abc\u2069",
    "marks": "Cafe\u0301 क्षि नि z\u0335\u0334",
    "composed": "Caf\u00e9",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e007f \U00020000",
    "formula": "=cmd|' /C calc'!A0",
    "formula-full": "＝1+1",
    "formula-hidden": '\u200b\u00a0"+1',
    "minus": "- first\n- second",
    "at": "@SUM(1)",
    "apostrophe": "'t is",
    "apostrophe-formula": "'=1",
    "apostrophes": "''-1",
    "apostrophe-line": "'\nnext",
    "tab-first": "\tindented",
    "escape": "_x000D_ and _x005F_ and _xD83D_",
    "number": "007",
    "truth": "TRUE",
    "po": '#, fuzzy\nmsgid ""\nmsgstr',
    "percent": "100 % %(name)s %s",
    "separators": "a,b;c\td|e\u2028f\u2029g\u0085h",
}


@cache
def sheet_of(form: str, language: str) -> Sheet:
    """A library form's texts, all states in turns; one in seven has no words yet."""
    units = []
    for number, text in enumerate(texts_of(as_data(open_library(form)))):
        words = text.words.get(language, "") if number % 7 else ""
        state = STATES[number % len(STATES)] if words else "missing"
        units.append(Unit(text.key, text.words["en"], words, state, f"Where it stands\nWhy: {text.field}"))
    return Sheet(form, "en", language, tuple(units))


def hard_sheet() -> Sheet:
    """The hard texts as sources and as words, and each of them reversed as the other one."""
    texts = list(HARD.items())
    units = [
        Unit(f"items/{key}/text", source, words, STATES[number % len(STATES)], f"Note of {key}: {source}", limit=40)
        for number, ((key, source), (_, words)) in enumerate(zip(texts, reversed(texts), strict=True))
    ]
    return Sheet("hard", "en", "ar", tuple(units))


def there_and_back(format_: str, sheet: Sheet) -> Found:
    """The sheet written and read again."""
    return read(write(format_, sheet))


def content(sheet: Sheet | Found) -> list[tuple[str, str | None, str, str]]:
    """What has to be equal to the last byte."""
    return [(unit.key, unit.source, unit.words, unit.mark) for unit in sheet.units]


def with_words(found: Found, **words: str) -> Found:
    """As if these texts (by the first letters of their key) had been translated in the file."""
    units: list[FileUnit] = []
    for unit in found.units:
        said = next((text for key, text in words.items() if unit.key.startswith(key)), None)
        units.append(unit if said is None else replace(unit, words=said))
    return replace(found, units=tuple(units))
