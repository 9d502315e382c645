"""An operator's own sentence encoder as a tier like ours: what a text means, as the model in a folder has it."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from analysis.text.batches import batches
from analysis.text.e5.weights import Floats
from analysis.text.folder.files import read_files
from analysis.text.folder.graph import Graph
from analysis.text.folder.pieces import PAD, Pieces

_FORMAT = "1"


class FolderModel:
    """The model of a folder: rows, and no heads yet (`analysis.text.folder.heads` learns them)."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """`threads` 0 is one a core. ModelFolderWrong says what is missing or wrong in the folder."""
        self.folder = folder
        self._files = read_files(folder)
        #: As the folder's note has it, else the folder's own.
        self.name = self._files.name
        self._pieces = Pieces(self._files)
        self._graph = Graph(self._files, self._pieces.last, threads=threads)

    @property
    def digest(self) -> str:
        """Of the folder's files and of how texts are cut."""
        cut = f"{_FORMAT} {self._files.most_pieces} {self._files.prefix}"
        return sha256(f"{self._files.digest} {cut}".encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> Floats:
        """As promised by `analysis.text.reading.Encoder`: n texts as n rows of unit length."""
        pieces = self._pieces(texts)
        rows: list[Floats] = []
        order: list[int] = []
        for batch in batches([len(one) for one in pieces]):
            numbers = np.full((len(batch), max(len(pieces[i]) for i in batch)), PAD, dtype=np.int64)
            for row, i in enumerate(batch):
                numbers[row, : len(pieces[i])] = pieces[i]
            rows.append(self._graph.rows(numbers, (numbers != PAD).astype(np.int64)))
            order += batch
        if not rows:
            return np.zeros((0, self._graph.width), dtype=np.float32)
        return np.concatenate(rows)[np.argsort(order)]
