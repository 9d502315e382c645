"""The default tier: what a text means, in about a hundred languages, as 384 numbers."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnxruntime

from analysis.text.batches import batches
from analysis.text.e5.graph import write_graph
from analysis.text.e5.lessons import Lessons, read_lessons
from analysis.text.e5.tokens import MOST_PIECES, PREFIX, Tokens
from analysis.text.e5.weights import SHA256, Floats, check, find_weights, read_weights, unpacked
from analysis.text.head import Head

_FORMAT = "1"


class E5:
    """multilingual-e5-small, 4 bits, through onnxruntime. About 200 MB; texts of 20 pieces: hundreds a second."""

    name = "multilingual-e5-small-q4"

    def __init__(self, folder: Path, *, threads: int = 0, lessons: Lessons | None = None) -> None:
        """`folder` keeps the graph, which is written there if it is missing; `threads` 0 is one a core.

        `lessons` are those that ship, unless others are given.

        WeightsMissing where the package with the weights is not installed, or another one than was measured.
        """
        path = find_weights()
        self.lessons = lessons or read_lessons()
        graph = folder / f"{self.name}-{self.digest[:12]}.onnx"
        weights = read_weights(path)
        if not graph.exists():
            check(path)
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = graph.with_suffix(".part")
            write_graph(weights, self.lessons, unfinished)
            unfinished.replace(graph)
        self._embeddings = weights.blocks("emb.word", weights.words, weights.width)
        self._width = weights.width
        self._tokens = Tokens(weights)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    @property
    def digest(self) -> str:
        """Of the weights and of how texts are cut."""
        return sha256(f"{SHA256} {self.lessons.digest} {_FORMAT} {PREFIX} {MOST_PIECES}".encode()).hexdigest()

    @property
    def heads(self) -> tuple[Head, Head]:
        """Themes and moods."""
        return self.lessons.themes, self.lessons.moods

    def encode(self, texts: Sequence[str]) -> Floats:
        """As promised by `analysis.text.reading.Encoder`: texts x 384."""
        pieces = self._tokens(texts)
        rows = np.zeros((len(texts), self._width), dtype=np.float32)
        for batch in batches([len(one) for one in pieces]):
            length = max(len(pieces[i]) for i in batch)
            there = np.zeros((len(batch), length), dtype=np.float32)
            numbers = np.zeros((len(batch), length), dtype=np.int64)
            for row, i in enumerate(batch):
                numbers[row, : len(pieces[i])] = pieces[i]
                there[row, : len(pieces[i])] = 1
            embedded = unpacked(self._embeddings[numbers.ravel()]).reshape(len(batch), length, self._width)
            rows[batch] = self._session.run(None, {"pieces": embedded, "there": there})[0]
        return rows
