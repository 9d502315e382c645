"""What tests of written words share: the reader that set-up has made."""

from pathlib import Path

import pytest

from analysis.text.e5.encoder import E5
from analysis.text.learn import make_reader
from analysis.text.reading import Reader
from feedback.config import Settings
from feedback.operations.text_reader import models_folder


@pytest.fixture(scope="session")
def reader() -> Reader:
    nowhere = Path("/nonexistent")
    folder = models_folder(Settings("", nowhere, nowhere, "sqlite://"))
    return make_reader(folder, E5(folder))
