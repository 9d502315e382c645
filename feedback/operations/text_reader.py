"""The reader of written words that this machine has room for, made once at set-up and loaded by workers."""

import logging
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from analysis.text.e5.encoder import E5
from analysis.text.e5.weights import WeightsMissing
from analysis.text.examples import read_examples
from analysis.text.folder.encoder import FolderModel
from analysis.text.folder.files import ModelFolderWrong
from analysis.text.folder.heads import learned_encoder
from analysis.text.learn import make_reader
from analysis.text.reading import Encoder, Reader
from feedback.config import NotConfigured, Settings

_log = logging.getLogger(__name__)

#: Bytes of memory that a machine must have for the encoder, beside the service and its database.
ROOM_FOR_ENCODER = 1_400_000_000


def text_reader(settings: Settings) -> Reader:
    """The reader; what set-up has not learned is learned now. NotConfigured where the operator's model is wrong."""
    return _kept(models_folder(settings), settings.model_folder, _has_room(settings))


def reader_for_safety(settings: Settings) -> Reader:
    """Likewise, but where the operator's model is wrong the small tier alone: children's words never wait for it."""
    try:
        return text_reader(settings)
    except NotConfigured as wrong:
        _log.warning("%s Until then the small reader orders what children wrote.", wrong)
        return _kept(models_folder(settings), None, False)


def reader_in(folder: Path, *, model: Path | None = None, said: Callable[[str], None]) -> Reader:
    """The default reader, or the one with the operator's `model`; its files are in `folder`, or are written there.

    `said` is told what takes time. NotConfigured where the model is wrong.
    """
    return _made(folder, model, with_encoder=True, said=said)


def models_folder(settings: Settings) -> Path:
    """Where what was learned lies: the setting's folder, else that of the installation, else the instance."""
    if settings.models is not None:
        return settings.models
    installed = Path(sys.prefix) / "share" / "voicebox" / "models"
    may_write = os.access(installed, os.W_OK) or (not installed.exists() and os.access(sys.prefix, os.W_OK))
    # What set-up left there is ready to be read, but for an operator's model something is learned later.
    is_ready = settings.model_folder is None and any(installed.glob("ngrams-*.npz"))
    return installed if may_write or is_ready else settings.instance / "models"


@lru_cache(maxsize=1)
def _kept(folder: Path, model: Path | None, with_encoder: bool) -> Reader:
    return _made(folder, model, with_encoder=with_encoder, said=lambda _sentence: None)


def _made(folder: Path, model: Path | None, *, with_encoder: bool, said: Callable[[str], None]) -> Reader:
    encoder: Encoder | None = None
    if model is not None:
        try:
            encoder = learned_encoder(FolderModel(model), folder, read_examples(), said=said)
        except ModelFolderWrong as wrong:
            raise NotConfigured(f"VOICEBOX_ENCODER: {wrong}") from wrong
    elif with_encoder:
        try:
            encoder = E5(folder)
        except WeightsMissing as missing:
            said(f"{missing}. The small tier reads alone.")
    return make_reader(folder, encoder, said=said)


def _has_room(settings: Settings) -> bool:
    if settings.encoder != "auto":
        return settings.encoder == "default"
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >= ROOM_FOR_ENCODER
