"""The model's graph: which numbers it takes, which rows it gives, and whether it does so at all."""

from typing import Any

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as refusals

from analysis.text.e5.weights import Floats
from analysis.text.folder.files import MODEL, PIECES, Files, ModelFolderWrong
from analysis.text.folder.pieces import BEGIN, END, PAD

Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: onnxruntime's errors have no common kind of their own.
_REFUSALS = tuple(one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, Exception))
_NEEDED, _ALSO = ("input_ids", "attention_mask"), "token_type_ids"
_EACH, _WHOLE = "last_hidden_state", "sentence_embedding"
_FATAL = 4
_CURE = (
    "Export it again with int64 inputs input_ids and attention_mask (and token_type_ids, if it has them), texts and "
    "pieces of any number, and the output last_hidden_state, or one row a text."
)


class Graph:
    """Runs the model. ModelFolderWrong where it cannot be read or has other inputs, outputs or shapes."""

    def __init__(self, files: Files, last_piece: int, *, threads: int) -> None:
        self._files = files
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # What is wrong is told by us, in one sentence.
        options.log_severity_level = _FATAL
        self._run = onnxruntime.RunOptions()
        self._run.log_severity_level = _FATAL
        path, only = str(files.folder / MODEL), ["CPUExecutionProvider"]
        try:
            self._session = onnxruntime.InferenceSession(path, options, providers=only)
        except _REFUSALS as broken:
            raise self._wrong(f"is no model that onnxruntime can read ({_first_line(broken)})") from broken
        self._inputs, self._output = self._names_in(), self._name_out()
        self.width = self._try(last_piece)

    def rows(self, pieces: Numbers, there: Numbers) -> Floats:
        """Numbers of pieces and whether they are there (1 or 0), texts x pieces each, as texts x width of length 1."""
        fed = {"input_ids": pieces, "attention_mask": there, _ALSO: np.zeros_like(pieces)}
        try:
            found = self._session.run([self._output], {name: fed[name] for name in self._inputs}, self._run)[0]
        except _REFUSALS as failed:
            raise self._wrong(f"fails on the pieces of {PIECES} ({_first_line(failed)})") from failed
        found = np.asarray(found, dtype=np.float32)
        if found.ndim == 3 and found.shape[:2] == pieces.shape:
            weights = there.astype(np.float32)
            # Not a product: what a model gives where no piece is may be anything, also no number.
            found = np.where(weights[:, :, None] > 0, found, 0).sum(axis=1) / weights.sum(axis=1, keepdims=True)
        elif found.ndim != 2 or len(found) != len(pieces):
            raise self._wrong(f"gives {found.shape} numbers for {pieces.shape} pieces")
        if not np.isfinite(found).all():
            raise self._wrong("gives what is no number")
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def _names_in(self) -> list[str]:
        kinds = {one.name: one.type for one in self._session.get_inputs()}
        missing = [name for name in _NEEDED if name not in kinds]
        if missing:
            raise self._wrong(f"has no input {missing[0]}")
        for name, kind in kinds.items():
            if name not in (*_NEEDED, _ALSO):
                raise self._wrong(f"wants an input {name}, which Voicebox does not have")
            if kind != "tensor(int64)":
                raise self._wrong(f"wants {name} as {kind}")
        return list(kinds)

    def _name_out(self) -> str:
        """The rows that its makers pool themselves, else those of the pieces, else the only output."""
        shapes = {str(one.name): one.shape for one in self._session.get_outputs()}
        for name in (_WHOLE, _EACH):
            if name in shapes:
                return name
        if len(shapes) == 1 and len(next(iter(shapes.values()))) == 2:
            return next(iter(shapes))
        raise self._wrong(f"gives {', '.join(shapes)}, of which none is {_EACH}, nor one row a text")

    def _try(self, last_piece: int) -> int:
        """Numbers a row, tried with the longest text that is read, of the vocabulary's last piece, and an empty one."""
        length = self._files.most_pieces
        pieces = np.array([[BEGIN] + [last_piece] * (length - 2) + [END], [BEGIN, END] + [PAD] * (length - 2)])
        return int(self.rows(pieces.astype(np.int64), (pieces != PAD).astype(np.int64)).shape[1])

    def _wrong(self, wrong: str) -> ModelFolderWrong:
        return ModelFolderWrong(self._files.folder, f"{MODEL} {wrong}", _CURE)


def _first_line(error: Exception) -> str:
    """What onnxruntime says, without the rest of its page."""
    said = str(error).strip().splitlines() or [type(error).__name__]
    return said[0][:160].rstrip(" .")
