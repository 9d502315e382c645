"""A school that brings its own encoder sets one line, and is told in one sentence where something is wrong with it."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import NotConfigured, Settings, read_settings
from feedback.operations import text_reader as text_reader_module
from feedback.operations.doctor import Asked, Level, Row, examine
from feedback.operations.school import School
from feedback.operations.text_reader import models_folder, reader_for_safety, text_reader
from tests.factories import NOW
from tests.model_folder import a_model_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_model_folder(tmp_path, note={"name": "our own", "prefix": "the "})


@pytest.fixture
def own(settings: Settings, folder: Path, tmp_path: Path) -> Settings:
    """Settings with the folder; what the small tier learned at set-up lies beside what will be learned."""
    (tmp_path / "models").mkdir()
    for path in models_folder(settings).glob("ngrams-*.npz"):
        shutil.copy(path, tmp_path / "models")
    return replace(settings, encoder=f"folder:{folder}", models=tmp_path / "models")


def _environ(own: Settings) -> dict[str, str]:
    return {
        "VOICEBOX_SECRET": own.secret,
        "VOICEBOX_INSTANCE": str(own.instance),
        "VOICEBOX_MODELS": str(own.models),
        "VOICEBOX_ENCODER": own.encoder,
    }


def _no_app(_settings: Settings) -> Flask:
    raise AssertionError("this command renders nothing")


def _about_encoder(school: School, settings: Settings) -> list[Row]:
    rows = examine(School(settings, school.engine, school.keystore), Asked({}), now=NOW, today=NOW.date())
    return [row for row in rows if row.about == "encoder"]


def test_the_setting_names_a_folder(settings: Settings, own: Settings, folder: Path) -> None:
    assert read_settings(_environ(own)).model_folder == folder
    assert settings.model_folder is None


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("folder:", "VOICEBOX_ENCODER names no folder. Write its whole path"),
        ("folder:  ", "VOICEBOX_ENCODER names no folder"),
        ("folder:/nowhere/model", "names the folder /nowhere/model, which is not there.* Put the model where"),
        (f"folder:{__file__}", "which is not there"),
        ("folder:/a\0b", "which is not there"),
        ("larger", "Use one of: auto, small, default, folder:/"),
    ],
)
def test_without_a_folder_there_is_no_start(own: Settings, value: str, cure: str) -> None:
    with pytest.raises(NotConfigured, match=cure):
        read_settings({**_environ(own), "VOICEBOX_ENCODER": value})


def test_set_up_learns_with_it_once_and_a_worker_then_reads_with_it(own: Settings) -> None:
    runner = CliRunner(env=_environ(own))
    first, second = (
        runner.invoke(voicebox, ["train"], obj=Place(_no_app), catch_exceptions=False).output.splitlines()
        for _ in range(2)
    )
    assert "Learning from our own comments, for some minutes: themes and moods, by our own." in first
    assert second == first[-1:]
    reader = text_reader(own)
    assert second == [f"Comments are read by {reader.name}."]
    assert reader.encoder is not None
    assert f"our own {reader.encoder.digest[:12]}" in reader.name
    assert len(reader.read(["the lunch is cold", "el baño"], [[], []])) == 2


def test_what_is_wrong_with_the_folder_is_said_in_one_sentence(own: Settings, folder: Path) -> None:
    (folder / "model.onnx").write_bytes(b"cut off")
    environ = {**os.environ, **_environ(own)}
    command = [sys.executable, "-m", "feedback", "train"]
    ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    (sentence,) = ended.stderr.splitlines()
    assert sentence.startswith(f"Voicebox does not start: VOICEBOX_ENCODER: The model folder {folder} cannot be used: ")
    assert "model.onnx is no model that onnxruntime can read" in sentence
    assert "Export it again" in sentence


def test_the_doctor_tries_the_model(school: School, own: Settings, folder: Path) -> None:
    assert _about_encoder(school, replace(own, encoder="auto")) == []
    (found,) = _about_encoder(school, own)
    assert found.level is Level.OK
    assert "our own" in found.said
    (folder / "sentencepiece.bpe.model").unlink()
    (found,) = _about_encoder(school, own)
    assert found.level is Level.WRONG
    assert "sentencepiece.bpe.model is missing" in found.said
    assert found.to_do.endswith("Then run: voicebox train")


def test_children_s_words_never_wait_for_a_model_that_is_wrong(own: Settings, folder: Path) -> None:
    assert reader_for_safety(own).encoder is not None
    text_reader_module._kept.cache_clear()  # as in the worker's next process
    (folder / "voicebox.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotConfigured, match=r"voicebox\.json is not JSON"):
        text_reader(own)
    small = reader_for_safety(own)
    assert small.encoder is None
    urgent, ordinary = small.concern(["i want to die", "more football please"], [[], []])
    assert urgent > ordinary


def test_what_it_learned_is_kept_where_the_worker_may_write(
    settings: Settings, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "program" / "share" / "voicebox" / "models"
    installed.mkdir(parents=True)
    (installed / "ngrams-0.npz").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "program"))
    own = replace(settings, encoder=f"folder:{folder}")
    assert models_folder(own) == models_folder(settings) == installed
    monkeypatch.setattr(os, "access", lambda *_of: False)
    assert models_folder(settings) == installed
    assert models_folder(own) == settings.instance / "models"
