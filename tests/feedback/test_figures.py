"""The model card's figures are those of the reader that ships."""

import json

from analysis.text.e5.encoder import E5
from analysis.text.examples import read_concerns, read_examples
from analysis.text.ngrams import NAME, digest
from feedback.config import Settings
from feedback.operations.text_reader import models_folder
from feedback.resources import resource_dir


def test_they_were_measured_with_the_comments_and_lessons_of_this_version(settings: Settings) -> None:
    figures = json.loads((resource_dir("help") / "figures.json").read_text(encoding="utf-8"))
    encoder = E5(models_folder(settings))
    small = f"{NAME} {digest(read_examples(), read_concerns())[:12]}"
    assert {one["reader"] for one in figures} == {f"{small} + {encoder.name} {encoder.digest[:12]}"}
