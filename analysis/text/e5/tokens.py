"""From a text to the numbers of its pieces, as multilingual-e5-small learned them (a Unigram vocabulary)."""

import re
from collections.abc import Sequence

from sentencepiece import SentencePieceProcessor
from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]  # made by protobuf as it loads

from analysis.text.e5.weights import Weights

#: What the model's makers put before every text that is compared with others (multilingual E5, section 4).
PREFIX = "query: "
#: Pieces of a text that are read, with its beginning and end: about 90 words. A child's comment has 10.
MOST_PIECES = 128
_SPACES = re.compile(" {2,}")


class Tokens:
    """Splits texts as the model's own tokeniser does. About 40 MB."""

    def __init__(self, weights: Weights) -> None:
        self._replaced = weights.replaced
        self._ends = [weights.begin], [weights.end]
        self._processor = SentencePieceProcessor(model_proto=_model(weights))

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text the numbers of its pieces, the ends included; at most MOST_PIECES."""
        begin, end = self._ends
        cleaned = [_SPACES.sub(" ", (PREFIX + text).translate(self._replaced)) for text in texts]
        return [begin + found[: MOST_PIECES - 2] + end for found in self._processor.encode(cleaned)]


def _model(weights: Weights) -> bytes:
    """The vocabulary as SentencePiece reads it; its replacements are done before, so it replaces nothing itself."""
    model = ModelProto()
    kinds = {weights.begin: 3, weights.end: 3, weights.unknown: 2, 1: 3}
    for number, (piece, score) in enumerate(zip(weights.pieces, weights.scores, strict=True)):
        model.pieces.add(piece=piece, score=score, type=kinds.get(number, 1))
    trainer, normalizer = model.trainer_spec, model.normalizer_spec
    trainer.model_type, trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = 1, 3, 0, 2, 1
    trainer.bos_piece, trainer.eos_piece, trainer.pad_piece, trainer.unk_piece = "<s>", "</s>", "<pad>", "<unk>"
    normalizer.name = "identity"
    normalizer.add_dummy_prefix, normalizer.remove_extra_whitespaces, normalizer.escape_whitespaces = True, True, True
    return bytes(model.SerializeToString())
