"""Reading one comment: its themes and its mood, by the encoder and the small tier together, clause by clause.

Both tiers give each theme a probability; their logarithms are added (a product of experts), the small tier's with
NGRAM_SHARE. A comment of several clauses is read whole and clause by clause, so that "the food is good but the bus is
late" is about both. The same texts give the same readings; how many are read at once does not matter to the small tier,
and the encoder is handed the same batches in every run (`analysis.text.batches`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from scipy.special import logsumexp

from analysis.text.concern_model import ConcernModel
from analysis.text.e5.weights import Floats
from analysis.text.head import Head
from analysis.text.mood import Mood
from analysis.text.ngrams import CONCERN, NAME, ORDINARY, Ngrams
from analysis.text.offsets import Offsets
from analysis.theme_codes import OTHER

Logs = np.ndarray[Any, np.dtype[np.float64]]

#: How much the small tier's vote weighs beside the encoder's. Chosen, like the numbers below, on a part of our own
#: comments that nothing was learned from.
NGRAM_SHARE = 1.0
#: The lowest probability with which a theme is suggested, the lowest of a second theme, and of a clause's own theme.
SURE, ALSO_SURE, SURE_OF_CLAUSE = 0.25, 0.30, 0.70
#: How sure it must be that a comment says both, or neither, before that is said instead of the likelier of the two.
BOTH, NEITHER = 0.85, 0.95
#: Two moods within one comment must each be this likely in a clause of their own.
CLEAR_MOOD = 0.95
#: As sure as this of theme and mood together, a comment says one thing.
SETTLED = 0.95
#: Clauses shorter than this say too little by themselves, and comments shorter than this have one thing to say.
FEWEST_LETTERS, FEWEST_OF_SEVERAL = 12, 40
#: How much a text's spelling weighs beside its meaning where somebody may be in danger: log odds, and at most so many.
SPELLING_SHARE, MOST_ODDS = 0.1, 6.0


class Encoder(Protocol):
    """What the default tier offers: rows of numbers, and the heads that were learned on them."""

    name: str

    @property
    def digest(self) -> str:
        """Changes whenever the same text may be encoded differently."""

    @property
    def heads(self) -> tuple[Head, Head]:
        """Themes and moods."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """n texts as n rows of unit length."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of one comment; `themes` as codes, the surest first, () is "other"; probabilities 0 to 1."""

    themes: tuple[str, ...]
    confidence: float
    mood: Mood
    mood_confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Reads with both tiers, or with the small one alone where the machine has no room for the other."""

    ngrams: Ngrams
    encoder: Encoder | None
    #: Learned at set-up like the small tier; None without an encoder.
    concerns: ConcernModel | None = None
    #: Likewise: how far the encoder puts each language from the others.
    offsets: Offsets = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The tiers' names and hashes, as they are kept beside every result."""
        tiers = [(NAME, self.ngrams.digest)]
        tiers += [(self.encoder.name, self.encoder.digest)] if self.encoder else []
        return " + ".join(f"{name} {digest[:12]}" for name, digest in tiers)

    def read(self, texts: Sequence[str], clauses: Sequence[Sequence[str]]) -> list[Read]:
        """One reading a text; `clauses` are each text's parts, in order, where it has several."""
        whole = self._shares(texts)
        parts = [
            (i, clause)
            for i, (text, mine, share) in enumerate(zip(texts, clauses, whole, strict=True))
            if len(mine) > 1 and _room(text) >= FEWEST_OF_SEVERAL and not _is_settled(share)
            for clause in mine
            if _says_enough(clause) and clause != text
        ]
        within: list[list[_Shares]] = [[] for _ in texts]
        for (i, _), share in zip(parts, self._shares([clause for _, clause in parts]), strict=True):
            within[i].append(share)
        return [_reading(share, mine) for share, mine in zip(whole, within, strict=True)]

    @property
    def knows_meaning(self) -> bool:
        """Whether urgency is told by what texts mean as well, and not by their spelling alone."""
        return self.encoder is not None and self.concerns is not None

    def concern(self, texts: Sequence[str], clauses: Sequence[Sequence[str]]) -> Floats:
        """How much each text is like those that a trained adult should read first; `grade` knows from where on.

        `clauses` are each text's parts where it has several: children say it in passing.
        """
        head = self.ngrams.concerns
        logs = head.log_shares(self.ngrams.rows(texts))
        odds = logs[:, head.labels.index(CONCERN)] - logs[:, head.labels.index(ORDINARY)]
        spelt = np.asarray(SPELLING_SHARE * np.clip(odds, -MOST_ODDS, MOST_ODDS), dtype=np.float32)
        if self.encoder is None or self.concerns is None:
            return spelt
        parts = [(i, part) for i, mine in enumerate(clauses) for part in mine if len(mine) > 1 and _says_enough(part)]
        margins = self.concerns.margins(self.encoder.encode([*texts, *(part for _, part in parts)]))
        strongest: dict[int, float] = {}
        for (i, _), margin in zip(parts, margins[len(texts) :].tolist(), strict=True):
            strongest[i] = max(margin, strongest.get(i, margin))
        whole = margins[: len(texts)]
        meant = [(own + strongest.get(i, own)) / 2 for i, own in enumerate(whole.tolist())]
        return np.asarray(spelt + np.array(meant, dtype=np.float32))

    def rows(self, texts: Sequence[str]) -> Floats:
        """What discovery sorts: n texts as n rows of unit length."""
        if self.encoder is None:
            raise ValueError("the small tier knows no meaning to sort by")
        return self.encoder.encode(texts)

    def _shares(self, texts: Sequence[str]) -> list["_Shares"]:
        if not texts:
            return []
        small = self.ngrams.rows(texts)
        large = self.encoder.encode(texts) if self.encoder else None
        both = []
        for number, head in enumerate((self.ngrams.themes, self.ngrams.moods)):
            logs = head.log_shares(small)
            if large is not None and self.encoder is not None:
                logs = _together(NGRAM_SHARE * logs, head, large, self.encoder.heads[number])
            both.append([dict(zip(head.labels, row, strict=True)) for row in np.exp(logs).tolist()])
        return [_Shares(themes, moods) for themes, moods in zip(*both, strict=True)]


def _says_enough(clause: str) -> bool:
    return _room(clause) >= FEWEST_LETTERS


def _room(text: str) -> int:
    """Letters, of which a Chinese one counts for three."""
    return len(text) + 2 * sum("\u3400" <= sign <= "\u9fff" for sign in text)


def _is_settled(whole: "_Shares") -> bool:
    """Whether it is so plain what a comment is about, and in what mood, that its clauses need not be asked."""
    return max(whole.themes.values()) >= SETTLED and max(whole.moods.values()) >= SETTLED


@dataclass(frozen=True, slots=True)
class _Shares:
    """Probabilities of each theme and of each mood."""

    themes: dict[str, float]
    moods: dict[str, float]


def _together(logs: Logs, head: Head, rows: Floats, other: Head) -> Logs:
    places = [other.labels.index(label) for label in head.labels]
    total = logs + other.log_shares(rows)[:, places]
    return np.asarray(total - logsumexp(total, axis=1, keepdims=True))


def _reading(whole: _Shares, clauses: Sequence[_Shares]) -> Read:
    likely = sorted(whole.themes, key=lambda code: (-whole.themes[code], code))
    confidence = whole.themes[likely[0]]
    themes = [code for code in likely[:1] if code != OTHER and confidence >= SURE]
    themes += [code for code in likely[1:2] if code != OTHER and themes and whole.themes[code] >= ALSO_SURE]
    for clause in clauses:
        code = max(clause.themes, key=lambda code: (clause.themes[code], code))
        if code not in (OTHER, *themes) and clause.themes[code] >= SURE_OF_CLAUSE:
            themes.append(code)
    mood, sure = _mood(whole, clauses)
    return Read(tuple(themes), round(confidence, 3), mood, round(sure, 3))


def _mood(whole: _Shares, clauses: Sequence[_Shares]) -> tuple[Mood, float]:
    positive, negative = whole.moods["pos"], whole.moods["neg"]
    says = [{clear for clear in ("pos", "neg") if clause.moods[clear] >= CLEAR_MOOD} for clause in clauses]
    if whole.moods["mixed"] >= BOTH or {"pos", "neg"} <= set().union(*says):
        return Mood.MIXED, max(whole.moods["mixed"], min(1 - positive, 1 - negative))
    if whole.moods["none"] >= NEITHER:
        return Mood.UNCLEAR, whole.moods["none"]
    either = positive + negative
    return (Mood.POSITIVE, positive / either) if positive >= negative else (Mood.NEGATIVE, negative / either)
