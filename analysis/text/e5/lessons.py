"""What the encoder learned from our own comments about schools: small changes to its upper layers, and two heads.

The changes are of low rank (LoRA, Hu et al. 2021, arXiv:2106.09685): each changed matrix gets the product of a thin and
a wide one added. They were learned by `.setup/train/` from analysis/text/corpus/ and nothing else, and are added before
the matrices become 8-bit numbers, so that they cost nothing when a text is read.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from analysis.text.e5.weights import Floats
from analysis.text.head import Head

_PATH = Path(__file__).parent / "lessons.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """`changes` by a matrix's name: outputs x rank, and rank x inputs. `digest` is the file's SHA-256 in hex."""

    changes: dict[str, tuple[Floats, Floats]]
    themes: Head
    moods: Head
    digest: str

    def change(self, name: str) -> Floats | float:
        """What is added to the named matrix (outputs x inputs); 0 where nothing was learned."""
        if name not in self.changes:
            return 0.0
        thin, wide = self.changes[name]
        return thin @ wide


#: The encoder as it was packaged, to compare with.
_NO_HEAD = Head((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
NO_LESSONS = Lessons({}, _NO_HEAD, _NO_HEAD, "none")


def read_lessons(path: Path = _PATH) -> Lessons:
    """The lessons that ship with this version."""
    with np.load(path, allow_pickle=False) as file:
        held = {name: file[name] for name in file.files}
    names = {name.removesuffix(".thin") for name in held if name.endswith(".thin")}
    changes = {
        name: (held[f"{name}.thin"].astype(np.float32), held[f"{name}.wide"].astype(np.float32))
        for name in sorted(names)
    }
    themes, moods = (
        Head(tuple(map(str, held[f"{kind}.labels"])), held[f"{kind}.coefficients"], held[f"{kind}.intercepts"])
        for kind in ("themes", "moods")
    )
    return Lessons(changes, themes, moods, sha256(path.read_bytes()).hexdigest())
