"""From texts to rows of numbers: the interface that every tier of text understanding keeps, and its first tier."""

import json
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer


class Encoder(Protocol):
    """Turns texts into rows. `name` and `digest` (sha256, hex) say which; both are stored with what was learned."""

    @property
    def name(self) -> str:
        """A short name a person can read."""

    @property
    def digest(self) -> str:
        """Changes whenever the same text may be encoded differently."""

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
        """n texts, in n languages ("und" if unknown), as n rows of unit length; an empty text is a row of zeros."""


class CharacterNgrams:
    """First tier: which runs of 2 to 5 characters a text has, within its words. Knows no language and no meaning."""

    name = "character-ngrams-1"

    def __init__(self) -> None:
        self._how = {
            "analyzer": "char_wb",
            "ngram_range": (2, 5),
            "n_features": 2**15,
            "alternate_sign": False,
            "norm": "l2",
        }
        self._vectorizer = HashingVectorizer(lowercase=False, **self._how)

    @property
    def digest(self) -> str:
        """Of the settings: hashing has no weights, so nothing else decides how a text is encoded."""
        return sha256(json.dumps([self.name, self._how], sort_keys=True).encode()).hexdigest()

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> csr_matrix:
        """As promised by `Encoder`; the languages make no difference to this tier."""
        if len(texts) != len(languages):
            raise ValueError(f"{len(texts)} texts in {len(languages)} languages")
        return self._vectorizer.transform([unicodedata.normalize("NFKC", text).casefold() for text in texts])
