"""The word lists of the package, each read once: everyday words, names and what stands beside names, by language.

`.setup/lexicons.py` writes `words` and `names`; the cues are written by hand.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from analysis.name_words import fold, spelt
from analysis.text.wording import RUN, base_of, script_of

FOLDER = Path(__file__).parent / "lexicons"
#: Word lists of languages as people type them in Latin letters end so.
IN_LATIN = "-Latn"
_OFTEN = 4
#: Behind the language of words that are names, and that are often said for what they mean: hope, light.
OFTEN_SAID = "!"
#: Marks behind a public name: it is an everyday word of its language too; or nobody has looked whether it is one.
IS_A_WORD, NOT_LOOKED_AT = "?", "~"
_WEIGHS = {NOT_LOOKED_AT: 0, "": 1, IS_A_WORD: 2}


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


def word_key(word: str, language: str) -> str:
    """What a word is looked up by among everyday words: folded, but in Vietnamese, where accents make other words."""
    return spelt(word) if base_of(language) == "vi" else fold(word)


@cache
def everyday(language: str) -> frozenset[str]:
    """Keys of the everyday words of a language, also as typed in Latin letters; of all languages for "und"."""
    base = base_of(language)
    found = {word for each in _lists_of(base) for word in counted_words(each)}
    found |= {word for lang, words in _also_words() if base in {lang.rstrip(OFTEN_SAID), "und"} for word in words}
    found |= {word for lang, word, mark in _name_lines() if mark == IS_A_WORD and base in {lang, "und"}}
    return frozenset(word_key(word, base) for word in found)


@cache
def written(language: str) -> frozenset[str]:
    """Keys of the words of a language that children write; `everyday` has those beside them that they might."""
    base = base_of(language)
    found = {word for each in _lists_of(base) for word in counted_words(each)}
    found |= {word for lang, words in _also_words() if lang == base + OFTEN_SAID for word in words}
    return frozenset(word_key(word, base) for word in found)


@cache
def unaccented() -> frozenset[str]:
    """The folded everyday words of Vietnamese: on telephones many type it without its accents."""
    return frozenset(fold(word) for word in everyday("vi"))


@cache
def common(language: str) -> frozenset[str]:
    """Keys of the words of a language that come so often that no cue makes a name of them: "is", "and", "very"."""
    base = base_of(language)
    often = (word for each in _lists_of(base) for word, many in counted_words(each).items() if many >= _OFTEN)
    return frozenset(word_key(word, base) for word in often)


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """By script, every public name word, folded, with what else is known of it: "", IS_A_WORD or NOT_LOOKED_AT."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for _lang, word, mark in _name_lines():
        of_script, folded = found[script_of(word)], fold(word)
        # That somebody says it surely is a name outweighs that nobody has looked; that it is a word outweighs both.
        of_script[folded] = max(mark, of_script.get(folded, mark), key=_WEIGHS.__getitem__)
    return MappingProxyType(dict(found))


@cache
def accented_names() -> frozenset[str]:
    """Public Vietnamese names with their accents, in small letters."""
    return frozenset(word_key(word, "vi") for lang, word, _mark in _name_lines() if lang == "vi")


def _lists_of(base: str) -> list[str]:
    return [each for each in languages() if base_of(each) == base] or list(languages())


def _also_words() -> Iterator[tuple[str, list[str]]]:
    for line in (FOLDER / "also_words.tsv").read_text(encoding="utf-8").splitlines():
        lang, _, words = line.partition("\t")
        yield lang, words.split()


def _name_lines() -> Iterator[tuple[str, str, str]]:
    for path in sorted((FOLDER / "names").glob("*.txt")):
        language = path.stem
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, mark = line.partition(" ")
            yield language, word, mark


@cache
def cues(language: str) -> Mapping[tuple[str, ...], str]:
    """What stands before or after a person's name: folded words, ("before", "my", "friend"), and how strong it is.

    "formal" and "naming": whatever stands beside it is a name. "title": a word that may be a name is one. "role": one
    with a capital is. "link" and "deed": they only help words that are names on a list. "no": what follows is a saint,
    a king or a place. Languages mix, so English cues hold everywhere, and those of all where it is unknown.
    """
    found: dict[tuple[str, ...], str] = {}
    base = base_of(language)
    for lang, place, strength, cue in _cue_lines():
        if lang in {base, "en"} or base == "und":
            words = tuple(fold(word) for word in RUN.findall(cue.replace("’", "'")))
            if words and (lang == base or (place, *words) not in found):
                found.setdefault((place, *words), strength)
    return MappingProxyType(found)


def _cue_lines() -> Iterator[tuple[str, str, str, str]]:
    for line in (FOLDER / "cues.tsv").read_text(encoding="utf-8").splitlines():
        lang, place, strength, cues_of_it = line.split("\t")
        for cue in cues_of_it.split(","):
            yield lang, place, strength, cue
    for path in sorted((FOLDER / "cues").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            place, _, cue = line.partition("\t")
            yield path.stem, place, "role" if place == "before" else "deed", cue


@cache
def months() -> frozenset[str]:
    """The folded names of months."""
    return frozenset(fold(word) for word in (FOLDER / "months.txt").read_text(encoding="utf-8").split())


@cache
def not_names() -> frozenset[str]:
    """Folded words that have a capital and are no person's: countries, months, subjects, brands, people in books."""
    files = (FOLDER / "not_names.txt", *sorted((FOLDER / "not_names").glob("*.txt")))
    return frozenset(fold(word) for path in files for word in path.read_text(encoding="utf-8").split())


@cache
def shape(kind: str) -> str:
    """Alternatives of a pattern that are words of many languages: streets, classes, accounts, being born."""
    lines = (line.partition("\t") for line in (FOLDER / "shapes.tsv").read_text(encoding="utf-8").splitlines())
    return next(words for found, _, words in lines if found == kind)
