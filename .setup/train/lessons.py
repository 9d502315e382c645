"""Learns analysis/text/e5/lessons.npz from our own comments. See README.md beside this file.

Each comment is seen as it is and as a hurried person might type it; some are pairs of comments of one language, which
are about both themes. What is learned: the theme (a second one at 0.4) and, half as much, the mood.
"""

import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from layers import DROPPED, Upper, lower_layers
from noise import noisy
from torch import nn
from torch.nn import functional

from analysis.text.e5.lessons import NO_LESSONS
from analysis.text.e5.tokens import Tokens
from analysis.text.e5.weights import Weights, check, find_weights, read_weights, unpacked
from analysis.text.examples import Example, read_examples
from analysis.theme_codes import OTHER

_OUT = Path("analysis/text/e5/lessons.npz")
_ROUNDS, _RATE, _HEAD_RATE, _WARM_UP = 4, 1e-3, 3e-3, 60
_LONGEST, _AT_ONCE, _MOST_AT_ONCE, _PAIRS = 64, 1536, 64, 110
#: Rows have length one; a head needs larger numbers to be sure of something.
_STRETCH = 20.0
_MOODS = ("neg", "pos", "mixed", "none")
_UNSAID = -100

#: Pieces' hidden numbers, what it is about, and its mood.
Item = tuple[torch.Tensor, torch.Tensor, int]


def main() -> None:
    """Learn, telling how it goes, and write the file."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    check(find_weights())
    weights = read_weights(find_weights())
    examples = read_examples()
    themes = sorted({_theme for one in examples for _theme in one.themes} | {OTHER})
    paired = list(_pairs(examples, themes, chance))
    seen = [(one.text, _about(one, themes), _MOODS.index(one.mood)) for one in examples]
    typed = [(noisy(text, chance), about, mood) for text, about, mood in seen]
    hidden = _Hidden(weights)
    sets = [hidden.of(seen + paired), hidden.of(typed + paired)]
    upper, heads = Upper(weights), nn.ModuleList([nn.Linear(weights.width, len(n)) for n in (themes, _MOODS)])
    _learn(upper, heads, sets, chance)
    held: dict[str, Any] = upper.learned()
    for name, labels, head in zip(("themes", "moods"), (themes, _MOODS), heads, strict=True):
        held[f"{name}.labels"] = np.array(labels)
        held[f"{name}.coefficients"] = head.weight.detach().numpy() * np.float32(_STRETCH)
        held[f"{name}.intercepts"] = head.bias.detach().numpy()
    np.savez_compressed(_OUT, **held)


def _learn(upper: Upper, heads: nn.ModuleList, sets: Sequence[list[Item]], chance: random.Random) -> None:
    changes = list(upper.parameters())
    groups = [{"params": changes, "weight_decay": 0.01}, {"params": list(heads.parameters())}]
    optimizer = torch.optim.AdamW(groups, lr=_RATE)
    orders = [list(_batches(sets[turn % 2], chance)) for turn in range(_ROUNDS)]
    steps, step = sum(len(order) for order in orders), 0
    for turn, order in enumerate(orders):
        for batch in order:
            step += 1
            share = min(1, step / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps))
            for group, rate in zip(optimizer.param_groups, (_RATE, _HEAD_RATE), strict=True):
                group["lr"] = rate * share + 1e-6
            loss = _loss(upper, heads, [sets[turn % 2][i] for i in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(changes, 1.0)
            optimizer.step()
            if step % 50 == 0:
                sys.stderr.write(f"{step} of {steps}: {loss.item():.3f}\n")


def _loss(upper: Upper, heads: nn.ModuleList, items: Sequence[Item]) -> torch.Tensor:
    x, there = _padded([hidden for hidden, _, _ in items])
    rows = functional.dropout(upper(x, there, DROPPED), DROPPED) * _STRETCH
    about = torch.stack([about for _, about, _ in items])
    about = 0.95 * about + 0.05 / about.shape[1]
    of_themes = -(about * functional.log_softmax(heads[0](rows), -1)).sum(-1).mean()
    moods = torch.tensor([mood for _, _, mood in items])
    return of_themes + 0.5 * functional.cross_entropy(heads[1](rows), moods, ignore_index=_UNSAID, label_smoothing=0.05)


class _Hidden:
    """What the lower layers, which do not change, make of texts; once for all rounds."""

    def __init__(self, weights: Weights) -> None:
        self._session = lower_layers(weights, NO_LESSONS)
        self._tokens, self._weights = Tokens(weights), weights
        self._embeddings = weights.blocks("emb.word", weights.words, weights.width)

    def of(self, items: Sequence[tuple[str, torch.Tensor, int]]) -> list[Item]:
        pieces = [[*one[: _LONGEST - 1], self._weights.end] for one in self._tokens([text for text, _, _ in items])]
        found = []
        for numbers, (_, about, mood) in zip(pieces, items, strict=True):
            embedded = unpacked(self._embeddings[np.array(numbers)])[None]
            there = np.ones((1, len(numbers)), np.float32)
            (hidden,) = self._session.run(None, {"pieces": embedded, "there": there})
            found.append((torch.from_numpy(hidden[0].astype(np.float16)), about, mood))
        return found


def _about(example: Example, themes: Sequence[str]) -> torch.Tensor:
    about = torch.zeros(len(themes))
    codes = example.themes or (OTHER,)
    for place, code in enumerate(codes):
        about[themes.index(code)] += 1.0 if len(codes) == 1 else (0.6 if place == 0 else 0.4 / (len(codes) - 1))
    return about


def _pairs(
    examples: Sequence[Example], themes: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, torch.Tensor, int]]:
    for language in sorted({one.language for one in examples}):
        short = [one for one in examples if one.language == language and len(one.themes) == 1 and one.style != "long"]
        for _ in range(_PAIRS):
            one, other = chance.sample(short, 2)
            if one.themes == other.themes:
                continue
            mixed = _MOODS.index("mixed") if {one.mood, other.mood} == {"pos", "neg"} else _UNSAID
            mood = _MOODS.index(one.mood) if one.mood == other.mood else mixed
            text = one.text.rstrip(".!。") + chance.choice([" ", ". ", ", ", " - ", "\n"]) + other.text
            yield text, (_about(one, themes) + _about(other, themes)) / 2, mood


def _batches(items: Sequence[Item], chance: random.Random) -> Iterator[list[int]]:
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]) + 3 * chance.random())
    batches: list[list[int]] = [[]]
    for i in order:
        full = (len(batches[-1]) + 1) * len(items[i][0]) > _AT_ONCE or len(batches[-1]) >= _MOST_AT_ONCE
        if batches[-1] and full:
            batches.append([])
        batches[-1].append(i)
    chance.shuffle(batches)
    yield from batches


def _padded(hidden: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(len(one) for one in hidden)
    x, there = torch.zeros(len(hidden), length, hidden[0].shape[1]), torch.zeros(len(hidden), length)
    for row, one in enumerate(hidden):
        x[row, : len(one)] = one.float()
        there[row, : len(one)] = 1
    return x, there


if __name__ == "__main__":
    main()
