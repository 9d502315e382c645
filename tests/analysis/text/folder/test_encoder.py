"""A school's own encoder, from a folder: every text is one row of length one, whatever is read beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor

from analysis.text.folder.encoder import FolderModel
from analysis.text.folder.files import read_files
from analysis.text.folder.pieces import Pieces
from tests.model_folder import WIDTH, a_graph, a_model_folder, a_vocabulary

TEXTS = ("the lunch is cold", "", "i love the bus because my friends ride on it every morning", "漢字 😀", "the bus")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_model_folder(tmp_path)


def test_each_text_is_a_row_of_length_one(folder: Path) -> None:
    rows = FolderModel(folder).encode(TEXTS)
    assert rows.shape == (len(TEXTS), WIDTH)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1)


def test_what_fills_up_beside_a_longer_text_does_not_matter(folder: Path) -> None:
    model = FolderModel(folder)
    alone = np.concatenate([model.encode([text]) for text in TEXTS])
    # Of another length, or nothing would have been filled up.
    assert len({len(pieces) for pieces in Pieces(read_files(folder))(TEXTS)}) > 2
    assert model.encode(TEXTS) == pytest.approx(alone, abs=1e-6)


def test_the_rows_lie_in_the_order_of_the_texts_however_they_are_batched(folder: Path) -> None:
    model = FolderModel(folder)
    many = [f"{text} {'lunch ' * (i % 40)}" for i, text in enumerate(TEXTS * 60)]
    rows = model.encode(many)
    assert rows[::37] == pytest.approx(np.concatenate([model.encode([text]) for text in many[::37]]), abs=1e-6)
    assert (model.encode(many) == rows).all()


def test_no_text_is_no_row(folder: Path) -> None:
    assert FolderModel(folder).encode([]).shape == (0, WIDTH)


def test_a_row_is_the_mean_of_its_pieces(tmp_path: Path, folder: Path) -> None:
    model = FolderModel(folder)
    once, twice = model.encode(["lunch"]), model.encode(["lunch lunch lunch lunch lunch lunch lunch lunch"])
    assert once != pytest.approx(twice, abs=0.01)
    (tmp_path / "other").mkdir()
    first_only = FolderModel(a_model_folder(tmp_path / "other", graph=a_graph(output="sentence_embedding", pooled=1)))
    assert first_only.encode(["lunch"]) == pytest.approx(first_only.encode(["lunch lunch lunch"]), abs=1e-6)


def test_an_encoder_that_pools_its_pieces_itself_is_believed_whatever_its_output_is_called(tmp_path: Path) -> None:
    model = FolderModel(a_model_folder(tmp_path, graph=a_graph(output="vectors", pooled=1)))
    assert model.encode(TEXTS).shape == (len(TEXTS), WIDTH)


def test_an_encoder_that_asks_for_types_of_pieces_gets_them(tmp_path: Path) -> None:
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    model = FolderModel(a_model_folder(tmp_path, graph=a_graph(inputs=inputs)))
    assert model.encode(TEXTS).shape == (len(TEXTS), WIDTH)


def test_pieces_have_the_numbers_of_xlm_r(folder: Path) -> None:
    theirs = SentencePieceProcessor(model_proto=a_vocabulary())
    found = theirs.encode("the lunch")
    assert 0 not in found
    assert Pieces(read_files(folder))(["the lunch", "漢"]) == [
        [0, *(number + 1 for number in found), 2],
        [0, theirs.piece_to_id("▁") + 1, 3, 2],
    ]


def test_the_note_names_the_model_puts_words_before_each_text_and_says_where_to_cut(tmp_path: Path) -> None:
    folder = a_model_folder(tmp_path, note={"name": "Our own", "prefix": "the bus: ", "most_pieces": 12})
    assert FolderModel(folder).name == "Our own"
    pieces = Pieces(read_files(folder))
    assert pieces([""])[0][:-1] == pieces(["lunch"])[0][: len(pieces([""])[0]) - 1]
    assert [len(cut) for cut in pieces(["lunch " * 50])] == [12]


def test_without_a_note_the_model_has_the_name_of_its_folder(folder: Path) -> None:
    assert FolderModel(folder).name == "our-model"


def test_the_same_folder_has_the_same_hash_wherever_it_lies(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = a_model_folder(tmp_path / "copy")
    (copy / ".DS_Store").write_bytes(b"of whoever looked into it")
    assert FolderModel(folder).digest == FolderModel(folder).digest == FolderModel(copy).digest


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "model.onnx").write_bytes(a_graph(same=True)),
        lambda folder: (folder / "sentencepiece.bpe.model").write_bytes(a_vocabulary(45)),
        lambda folder: (folder / "voicebox.json").write_text(json.dumps({"prefix": "query: "})),
        lambda folder: (folder / "voicebox.json").write_text(json.dumps({"most_pieces": 64})),
        lambda folder: (folder / "model.onnx_data").write_bytes(b"weights that lie apart"),
    ],
    ids=["model", "pieces", "prefix", "length", "weights apart"],
)
def test_after_any_change_the_hash_is_another(folder: Path, change: Callable[[Path], object]) -> None:
    before = FolderModel(folder).digest
    change(folder)
    assert FolderModel(folder).digest != before
