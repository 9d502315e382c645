"""Measures of reading, one for each language that has one. Higher is harder.

English: the Flesch-Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975). Spanish: 100 less the ease of Fernández
Huerta (1959). Other languages that set spaces: LIX, words a sentence and the share of long words (Björnsson 1968;
levels: Anderson 1983); what is a long word is set for each language in `words/`, so that the share in easy school
texts is like the Swedish one of words over six letters. Vietnamese and Chinese write syllables, to which no such
formula applies: there only length is looked at.
"""

import re
from collections.abc import Sequence

from forms.checks.lexicon import Lexicon, words_in
from forms.checks.spelling import fold

_SENTENCE = re.compile(r"[.!?؟。！？।۔]+")
_ENGLISH = re.compile(r"[aeiouy]+")
_SPANISH = re.compile(r"[aeiouáéíóúü]+")
#: A silent e at the end of an English word.
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$")


def words_of_text(lexicon: Lexicon, text: str) -> int:
    """How many words; letters where no spaces are set."""
    if lexicon.is_unspaced:
        return sum(sign.isalnum() for sign in text)
    return sum(1 for _word in words_in(fold(text)))


def difficulty(lexicon: Lexicon, texts: Sequence[str]) -> float | None:
    """How hard texts are by the measure of their language; None where it has none."""
    words = [word.said.casefold() for text in texts for word in words_in(fold(text))]
    sentences = sum(max(1, len([part for part in _SENTENCE.split(text) if part.strip()])) for text in texts)
    if not words or (lexicon.language not in ("en", "es") and not lexicon.figure("long")):
        return None
    if lexicon.language == "en":
        return 0.39 * len(words) / sentences + 11.8 * _syllables(words) / len(words) - 15.59
    if lexicon.language == "es":
        syllables = sum(max(1, len(_SPANISH.findall(word))) for word in words)
        return 100 - (206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences)
    long = sum(len(word) >= lexicon.figure("long") for word in words)
    return len(words) / sentences + 100 * long / len(words)


def most_for(lexicon: Lexicon, grade: int) -> float:
    """The measure that readers of this school year can manage.

    Fernández Huerta's ease is 95 in the fourth year, 75 in the sixth and 55 or so in the tenth; LIX rises from 25 in
    the second to 55 beyond school (Anderson 1983): straight lines between.
    """
    if lexicon.language == "en":
        return grade
    if lexicon.language == "es":
        return 10.0 * grade - 35 if grade <= 6 else 25 + 5 * (grade - 6)
    return 25 + 3.3 * (grade - 1)


def _syllables(words: list[str]) -> int:
    return sum(max(1, len(_ENGLISH.findall(_SILENT.sub("", word)))) for word in words)
