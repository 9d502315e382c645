"""Learning at set-up what is not shipped ready: the small tier, and what the encoder's rows say of concerns.

Both are learned from our own comments in a minute, the same on every machine of one kind, and kept in a folder. A file
that belongs to other comments or another encoder is learned anew.
"""

from collections.abc import Callable
from pathlib import Path

from analysis.text.concern_model import ConcernModel
from analysis.text.examples import ConcernExample, Example, digest_of, read_concerns, read_examples
from analysis.text.kept import NOT_KEPT
from analysis.text.ngrams import Ngrams, digest
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
    return Reader(ngrams, encoder, _concerns(folder, encoder, examples, concerns, said) if encoder else None)


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


def _concerns(
    folder: Path,
    encoder: Encoder,
    examples: tuple[Example, ...],
    concerns: tuple[ConcernExample, ...],
    said: Callable[[str], None],
) -> ConcernModel:
    some = examples[::_ORDINARY]
    path = folder / f"concerns-{encoder.digest[:12]}-{digest_of(*some, *concerns)[:12]}.npz"
    try:
        return ConcernModel.load(path)
    except (FileNotFoundError, KeyError, ValueError):
        said("Learning from our own comments: what a trained adult should read first.")
    rows = encoder.encode([one.text for one in some] + [one.text for one in concerns])
    model = ConcernModel.train(rows, [False] * len(some) + [one.is_concern for one in concerns])
    model.save(path)
    return model
