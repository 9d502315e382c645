"""Ids and languages of other tools as ours: each id safe and unique, each language as BCP 47 writes it."""

import re
from collections.abc import Collection

from babel import Locale
from babel.core import UnknownLocaleError

from forms.definition import LANGUAGE
from forms.draft import free_id

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_OPTION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CODE_BEHIND = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4}){0,2})\)\s*$")
#: Old or informal codes, as tools write them, and English names that CLDR writes otherwise.
_ALSO = {
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hk": "zh-Hant",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "fil": "tl",
    "prs": "fa-AF",
    "pt-pt": "pt",
    "chinese": "zh-Hans",
    "farsi": "fa",
    "dari": "fa-AF",
    "tagalog": "tl",
    "mandarin": "zh-Hans",
    "creole": "ht",
    "kreyol": "ht",
    "castellano": "es",
}


def question_id(wanted: str, taken: Collection[str]) -> str:
    """The id itself where it can stay, else a safe one that nothing has yet."""
    return wanted if _ID.fullmatch(wanted) and wanted not in taken else free_id(wanted, taken)


def option_id(wanted: str, taken: Collection[str]) -> str:
    """As `question_id`; the ids of answers may begin with a digit."""
    if _OPTION_ID.fullmatch(wanted) and wanted not in taken:
        return wanted
    made = free_id(wanted, taken)
    bare = made.removeprefix("q-")
    return bare if wanted[:1].isdigit() and _OPTION_ID.fullmatch(bare) and bare not in taken else made


def language_code(named: str) -> str | None:
    """BCP 47 for "English (en)", "en-US", "pt_BR", "German", "العربية"; None where nobody knows which is meant."""
    behind = _CODE_BEHIND.search(named)
    name = (behind[1] if behind else named).strip().replace("_", "-")
    folded = name.casefold()
    if folded in _ALSO:
        return _ALSO[folded]
    code = _cased(name)
    if re.fullmatch(LANGUAGE, code) and code.split("-")[0] in _by_name().values():
        return code
    return _by_name().get(folded)


def _cased(code: str) -> str:
    first, *rest = code.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])


_NAMES: dict[str, str] = {}


def _by_name() -> dict[str, str]:
    """English and own names of languages, in small letters, with their codes; made once."""
    if not _NAMES:
        english = Locale.parse("en").languages
        for code, name in english.items():
            if re.fullmatch(r"[a-z]{2,3}", code):
                _NAMES.setdefault(str(name).casefold(), code)
        for code in sorted(set(_NAMES.values())):
            if len(code) == 2:
                _NAMES.setdefault(_own_name(code).casefold(), code)
    return _NAMES


def _own_name(code: str) -> str:
    try:
        return Locale.parse(code).get_display_name(code) or code
    except UnknownLocaleError:
        return code
