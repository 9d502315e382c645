"""Learning at set-up what is not shipped ready: the small tier, and what an encoder tells of concerns and languages.

All are learned from our own comments in two minutes, the same on every machine of one kind, and kept in a folder. A
file that belongs to other comments or another encoder is learned anew.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.text.concern_model import ConcernModel
from analysis.text.examples import ConcernExample, Example, digest_of, read_concerns, read_examples
from analysis.text.kept import NOT_KEPT
from analysis.text.ngrams import Ngrams, digest
from analysis.text.offsets import Offsets, load_offsets, offsets_of, save_offsets
from analysis.text.reading import Encoder, Reader

#: Every so many of the ordinary comments are read as examples of no concern.
_ORDINARY = 3


def make_reader(
    folder: Path, encoder: Encoder | None, *, said: Callable[[str], None] = lambda _sentence: None
) -> Reader:
    """The reader whose files are in `folder`; what is missing is learned, and `said` is told so."""
    folder.mkdir(parents=True, exist_ok=True)
    examples, concerns = read_examples(), read_concerns()
    ngrams = _ngrams(folder, examples, concerns, said)
    if encoder is None:
        return Reader(ngrams, None)
    model, offsets = _meaning(folder, encoder, examples[::_ORDINARY], concerns, said)
    return Reader(ngrams, encoder, model, offsets)


def _ngrams(
    folder: Path, examples: tuple[Example, ...], concerns: tuple[ConcernExample, ...], said: Callable[[str], None]
) -> Ngrams:
    path = folder / f"ngrams-{digest(examples, concerns)[:12]}.npz"
    try:
        return Ngrams.load(path)
    except NOT_KEPT:
        said("Learning from our own comments: how themes and moods are spelt.")
    ngrams = Ngrams.train(examples, concerns)
    ngrams.save(path)
    return ngrams


def _meaning(
    folder: Path,
    encoder: Encoder,
    ordinary: tuple[Example, ...],
    concerns: tuple[ConcernExample, ...],
    said: Callable[[str], None],
) -> tuple[ConcernModel, Offsets]:
    of = f"{encoder.digest[:12]}-{digest_of(*ordinary, *concerns)[:12]}.npz"
    try:
        return ConcernModel.load(folder / f"concerns-{of}"), load_offsets(folder / f"offsets-{of}")
    except NOT_KEPT:
        said("Learning from our own comments: what a trained adult should read first.")
    everyday = encoder.encode([one.text for one in ordinary])
    urgent = encoder.encode([one.text for one in concerns])
    offsets = offsets_of(everyday, [one.language for one in ordinary])
    is_concern = [False] * len(ordinary) + [one.is_concern for one in concerns]
    model = ConcernModel.train(np.vstack([everyday, urgent]), is_concern)
    model.save(folder / f"concerns-{of}")
    save_offsets(offsets, folder / f"offsets-{of}")
    return model, offsets
