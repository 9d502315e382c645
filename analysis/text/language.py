"""In which of a school's languages something is written; unsure is an answer.

Two judges: py3langid, which has read much, and our own word lists, which hold what children and families write. Every
language of ours in the script at hand is weighed, also those that the school does not speak, so that a comment in
another one is "und" and not forced into English.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import log, log1p
from typing import Any
from zlib import crc32

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis.text.lexicon import IN_LATIN, counted_words, languages
from analysis.text.wording import RUN, base_of, script_of

#: BCP 47 for "nobody knows".
UNKNOWN = "und"

#: A language is named if py3langid gives it this probability among all 140 that it knows, or this part of the letters
#: stands in words of our own list, or it is CLEAR ahead; and if no other of the school's is within CLOSE, and none else
#: ahead by BEYOND (nats).
LIKELY, COVERED, CLOSE, BEYOND, CLEAR = 0.05, 0.5, 0.1, 2.0, 3.0
#: How much better (nats) two languages explain a clause than one, if it is in two; each has at least three words.
TURNS, _LEAST_WORDS = 14.0, 3
#: What runs of letters, whole words and py3langid weigh; its opinion is never below the floor (nats).
_OF_RUNS, _OF_WORDS, _OF_THEIRS, _FLOOR = 0.35, 1.0, 0.5, -14.0
_LONGEST_RUN = 4
_BUCKETS = 1 << 16
_RARE = 0.05
_OF_SO_MANY = 10_000
_MANY_LANGUAGES = 7
_READ = 2_000
#: Language codes of ours whose texts the model knows under another name, or under several.
_KNOWN_AS = {"zh": ("zh", "wuu", "yue"), "nb": ("no",), "prs": ("fa",)}
_SCRIPTS = {
    "Arab": ("ar", "fa", "ps", "ur", "ckb", "sd", "prs", "ug"),
    "Cyrl": ("uk", "ru", "bg", "be", "sr", "mk", "kk", "ky", "mn", "tg"),
    "Deva": ("hi", "ne", "mr"),
    "Beng": ("bn", "as"),
    "Guru": ("pa",),
    "Hang": ("ko",),
    "Hani": ("zh", "yue", "ja"),
    "Ethi": ("am", "ti"),
    "Grek": ("el",),
}
_ONE_IN_LATIN = {"hi" + IN_LATIN, "ur" + IN_LATIN}
_NOT_LATIN = {base for bases in _SCRIPTS.values() for base in bases} - {"sr"}


def identify(text: str, among: Sequence[str]) -> str:
    """The member of `among` (BCP 47 tags) in which `text` is written, "und" for no letters, no match, or no idea.

    Regions and scripts are not told apart: of "zh-Hans" and "zh-Hant" the first one named is the answer. Urdu, Hindi
    or Arabic in Latin letters is that language where it is clear, else "und".
    """
    words = RUN.findall(text[:_READ])
    script = _main_script(words)
    if all(word.lower() in _everywhere() for word in words):
        return UNKNOWN
    asked = {each: tag for tag in reversed(among) if (each := _as_written(base_of(tag), script))}
    if not asked:
        return UNKNOWN
    written = tuple(word.lower() for word in words if script_of(word) == script)
    shares = _shares(text[:_READ])
    scores = _scores(written, script, tuple(asked), shares)
    best = max(asked, key=lambda each: scores[each])
    return asked[best] if _is_sure(best, asked, scores, written, shares) else UNKNOWN


def turning_point(words: Sequence[str], among: Sequence[str]) -> int | None:
    """Before which of these words, in order and of one script, the language changes; None where it clearly does not."""
    script = _main_script(words)
    asked = sorted({each for tag in among if (each := _as_written(base_of(tag), script))} & set(_rows_in(script)))
    if len(asked) < 2 or len(words) < 2 * _LEAST_WORDS:
        return None
    rows = [_rows_in(script)[each] for each in asked]
    upto = np.cumsum([_explained(word.lower())[rows] for word in words], axis=0)
    # For every place: the best language before it, and the best one behind it.
    best = upto[:-1].max(axis=1) + (upto[-1] - upto[:-1]).max(axis=1)
    inside = best[_LEAST_WORDS - 1 : len(words) - _LEAST_WORDS]
    place = int(inside.argmax()) + _LEAST_WORDS
    return place if inside.max() >= upto[-1].max() + TURNS else None


def _main_script(words: Iterable[str]) -> str:
    letters: Counter[str] = Counter()
    for word in words:
        # A Chinese character says as much as two letters.
        letters[script_of(word)] += len(word) * (2 if script_of(word) == "Hani" else 1)
    return max(letters, key=lambda script: letters[script], default="")


def _as_written(base: str, script: str) -> str | None:
    """What our lists call the language in this script; None where it is not written so."""
    if script == "Latn" and base in _NOT_LATIN:
        return base + IN_LATIN if base + IN_LATIN in languages() else None
    return base if script == "Latn" or base in _SCRIPTS.get(script, ()) else None


def _is_sure(
    best: str, asked: Iterable[str], scores: Mapping[str, float], words: tuple[str, ...], shares: Mapping[str, float]
) -> bool:
    # Hindi and Urdu in Latin letters are one language, which either name is right for.
    others = max((scores[each] for each in asked if each != best and {each, best} != _ONE_IN_LATIN), default=-np.inf)
    beyond = max((score for each, score in scores.items() if each not in asked), default=-np.inf)
    if scores[best] < others + CLOSE or scores[best] < beyond - BEYOND:
        return False
    clear = scores[best] >= max(others, beyond) + CLEAR
    return clear or _share(shares, best) >= LIKELY or _covered(best, words) >= COVERED


def _covered(language: str, words: tuple[str, ...]) -> float:
    """The part of the letters that stands in words of our list."""
    known = counted_words(language)
    letters = sum(len(word) for word in words)
    return sum(len(word) for word in words if word in known or word[:2] in known) / letters if letters else 0.0


def _scores(words: tuple[str, ...], script: str, asked: Iterable[str], shares: Mapping[str, float]) -> dict[str, float]:
    """By language: how well it explains the words, in nats; also of languages of ours that were not asked about."""
    rows = _rows_in(script)
    whole = sum((_explained(word) for word in words), np.zeros(len(languages())))
    explained = {each: float(whole[row]) for each, row in rows.items()}
    # A language without a list is judged by py3langid alone, and not better than the others for it.
    middle = float(np.median(list(explained.values()))) if explained else 0.0
    theirs = {each: max(log(_share(shares, each) + 1e-12), _FLOOR) for each in {*rows, *asked}}
    return {each: explained.get(each, middle) + _OF_THEIRS * theirs[each] for each in theirs}


@cache
def _rows_in(script: str) -> dict[str, int]:
    return {each: row for row, each in enumerate(languages()) if _as_written(base_of(each), script) == each}


@lru_cache(maxsize=1 << 15)
def _explained(word: str) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """By language: how well it explains one word, by its runs of letters and as a whole."""
    of_runs: np.ndarray[Any, np.dtype[np.float32]] = _table()[list(_runs(word))].sum(axis=0)
    return _OF_RUNS * of_runs + _OF_WORDS * np.array([_word_weight(each, word) for each in languages()], np.float32)


def _word_weight(language: str, word: str) -> float:
    # By how often it comes in so many words, since of some languages we wrote more than of others.
    return log1p(counted_words(language).get(word, 0) * _per_word(language))


@cache
def _everywhere() -> frozenset[str]:
    """Words that so many languages have that they tell none: ok, wifi, app."""
    lists: Counter[str] = Counter(word for language in languages() for word in counted_words(language))
    return frozenset(word for word, many in lists.items() if many >= _MANY_LANGUAGES)


@cache
def _per_word(language: str) -> float:
    return _OF_SO_MANY / max(sum(counted_words(language).values()), 1)


def _share(shares: Mapping[str, float], language: str) -> float:
    return (
        0.0
        if language.endswith(IN_LATIN)
        else sum(shares.get(code, 0.0) for code in _KNOWN_AS.get(language, (language,)))
    )


@cache
def _table() -> "np.ndarray[Any, np.dtype[np.float32]]":
    """Runs of letters x languages: the logarithm of how often each comes in the language's words."""
    counts = np.zeros((len(languages()), _BUCKETS), dtype=np.float32)
    for row, language in enumerate(languages()):
        for word, count in counted_words(language).items():
            for bucket in _runs(word):
                counts[row, bucket] += log1p(count) + _RARE
    counts += _RARE
    return np.ascontiguousarray(np.log(counts / counts.sum(axis=1, keepdims=True)).T)


def _runs(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    return tuple(
        crc32(edged[start : start + size].encode("utf-8", "replace")) % _BUCKETS
        for size in range(1, _LONGEST_RUN + 1)
        for start in range(len(edged) - size + 1)
    )


def _shares(text: str) -> dict[str, float]:
    return dict(_identifier().rank(text))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
