"""Words that tell a group of comments from the others, language by language: a hint for whoever words a theme."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

#: A word that fewer people used would quote them.
FEWEST_TEXTS = 3
#: So many times as often as beside; words such as "the" are said everywhere.
_OFTENER = 2
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\d_]{3,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARK = re.compile(r"\[[a-z]+\]")


def telling_words(texts: Sequence[str], *, beside: Sequence[str] = (), most: int = 5) -> tuple[str, ...]:
    """At most `most` words that stand in more of `texts` than of `beside`, the most telling first.

    Class-based TF-IDF (Grootendorst 2022, arXiv:2203.05794), counted once a text. Chinese is cut into pairs of signs.
    """
    here, there = _texts_with(texts), _texts_with(beside)
    size, others = max(len(texts), 1), max(len(beside), 1)
    strength = {
        word: (count / size) * log(1 + (count / size) / ((count + there[word]) / (size + others)))
        for word, count in here.items()
        if count >= FEWEST_TEXTS and count / size >= _OFTENER * there[word] / others
    }
    return tuple(sorted(strength, key=lambda word: (-strength[word], word))[:most])


def _texts_with(texts: Iterable[str]) -> Counter[str]:
    counts = Counter[str]()
    for text in texts:
        counts.update(set(_words(_MARK.sub(" ", text.casefold()))))
    return counts


def _words(text: str) -> Iterable[str]:
    for run in _WORD.findall(text):
        if _HAN.match(run):
            yield from (run[i : i + 2] for i in range(len(run) - 1))
        else:
            yield run
