"""What lies in a folder with a model, and what its note `voicebox.json` says. Nothing is ever downloaded."""

import json
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

MODEL, PIECES, NOTE = "model.onnx", "sentencepiece.bpe.model", "voicebox.json"
#: Pieces of a text that are read, with its beginning and end, unless the note says otherwise; and what it may say.
_MOST_PIECES, _FEWEST_MOST, _MOST_MOST = 128, 8, 512
_LONGEST = 60
_SAYS = {"name": str, "prefix": str, "most_pieces": int}


class ModelFolderWrong(Exception):
    """The folder cannot be used: which file, what is `wrong` with it, and the `cure`, each a sentence."""

    def __init__(self, folder: Path, wrong: str, cure: str) -> None:
        self.wrong, self.cure = f"The model folder {folder} cannot be used: {wrong}.", cure
        super().__init__(f"{self.wrong} {cure}")


@dataclass(frozen=True, slots=True)
class Files:
    """A folder that has its two files. `prefix` is put before every text; `digest` is the SHA-256 of all in it."""

    folder: Path
    name: str
    prefix: str
    most_pieces: int
    digest: str


def read_files(folder: Path) -> Files:
    """What is in the folder; ModelFolderWrong where a file is missing or cannot be read, or the note is wrong."""
    try:
        for name in (MODEL, PIECES):
            if not (folder / name).is_file():
                raise ModelFolderWrong(folder, f"{name} is missing", "Put it there, as your encoder was exported.")
        says, digest = _note(folder), _digest(folder)
    except OSError as closed:
        raise ModelFolderWrong(
            folder,
            f"{Path(str(closed.filename or folder)).name} cannot be read ({closed.strerror})",
            f"Let the service's users read it: chmod -R go+rX {folder}",
        ) from closed
    name = says.get("name", folder.name[:_LONGEST])
    return Files(folder, name, says.get("prefix", ""), says.get("most_pieces", _MOST_PIECES), digest)


def _digest(folder: Path) -> str:
    """Of names and contents of everything that is not hidden: a graph may keep its weights in files of any name."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            with path.open("rb") as file:
                inside = file_digest(file, "sha256").hexdigest()
            found.update(f"{path.relative_to(folder).as_posix()}\n{inside}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _note(folder: Path) -> dict[str, Any]:
    if not (folder / NOTE).exists():
        return {}
    try:
        says = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except ValueError as broken:
        raise _wrong_note(folder, "is not JSON") from broken
    if not isinstance(says, dict):
        raise _wrong_note(folder, "is not an object in braces")
    for key, value in says.items():
        # A bool is an int to Python, and none to anybody else.
        if key not in _SAYS or type(value) is not _SAYS[key]:
            raise _wrong_note(folder, f"has {key!r}: {value!r}")
    name, most = says.get("name", "model"), says.get("most_pieces", _MOST_PIECES)
    if not (name.strip() and name.isprintable() and len(name) <= _LONGEST):
        raise _wrong_note(folder, f"has a name that is empty, longer than {_LONGEST} letters or of several lines")
    if not _FEWEST_MOST <= most <= _MOST_MOST:
        raise _wrong_note(folder, f"has most_pieces {most}, which is not from {_FEWEST_MOST} to {_MOST_MOST}")
    return says


def _wrong_note(folder: Path, wrong: str) -> ModelFolderWrong:
    cure = 'Write it like {"name": "our model", "prefix": "query: ", "most_pieces": 128}, or take it away.'
    return ModelFolderWrong(folder, f"{NOTE} {wrong}", cure)
