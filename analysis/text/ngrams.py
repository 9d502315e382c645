"""The small tier: which runs of 2 to 5 characters a text has, and what those say of its theme, its mood, its urgency.

It knows no meaning, but the spelling of fifteen languages as children and families write them, in about 40 MB. Where
memory allows it votes beside the encoder (`analysis.text.reading`): the two make different mistakes.
"""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import RidgeClassifier
from sklearn.preprocessing import normalize

from analysis.text.e5.weights import Floats
from analysis.text.examples import ConcernExample, Example, digest_of
from analysis.text.head import Head
from analysis.text.kept import keep
from analysis.theme_codes import OTHER

NAME = "character-ngrams-2"
_COLUMNS = 2**18
_HOW = {"analyzer": "char_wb", "ngram_range": (2, 5), "n_features": _COLUMNS, "alternate_sign": False, "norm": None}
#: How strongly the learner is held back; how far its margins (about -1 to 1) are stretched to become probabilities.
_RIDGE, _STRETCH = 1.0, 5.0
_HEADS = ("themes", "moods", "concerns")
#: Labels of the head that looks for concerns.
CONCERN, ORDINARY = "concern", "ordinary"


@dataclass(frozen=True, slots=True, eq=False)
class Ngrams:
    """The trained tier. `weights` says how much each of the columns tells, the rarer the more."""

    weights: Floats
    themes: Head
    moods: Head
    concerns: Head
    digest: str

    @classmethod
    def train(cls, examples: Sequence[Example], concerns: Sequence[ConcernExample]) -> "Ngrams":
        """Learn from examples; the same ones give the same tier. Takes about half a minute."""
        about_school, about_children = [one.text for one in examples], [one.text for one in concerns]
        counted = _counted([*about_school, *about_children])
        in_texts = np.bincount(counted.indices, minlength=_COLUMNS)
        weights = (np.log((1 + counted.shape[0]) / (1 + in_texts)) + 1).astype(np.float32)
        rows = _weighted(counted, weights)
        themes = _learned(rows[: len(examples)], [main_theme(one) for one in examples])
        moods = _learned(rows[: len(examples)], [one.mood for one in examples])
        urgent = [ORDINARY] * len(examples) + [CONCERN if one.is_concern else ORDINARY for one in concerns]
        return cls(weights, themes, moods, _learned(rows, urgent), digest(examples, concerns))

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """n texts as n rows of unit length; an empty text is a row of zeros."""
        return _weighted(_counted(texts), self.weights)

    def save(self, path: Path) -> None:
        """Write one .npz file; the same tier gives the same bytes."""
        held: dict[str, np.ndarray[Any, Any]] = {"weights": self.weights, "digest": np.array(self.digest)}
        for name in _HEADS:
            head: Head = getattr(self, name)
            held |= head.held(name)
        keep(path, held)

    @classmethod
    def load(cls, path: Path) -> "Ngrams":
        """Read what `save` wrote; FileNotFoundError, or ValueError where it is something else."""
        try:
            with np.load(path, allow_pickle=False) as file:
                heads = [Head.of(file, name) for name in _HEADS]
                return cls(file["weights"], heads[0], heads[1], heads[2], str(file["digest"]))
        except KeyError as missing:
            raise ValueError(f"{path.name} is not what the small tier keeps") from missing


def main_theme(example: Example) -> str:
    """The theme that an example is mostly about, or "other"."""
    return example.themes[0] if example.themes else OTHER


def digest(examples: Sequence[Example], concerns: Sequence[ConcernExample]) -> str:
    """Changes with what is learned from, and with how."""
    how = json.dumps([NAME, _HOW, _RIDGE, _STRETCH], sort_keys=True)
    return sha256(f"{how} {digest_of(*examples, *concerns)}".encode()).hexdigest()


def _counted(texts: Sequence[str]) -> csr_matrix:
    vectorizer = HashingVectorizer(lowercase=False, dtype=np.float32, **_HOW)
    rows = vectorizer.transform([unicodedata.normalize("NFKC", text).casefold() for text in texts])
    rows.data = np.log(rows.data) + 1
    return rows


def _weighted(counted: csr_matrix, weights: Floats) -> csr_matrix:
    rows = counted.copy()
    rows.data *= weights[rows.indices]
    return normalize(rows)


def _learned(rows: csr_matrix, labels: Sequence[str]) -> Head:
    learner = RidgeClassifier(alpha=_RIDGE, class_weight="balanced", solver="sparse_cg")
    learner.fit(rows, labels)
    coefficients, intercepts = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:  # one line says both
        coefficients, intercepts = np.vstack([-coefficients, coefficients]), np.append(-intercepts, intercepts)
    stretched = (_STRETCH * coefficients).astype(np.float32), (_STRETCH * intercepts).astype(np.float32)
    return Head(tuple(map(str, learner.classes_)), *stretched)
