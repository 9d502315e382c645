"""TextBlob, as far as it works without its corpora: for English, the lexicon's sentiment and part-of-speech tags.

The only importer of textblob. `TextBlob.noun_phrases` needs corpora that may not be there and names people; the
extractor here stands on the tagger that comes with the library and leaves proper nouns out.
"""

import warnings
from functools import cache

from textblob import TextBlob
from textblob.base import BaseNPExtractor
from textblob.en.taggers import PatternTagger


def polarity(text: str) -> float:
    """How positive the English words in `text` are, from -1 to 1; 0 where the lexicon knows none of them."""
    _lexicons()
    return float(TextBlob(text).sentiment.polarity)


def noun_phrases(text: str) -> list[str]:
    """The English noun phrases of `text`, lower-cased, in order: adjectives and common nouns that stand together."""
    _lexicons()
    return list(TextBlob(text, np_extractor=_NounPhrases()).noun_phrases)


class _NounPhrases(BaseNPExtractor):  # type: ignore[misc]  # textblob publishes no types
    """Any adjectives, then one common noun or more."""

    def extract(self, text: str) -> list[str]:
        phrases: list[str] = []
        words: list[str] = []
        nouns = 0
        for word, tag in [*PatternTagger().tag(text), ("", "")]:
            is_noun = tag in {"NN", "NNS"} and word.lower() != "i"
            is_adjective = tag.startswith("JJ")
            if nouns and not is_noun:
                phrases.append(" ".join(words))
            if not (is_noun or is_adjective) or (is_adjective and nouns):
                words, nouns = [], 0
            if is_noun or is_adjective:
                words.append(word)
                nouns += is_noun
        return phrases


@cache
def _lexicons() -> None:
    """Read the lexicons once, here, because textblob does not close their files and Python says so each time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        PatternTagger().tag("good")
        TextBlob("good").sentiment  # noqa: B018  # reading the attribute is what loads the lexicon
