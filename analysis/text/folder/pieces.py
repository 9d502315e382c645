"""From a text to the numbers of its pieces, in the arrangement of XLM-R (Conneau et al. 2020, arXiv:1911.02116)."""

from collections.abc import Sequence

from sentencepiece import SentencePieceProcessor

from analysis.text.folder.files import PIECES, Files, ModelFolderWrong

#: The numbers of XLM-R: its own four first, and every other piece one later than in the file.
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_SHIFT = 1
_CURE = "Put the file there that came with your encoder, of the XLM-R kind."


class Pieces:
    """Cuts texts into pieces. ModelFolderWrong where the file is none of SentencePiece, or arranged otherwise."""

    def __init__(self, files: Files) -> None:
        self._prefix, self._most = files.prefix, files.most_pieces
        self._processor = SentencePieceProcessor()
        try:
            self._processor.Load(str(files.folder / PIECES))
        except (OSError, RuntimeError) as broken:
            raise ModelFolderWrong(files.folder, f"{PIECES} is no SentencePiece model", _CURE) from broken
        first = self._processor.unk_id(), self._processor.bos_id(), self._processor.eos_id()
        if first != (0, 1, 2):
            wrong = f"{PIECES} does not begin with <unk>, <s> and </s> (they are at {first})"
            raise ModelFolderWrong(files.folder, wrong, _CURE)

    @property
    def last(self) -> int:
        """The highest number of a piece."""
        return int(self._processor.GetPieceSize()) - 1 + _SHIFT

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text the numbers of its pieces, the ends included; at most `most_pieces`."""
        found = self._processor.encode([self._prefix + text for text in texts])
        room = self._most - 2
        return [[BEGIN, *(one + _SHIFT if one else UNKNOWN for one in pieces[:room]), END] for pieces in found]
