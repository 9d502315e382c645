"""The word list's vote on a text of a child: which words say that somebody may not be safe.

One file a language in lexicons/concerns/: a line is `red` or `amber`, a tab, and a phrase; `*` stands for any ending of
a word, and lines with # say something to people. Lists miss much, and find much that is harmless ("this homework kills
me"): they only say what a person reads first.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

RED, AMBER = "red", "amber"
_ORDER = {RED: 2, AMBER: 1}
_FOLDER = resources.files("analysis.text") / "lexicons" / "concerns"
#: Scripts that put no spaces between words: there a phrase may stand anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
#: Longer runs of one letter are children's emphasis: "heeeelp".
_STRETCHED = re.compile(r"(\w)\1{2,}")
#: Letters of a text that are looked at; nobody types more, and programs may send anything.
_LONGEST = 20_000


def vote(text: str, language: str) -> str | None:
    """ "red", "amber" or None: the strongest phrase of the language's list, or of every list where it has none.

    Children write in more than one language, so every other list may find red words, too.
    """
    folded = fold(text)
    found = [
        strength for listed in _languages() for strength in _found(folded, listed, own=listed == _list_of(language))
    ]
    return max(found, key=_ORDER.__getitem__, default=None)


def fold(text: str) -> str:
    """Letters as they are compared: lower case, without accents, invisible signs and stretched letters."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].casefold())
    kept = "".join(sign for sign in plain if not (_is_accent(sign) or unicodedata.category(sign) == "Cf"))
    single = _STRETCHED.sub(r"\1", kept)
    # Apostrophes go, for half of all children leave them out; other signs part words.
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’ʼ`´]", "", single)).split())


def _is_accent(sign: str) -> bool:
    # Children leave accents and vowel points out. The marks of Indic scripts are letters, and stay.
    return sign < "\u0900" and unicodedata.category(sign) == "Mn"


def listed_languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return _languages()


def _found(folded: str, language: str, *, own: bool) -> list[str]:
    patterns = _patterns(language)
    strengths = (RED, AMBER) if own else (RED,)
    return [each for each in strengths if each in patterns and patterns[each].search(folded)]


@cache
def _languages() -> tuple[str, ...]:
    if not _FOLDER.is_dir():
        return ()
    return tuple(sorted(path.name.removesuffix(".txt") for path in _FOLDER.iterdir() if path.name.endswith(".txt")))


def _list_of(language: str) -> str:
    known = _languages()
    return language if language in known else language.partition("-")[0]


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    phrases: dict[str, list[str]] = {RED: [], AMBER: []}
    for line in (_FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        strength, tab, phrase = line.partition("\t")
        if tab and strength in phrases and fold(phrase):
            phrases[strength].append(_pattern(phrase))
    return {strength: re.compile("|".join(found)) for strength, found in phrases.items() if found}


def _pattern(phrase: str) -> str:
    words = [re.escape(fold(word)) + (r"\w*" if word.endswith("*") else "") for word in phrase.split() if fold(word)]
    joined = r"\ ".join(words)
    return joined if _UNSPACED.search(phrase) else rf"(?<!\w){joined}(?!\w)"
