"""A school's own encoder comes without heads: they are learned from comments, kept, and read back."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from analysis.text.e5.weights import Floats
from analysis.text.examples import ConcernExample, Example
from analysis.text.folder.encoder import FolderModel
from analysis.text.folder.files import ModelFolderWrong
from analysis.text.folder.heads import FolderEncoder, learned_encoder
from analysis.text.mood import Mood
from analysis.text.ngrams import Ngrams
from analysis.text.reading import Reader
from tests.model_folder import a_graph, a_model_folder

FEW = tuple(
    Example(text, "en", themes, mood, "kid")
    for text, themes, mood in [
        ("the lunch is cold", ("food",), "neg"),
        ("the soup is salty and cold", ("food",), "neg"),
        ("i love the lunch", ("food",), "pos"),
        ("i love the pizza", ("food",), "pos"),
        ("the bus is late", ("transport",), "neg"),
        ("the bus is very full and late", ("transport",), "neg"),
        ("i love the bus", ("transport",), "pos"),
        ("i love my ride on the bus", ("transport",), "pos"),
        ("i love the pizza but the bus is late", ("food", "transport"), "mixed"),
        ("because", (), "none"),
        ("for us", (), "none"),
    ]
    * 4
)
URGENT = (ConcernExample("i want to die", "en", True, "self_harm"), ConcernExample("i died laughing", "en", False, ""))


class _Counting(FolderModel):
    """Knows how many texts it has encoded."""

    encoded = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        """As the model does."""
        self.encoded += len(texts)
        return super().encode(texts)


def _learn(model: FolderModel, kept: Path, examples: Sequence[Example] = FEW) -> tuple[FolderEncoder, list[str]]:
    said: list[str] = []
    return learned_encoder(model, kept, examples, said=said.append), said


def _same(one: FolderEncoder, other: FolderEncoder) -> bool:
    return all(
        a.labels == b.labels
        and a.coefficients.tobytes() == b.coefficients.tobytes()
        and a.intercepts.tobytes() == b.intercepts.tobytes()
        for a, b in zip(one.heads, other.heads, strict=True)
    )


def test_what_was_learned_tells_themes_and_moods_apart(tmp_path: Path) -> None:
    encoder, said = _learn(FolderModel(a_model_folder(tmp_path)), tmp_path / "kept")
    assert [head.labels for head in encoder.heads] == [("food", "other", "transport"), ("mixed", "neg", "none", "pos")]
    rows = encoder.encode(["the cold soup", "i love the bus"])
    found = [[head.labels[row.argmax()] for row in head.log_shares(rows)] for head in encoder.heads]
    assert found == [["food", "transport"], ["neg", "pos"]]
    assert said == ["Learning from our own comments, for some minutes: themes and moods, by our-model."]


def test_heads_are_kept_and_read_back_and_learned_again_they_are_the_same(tmp_path: Path) -> None:
    folder = a_model_folder(tmp_path)
    first, _ = _learn(FolderModel(folder), tmp_path / "kept")
    model = _Counting(folder)
    again, said = _learn(model, tmp_path / "kept")
    assert (model.encoded, said) == (0, [])
    elsewhere, _ = _learn(model, tmp_path / "elsewhere")
    assert model.encoded == len(FEW)
    assert _same(first, again)
    assert _same(first, elsewhere)


def test_what_was_learned_for_another_model_or_from_other_comments_is_left_alone(tmp_path: Path) -> None:
    folder, kept = a_model_folder(tmp_path), tmp_path / "kept"
    _learn(FolderModel(folder), kept)
    (folder / "voicebox.json").write_text('{"prefix": "the "}')
    assert _learn(FolderModel(folder), kept)[1] != []
    assert _learn(FolderModel(folder), kept, FEW[:-1])[1] != []
    assert len(list(kept.glob("heads-*.npz"))) == 3
    assert not list(kept.glob("*.part"))


def test_a_kept_file_that_is_broken_is_learned_anew(tmp_path: Path) -> None:
    model, kept = FolderModel(a_model_folder(tmp_path)), tmp_path / "kept"
    first, _ = _learn(model, kept)
    path = next(kept.iterdir())
    for broken in (b"", b"no heads", path.read_bytes()[:-40]):
        path.write_bytes(broken)
        again, said = _learn(model, kept)
        assert said != []
        assert _same(first, again)


def test_a_model_that_knows_no_difference_is_refused(tmp_path: Path) -> None:
    model = FolderModel(a_model_folder(tmp_path, graph=a_graph(same=True)))
    with pytest.raises(ModelFolderWrong, match=r"model\.onnx gives every text the same row\. Export it again"):
        _learn(model, tmp_path / "kept")
    assert not list((tmp_path / "kept").glob("heads-*"))


def test_comments_are_read_with_it_and_its_name_and_hash_stand_beside_the_result(tmp_path: Path) -> None:
    encoder, _ = _learn(FolderModel(a_model_folder(tmp_path)), tmp_path / "kept")
    reader = Reader(Ngrams.train(FEW, URGENT), encoder)
    read = reader.read(["the lunch is cold", "i love the bus"], [[], []])
    assert [(one.themes, one.mood) for one in read] == [(("food",), Mood.NEGATIVE), (("transport",), Mood.POSITIVE)]
    assert f"our-model {encoder.digest[:12]}" in reader.name
    assert reader.rows(["the lunch"]).shape[0] == 1
