"""The word lists of the package, each read once: everyday words, names and what stands beside names, by language.

`.setup/lexicons.py` writes `words` and `names`; the cues are written by hand.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from analysis.name_words import fold
from analysis.text.wording import base_of, script_of

FOLDER = Path(__file__).parent / "lexicons"
#: Word lists of languages as people type them in Latin letters end so.
IN_LATIN = "-Latn"
_OFTEN = 6


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a list of everyday words, and those typed in Latin letters as "ur-Latn"."""
    return tuple(sorted(path.stem for path in (FOLDER / "words").glob("*.txt")))


@cache
def counted_words(language: str) -> Mapping[str, int]:
    """How often each everyday word of a language comes in our own texts; empty for a language without a list."""
    path = FOLDER / "words" / f"{language}.txt"
    if not path.exists():
        return MappingProxyType({})
    lines = (line.rpartition(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({word: int(count) for word, _, count in lines})


@cache
def everyday(language: str) -> frozenset[str]:
    """The folded everyday words of a language, also as typed in Latin letters; of all languages for "und"."""
    base = base_of(language)
    known = [each for each in languages() if base_of(each) == base] or list(languages())
    return frozenset(fold(word) for each in known for word in counted_words(each))


@cache
def names() -> Mapping[str, Mapping[str, bool]]:
    """By script, every public name word, folded, with whether it is surely a name: False where it may be a word."""
    found: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for path in sorted((FOLDER / "names").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word = fold(line.removesuffix(" ?"))
            # What one language says surely is doubtful where another says so.
            found[script_of(word)][word] = found[script_of(word)].get(word, True) and not line.endswith("?")
    return MappingProxyType(dict(found))


@cache
def cues(language: str) -> Mapping[tuple[str, ...], str]:
    """What stands before or after a person's name: folded words, ("before", "my", "friend"), and how strong it is.

    "title": whatever stands beside it is a name. "naming": so too. "role": a name may stand beside it. Languages mix,
    so English cues hold everywhere, and those of all languages where it is unknown.
    """
    found: dict[tuple[str, ...], str] = {}
    base = base_of(language)
    for line in (FOLDER / "cues.tsv").read_text(encoding="utf-8").splitlines():
        lang, place, strength, words = line.split("\t")
        if lang in {base, "en"} or base == "und":
            for cue in words.split(","):
                key = (
                    place,
                    *(fold(part) for part in cue.replace(".", " ").replace("'", " ").replace("’", " ").split()),
                )
                if len(key) > 1 and (lang == base or key not in found):
                    found.setdefault(key, strength)
    return MappingProxyType(found)


@cache
def common(language: str) -> frozenset[str]:
    """The folded words of a language that come so often that no cue makes a name of them: "is", "and", "very"."""
    base = base_of(language)
    known = [each for each in languages() if base_of(each) == base] or list(languages())
    return frozenset(fold(word) for each in known for word, many in counted_words(each).items() if many >= _OFTEN)


@cache
def not_names() -> frozenset[str]:
    """Folded words that have a capital and are no person's: countries, months, subjects, brands, people in books."""
    files = (FOLDER / "not_names.txt", *sorted((FOLDER / "not_names").glob("*.txt")))
    return frozenset(fold(word) for path in files for word in path.read_text(encoding="utf-8").split())
