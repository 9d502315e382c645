"""Writing what was learned to one file, whole or not at all."""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

#: What reading a kept file may end with, where it is missing, another or broken: then its content is learned anew.
NOT_KEPT = (FileNotFoundError, KeyError, ValueError, EOFError, BadZipFile)


def keep(path: Path, held: dict[str, np.ndarray[Any, Any]]) -> None:
    """Write the named arrays as one .npz file; a reader finds the old file or the new one, never half of it."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, **held)  # type: ignore[arg-type]  # numpy's own types miss keyword arrays
    unfinished.replace(path)
