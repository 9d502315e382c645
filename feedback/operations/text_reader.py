"""The reader of written words that this machine has room for, made once at set-up and loaded by workers."""

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from analysis.text.e5.encoder import E5
from analysis.text.e5.weights import WeightsMissing
from analysis.text.learn import make_reader
from analysis.text.reading import Reader
from feedback.config import Settings

#: Bytes of memory that a machine must have for the encoder, beside the service and its database.
ROOM_FOR_ENCODER = 1_400_000_000


def text_reader(settings: Settings) -> Reader:
    """The reader; what set-up has not learned is learned now."""
    return _kept(models_folder(settings), _has_room(settings))


def reader_in(folder: Path, *, said: Callable[[str], None]) -> Reader:
    """The default reader, whose files are in `folder`, or are written there; `said` is told what takes time."""
    return _made(folder, with_encoder=True, said=said)


def models_folder(settings: Settings) -> Path:
    """Where what was learned lies: the setting's folder, else that of the installation, else the instance."""
    if settings.models is not None:
        return settings.models
    installed = Path(sys.prefix) / "share" / "voicebox" / "models"
    may_write = os.access(installed, os.W_OK) or (not installed.exists() and os.access(sys.prefix, os.W_OK))
    return installed if may_write or any(installed.glob("ngrams-*.npz")) else settings.instance / "models"


@lru_cache(maxsize=1)
def _kept(folder: Path, with_encoder: bool) -> Reader:
    return _made(folder, with_encoder=with_encoder, said=lambda _sentence: None)


def _made(folder: Path, *, with_encoder: bool, said: Callable[[str], None]) -> Reader:
    encoder = None
    if with_encoder:
        try:
            encoder = E5(folder)
        except WeightsMissing as missing:
            said(f"{missing}. The small tier reads alone.")
    return make_reader(folder, encoder, said=said)


def _has_room(settings: Settings) -> bool:
    if settings.encoder != "auto":
        return settings.encoder == "default"
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >= ROOM_FOR_ENCODER
