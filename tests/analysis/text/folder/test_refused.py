"""A folder that cannot be used is refused in a sentence that names the file and the cure."""

import re
from collections.abc import Callable
from errno import EACCES
from pathlib import Path

import pytest
from onnx import TensorProto

from analysis.text.folder.encoder import FolderModel
from analysis.text.folder.files import ModelFolderWrong
from tests.model_folder import PIECES, a_graph, a_model_folder, a_vocabulary

Change = Callable[[Path], object]


def _without(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def _model(**changes: object) -> Change:
    return lambda folder: (folder / "model.onnx").write_bytes(a_graph(**changes))  # type: ignore[arg-type]  # as named


def _note(text: str) -> Change:
    return lambda folder: (folder / "voicebox.json").write_text(text, encoding="utf-8")


def _cut_short(name: str) -> Change:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:-200])


@pytest.mark.parametrize(
    ("change", "wrong", "cure"),
    [
        (_without("model.onnx"), "model.onnx is missing", "Put it there"),
        (_without("sentencepiece.bpe.model"), "sentencepiece.bpe.model is missing", "Put it there"),
        (_cut_short("model.onnx"), "model.onnx is no model that onnxruntime can read", "Export it again"),
        (lambda folder: (folder / "model.onnx").write_bytes(b"x"), "model.onnx is no model", "Export it again"),
        (_cut_short("sentencepiece.bpe.model"), "is no SentencePiece model", "Put the file there"),
        (
            lambda folder: (folder / "sentencepiece.bpe.model").write_bytes(a_vocabulary(unknown=1)),
            "does not begin with <unk>, <s> and </s>",
            "Put the file there",
        ),
        (_model(inputs=("input_ids",)), "model.onnx has no input attention_mask", "Export it again"),
        (_model(inputs=("input_ids", "attention_mask", "position_ids")), "position_ids, which Voicebox", "Export it"),
        (_model(kind=TensorProto.INT32), "wants input_ids as tensor(int32)", "int64"),
        (_model(output="logits"), "model.onnx gives logits", "last_hidden_state"),
        # The trial's short text has two pieces; what only fills it up is no number.
        (_model(pooled=2), "model.onnx gives what is no number", "Export it again"),
        (_model(pieces=PIECES), "model.onnx fails on the pieces of sentencepiece.bpe.model", "Export it again"),
        (lambda folder: (folder / "voicebox.json").mkdir(), "voicebox.json cannot be read (Is a directory)", "chmod"),
        (_note("{"), "voicebox.json is not JSON", '{"name": "our model"'),
        (_note("[]"), "voicebox.json is not an object", '{"name": "our model"'),
        (_note('{"prefx": "query: "}'), "voicebox.json has 'prefx'", '"prefix"'),
        (_note('{"most_pieces": true}'), "voicebox.json has 'most_pieces': True", '"most_pieces": 128'),
        (_note('{"most_pieces": 4096}'), "most_pieces 4096", "take it away"),
        (_note('{"name": " "}'), "voicebox.json has a name that is empty", '"name": "our model"'),
        (_note('{"name": "a\\nb"}'), "voicebox.json has a name", '"name": "our model"'),
    ],
)
def test_what_is_wrong_is_named_with_its_cure(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], change: Change, wrong: str, cure: str
) -> None:
    folder = a_model_folder(tmp_path)
    assert FolderModel(folder).encode(["lunch"]).shape[0] == 1
    change(folder)
    with pytest.raises(ModelFolderWrong, match=re.escape(str(folder))) as refused:
        FolderModel(folder)
    assert wrong in refused.value.wrong
    assert cure in refused.value.cure
    assert "\n" not in str(refused.value)
    # Neither onnxruntime nor SentencePiece adds pages of its own.
    assert capfd.readouterr() == ("", "")


def test_a_folder_that_is_closed_to_this_user_is_told_from_one_that_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_model_folder(tmp_path)

    def closed(path: Path) -> bool:
        """As the system answers anybody but the administrator."""
        raise PermissionError(EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", closed)
    with pytest.raises(ModelFolderWrong, match=r"model\.onnx cannot be read \(Permission denied\)\. .*chmod -R go\+rX"):
        FolderModel(folder)
