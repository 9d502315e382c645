"""Themes that no codebook knows: groups of comments that mean alike, whatever language they are written in.

Each language's own mean is taken away first (`analysis.text.offsets`), because an encoder's rows lie by language before
they lie by meaning (measured on mixed surveys: the same cluster as the English twin for 0.94 instead of 0.29). Then
k-means (Lloyd 1982) with about as many groups as the root of half the comments (Mardia 1979, p. 365): a person merges
what belongs together faster than she splits what does not. Comments that lie far from every group are left out. The
same comments give the same groups in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans

from analysis.text.e5.weights import Floats
from analysis.text.offsets import NO_OFFSETS, Offsets, without_language

#: A group of fewer different comments is none.
FEWEST = 5
#: Share of the comments that are sorted; the others lie furthest from every group.
COVERAGE = 0.88
_MOST_GROUPS = 16
#: The middles of groups are learned from so many comments at most.
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Group:
    """Places of the comments in it, those in the middle first."""

    members: tuple[int, ...]


def discover(
    rows: Floats, texts: Sequence[str], languages: Sequence[str], offsets: Offsets = NO_OFFSETS
) -> list[Group]:
    """The groups among n comments (`rows` n x width), the largest first; [] where there are too few for two.

    `offsets` are the encoder's own, of each language it knows.
    """
    order = sorted(range(len(texts)), key=lambda i: (texts[i], languages[i]))
    if len(set(texts)) < 2 * FEWEST:
        return []
    centred = without_language(rows[order], [languages[i] for i in order], offsets)
    means = _grouped(centred)
    distances = means.transform(centred)
    nearest, labels = distances.min(axis=1), distances.argmin(axis=1)
    limit = np.quantile(nearest, COVERAGE)
    found = []
    for label in range(means.n_clusters):
        inside = [i for i in np.argsort(nearest, kind="stable") if labels[i] == label and nearest[i] <= limit]
        members = tuple(order[i] for i in inside)
        if len({texts[i] for i in members}) >= FEWEST:
            found.append(Group(members))
    return sorted(found, key=lambda group: (-len(group.members), group.members))


def _grouped(rows: Floats) -> KMeans:
    groups = max(2, min(_MOST_GROUPS, len(rows) // FEWEST, round((len(rows) / 2) ** 0.5)))
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    return KMeans(groups, n_init=4, random_state=0).fit(sample)
