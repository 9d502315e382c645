"""Suggesting a school theme for each comment, for a person to accept; "other" wherever the model is not sure.

Measured with `CharacterNgrams` on the 360 sample comments (24 meanings in each of 15 languages, 12 themes, so that 0.08
is chance). Meanings held out in all languages at once (5 folds, three ways): the best theme is right for 0.11; 10 of
1,080 reached SURE, 6 of them rightly. One language held out, its meanings known from the others: 0.54 right; 72 of 360
reached SURE, all of them rightly. This tier recognises wording it has seen and leaves the rest to people.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import diags_array
from sklearn.linear_model import LogisticRegression

from analysis.text.encoder import Encoder

OTHER = "other"

#: The lowest probability, in steps of 0.05, from which at least half of the suggestions on unseen meanings were right.
SURE = 0.45

_FORMAT = 1
_STRENGTH = 10.0


class WrongEncoder(Exception):
    """The file was learned from rows that another encoder made."""


@dataclass(frozen=True, slots=True)
class Example:
    """One comment whose theme a person named; `sentiment` is "positive" or "negative"."""

    id: str
    text: str
    language: str
    theme: str
    sentiment: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme's code, or OTHER, and the probability of the best theme, between 0 and 1."""

    theme: str
    confidence: float


def read_examples(path: Path) -> tuple[Example, ...]:
    """The rows of a CSV file with the columns id, text, lang, theme and sentiment. KeyError if one is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Example(row["id"], row["text"], row["lang"], row["theme"], row["sentiment"]) for row in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True, eq=False)
class ThemeModel:
    """A trained theme model: one row of `coefficients` (float32, themes x columns) and one intercept a theme."""

    encoder: Encoder
    themes: tuple[str, ...]
    coefficients: "np.ndarray[Any, np.dtype[np.float32]]"
    intercepts: "np.ndarray[Any, np.dtype[np.float32]]"
    trained_on: str

    @classmethod
    def train(cls, examples: Sequence[Example], encoder: Encoder) -> "ThemeModel":
        """Learn from examples; the same ones give the same model. ValueError for fewer than two themes."""
        rows = encoder.encode([one.text for one in examples], [one.language for one in examples])
        # Rare columns tell more, so each is weighted before learning; the weights are folded into the coefficients.
        # Columns that no example has are left out of learning, which saves most of its time.
        seen_in = np.asarray((rows > 0).sum(axis=0)).ravel()
        used = np.flatnonzero(seen_in)
        weights = np.log((1 + len(examples)) / (1 + seen_in[used]))
        learner = LogisticRegression(C=_STRENGTH, max_iter=3000, class_weight="balanced")
        learner.fit(rows[:, used] @ diags_array(weights), [one.theme for one in examples])
        learned, intercepts = learner.coef_, learner.intercept_
        if len(learner.classes_) == 2:  # one row says both
            learned, intercepts = np.vstack([0 * learned, learned]), np.append(0 * intercepts, intercepts)
        coefficients = np.zeros((len(learner.classes_), rows.shape[1]), dtype=np.float32)
        coefficients[:, used] = learned * weights
        themes = tuple(str(theme) for theme in learner.classes_)
        return cls(encoder, themes, coefficients, intercepts.astype(np.float32), digest_of(examples))

    def suggest(self, texts: Sequence[str], languages: Sequence[str]) -> list[Suggestion]:
        """One suggestion a text, in their order."""
        if not texts:
            return []
        scores = self.encoder.encode(texts, languages) @ self.coefficients.T + self.intercepts
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = odds / odds.sum(axis=1, keepdims=True)
        best = probabilities.argmax(axis=1)
        sure = [float(row[theme]) for row, theme in zip(probabilities, best, strict=True)]
        return [
            Suggestion(self.themes[theme] if confidence >= SURE else OTHER, confidence)
            for theme, confidence in zip(best, sure, strict=True)
        ]

    def save(self, path: Path) -> None:
        """Write one .npz file of two arrays and a JSON text; the same model gives the same bytes."""
        about = {
            "format": _FORMAT,
            "encoder": self.encoder.name,
            "encoder_digest": self.encoder.digest,
            "themes": self.themes,
            "trained_on": self.trained_on,
        }
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                about=np.array(json.dumps(about, sort_keys=True)),
                coefficients=self.coefficients,
                intercepts=self.intercepts,
            )

    @classmethod
    def load(cls, path: Path, encoder: Encoder) -> "ThemeModel":
        """Read what `save` wrote. WrongEncoder where it belongs to another encoder, ValueError for another format."""
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            coefficients, intercepts = file["coefficients"], file["intercepts"]
        if about["format"] != _FORMAT:
            raise ValueError(f"{path.name}: format {about['format']}, not {_FORMAT}")
        if (about["encoder"], about["encoder_digest"]) != (encoder.name, encoder.digest):
            trained_with = f"{about['encoder']} {about['encoder_digest'][:12]}"
            raise WrongEncoder(f"{path.name} was trained with {trained_with}, not {encoder.name} {encoder.digest[:12]}")
        return cls(encoder, tuple(about["themes"]), coefficients, intercepts, about["trained_on"])


def digest_of(examples: Sequence[Example]) -> str:
    """Sha256, in hex, of what was learned from."""
    rows = [[one.text, one.language, one.theme] for one in examples]
    return sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()
