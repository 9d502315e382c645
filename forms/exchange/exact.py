"""Texts that another format can only show otherwise: how they are shown there, and how they come back.

A text of ours may want an earlier answer: "You chose {place|a place}." The file shows it in its own way and notes the
text as it is. What comes back unchanged is that text; what somebody wrote anew in the other tool is theirs.
"""

import re
from collections.abc import Callable, Mapping

from forms.texts import Data, texts_of, with_texts
from forms.wording import Words

_PIPE = re.compile(r"\{([a-z][a-z0-9-]{0,39})\|([^{}|]+)\}")
#: How a format shows a text.
Shown = Callable[[str], str]


def replaced(text: str, with_: str) -> str:
    """The text with its marks for earlier answers written so: `re`'s \\1 is the question, \\2 what is said without."""
    return _PIPE.sub(with_, text)


def exact_texts(data: Data, shown: Shown) -> dict[str, Words]:
    """The texts, by their keys, that are not shown as they are, in the languages in which they are not."""
    texts = {
        text.key: {lang: said for lang, said in text.words.items() if shown(said) != said} for text in texts_of(data)
    }
    return {key: words for key, words in texts.items() if words}


def restored(data: Data, exact: Mapping[str, Mapping[str, object]], shown: Shown) -> Data:
    """The draft with the noted texts wherever it still says what the file showed of them."""
    found: dict[str, Words] = {}
    for text in texts_of(data):
        noted = exact.get(text.key, {})
        same = {
            language: said
            for language, said in noted.items()
            if isinstance(said, str) and text.words.get(language) == shown(said)
        }
        if same:
            found[text.key] = same
    return with_texts(data, found)
