"""How far an encoder puts each language from the middle of all, whatever is said in it.

Learned at set-up from our own comments, which say the like in every language. A round's own means know better what its
people write about, but a language that three people wrote in has hardly any: there these stand in.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.preprocessing import normalize

from analysis.text.e5.weights import Floats
from analysis.text.kept import keep

Offsets = Mapping[str, Floats]
#: So many comments of a language make its own mean count half beside the shipped one, or beside nothing.
_HALF = 5
#: Of an encoder that was never asked.
NO_OFFSETS: Offsets = {}


def offsets_of(rows: Floats, languages: Sequence[str]) -> dict[str, Floats]:
    """By language: the mean of its rows (n x width) without the mean of all."""
    spoken, middle = np.array(languages), rows.mean(axis=0)
    return {language: rows[spoken == language].mean(axis=0) - middle for language in sorted(set(languages))}


def without_language(rows: Floats, languages: Sequence[str], offsets: Offsets = NO_OFFSETS) -> Floats:
    """Rows (n x width) without what all comments of their language share, of unit length."""
    spoken, people = np.array(languages), Counter(languages)
    middle = rows.mean(axis=0)
    nothing = np.zeros_like(middle)
    # The round's middle is that of its own mixture of languages.
    mixture = sum((many * offsets.get(each, nothing) for each, many in sorted(people.items())), nothing) / len(spoken)
    moved = rows - middle
    for language, many in sorted(people.items()):
        here = spoken == language
        own = rows[here].mean(axis=0) - middle
        usual = offsets[language] - mixture if language in offsets else nothing
        moved[here] -= (many * own + _HALF * usual) / (many + _HALF)
    return np.asarray(normalize(moved), dtype=np.float32)


def save_offsets(offsets: Offsets, path: Path) -> None:
    """Write one .npz file."""
    keep(path, dict(offsets))


def load_offsets(path: Path) -> dict[str, Floats]:
    """Read what `save_offsets` wrote; FileNotFoundError, or ValueError where it is something else."""
    with np.load(path, allow_pickle=False) as file:
        return {language: file[language] for language in file.files}
