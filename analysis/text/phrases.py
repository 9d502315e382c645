"""English phrases that label a theme for the person who reviews it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.text.english import noun_phrases

#: A phrase that only one person used would quote that person.
FEWEST_TEXTS = 2

_MARK = re.compile(r"\[(?:email|phone|handle|link)\]")


def label_phrases(texts: Sequence[str], *, beside: Sequence[str] = (), most: int = 3) -> tuple[str, ...]:
    """The phrases most characteristic of English `texts`, at most `most`, the strongest first.

    A phrase counts once a text, and by how much more often it is used here than in `beside`. () where no phrase is
    used in two texts.
    """
    here, there = _texts_with(texts), _texts_with(beside)
    strength = {
        phrase: count / len(texts) - there[phrase] / max(len(beside), 1)
        for phrase, count in here.items()
        if count >= FEWEST_TEXTS
    }
    chosen: list[str] = []
    # Of equally strong phrases the longer one says more, and says the shorter one too.
    for phrase in sorted(strength, key=lambda phrase: (-strength[phrase], -len(phrase), phrase)):
        if strength[phrase] > 0 and not any(longer.endswith(f" {phrase}") for longer in chosen):
            chosen.append(phrase)
    return tuple(chosen[:most])


def _texts_with(texts: Iterable[str]) -> Counter[str]:
    """In how many texts each phrase stands, also as the end of a longer one: "new salad bar" counts for "salad bar"."""
    counts = Counter[str]()
    for text in texts:
        words = (phrase.split() for phrase in noun_phrases(_MARK.sub(" ", text)))
        counts.update({" ".join(phrase[start:]) for phrase in words for start in range(len(phrase))})
    return counts
