"""A model folder such as an operator brings, tiny: each piece has a row, and the model only looks it up."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from sentencepiece import SentencePieceTrainer

#: Pieces of the vocabulary, and numbers a row.
PIECES, WIDTH = 50, 8
_SENTENCES = (
    "the lunch is always cold and the soup is salty",
    "i love the lunch and the pizza on friday",
    "the bus is late every morning and very full",
    "i love the bus because my friends ride on it",
    "the homework is too much and too hard for us",
    "our teacher explains the homework well",
)


@cache
def a_vocabulary(size: int = PIECES, *, unknown: int = 0) -> bytes:
    """What SentencePiece learns from a few sentences; `unknown` is the place of <unk>, before <s> and </s>."""
    written = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(_SENTENCES), model_writer=written, vocab_size=size, minloglevel=2,
        unk_id=unknown, bos_id=unknown + 1, eos_id=unknown + 2, pad_id=unknown - 1,
    )  # fmt: skip  # the ids belong together
    return written.getvalue()


def a_graph(
    *,
    inputs: tuple[str, ...] = ("input_ids", "attention_mask"),
    kind: int = TensorProto.INT64,
    output: str = "last_hidden_state",
    pieces: int = PIECES + 1,
    same: bool = False,
    pooled: int | None = None,
) -> bytes:
    """A graph of one Gather. A piece that only fills up has no number at all, so that nobody may look at it.

    `same` has one row for all pieces; `pooled` is the place of the piece whose row is the text's.
    """
    rows = np.random.default_rng(5).normal(size=(pieces, WIDTH)).astype(np.float32)
    rows = np.ones_like(rows) if same else rows
    rows[1] = np.nan
    nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["each"])]
    shape: list[Any] = ["texts", "pieces", WIDTH] if pooled is None else ["texts", WIDTH]
    if pooled is None:
        nodes += [helper.make_node("Identity", ["each"], [output])]
    else:
        nodes += [helper.make_node("Gather", ["each", "place"], [output], axis=1)]
    given = [helper.make_tensor_value_info(name, kind, ["texts", "pieces"]) for name in inputs]
    constants = [numpy_helper.from_array(rows, "rows"), numpy_helper.from_array(np.array(pooled or 0), "place")]
    taken = [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)]
    graph = helper.make_graph(nodes, "tiny", given, taken, constants)
    opset = helper.make_opsetid("", 20)
    return bytes(helper.make_model(graph, opset_imports=[opset], ir_version=10).SerializeToString())


def a_model_folder(tmp_path: Path, *, note: dict[str, object] | None = None, graph: bytes | None = None) -> Path:
    """The folder, whole."""
    folder = tmp_path / "our-model"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(graph or a_graph())
    (folder / "sentencepiece.bpe.model").write_bytes(a_vocabulary())
    if note is not None:
        (folder / "voicebox.json").write_text(json.dumps(note), encoding="utf-8")
    return folder
