"""A marker: a sentence that lies beside what is deleted, and that nobody may find anywhere afterwards.

It cannot be one of the real texts: to look for those later they would have to be kept. So each deletion has a word of
its own, made from the installation's secret and the deletion's id and stored nowhere; the row that holds it is deleted
with the others, by the same statements. It is looked for in clear, and as hex digits, as PostgreSQL's copies write
bytes.
"""

import hmac
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy.orm import Session

from feedback.copies import CopyImpossible, write_copy
from feedback.models import Certificate, Comment, Document, Envelope, Slip, TryOutIdea
from feedback.operations.backup import backups_in, work_folder
from feedback.operations.school import School
from feedback.privacy.backups import BackupBroken, open_backup

_AT_ONCE = 4 * 1024 * 1024
#: How files begin that SQLite, or we, put into a folder for temporary files.
_OUR_TEMPORARY = ("etilqs_*", "voicebox*")
#: Bytes of the longest form in which a word is looked for: its hex digits as hex digits.
_LONGEST = 64
_SENTENCE = "Planted before a deletion, to be found nowhere after it: "


#: Word -> the forms in which it is looked for.
_Needles = Mapping[str, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Search:
    """Where was looked. `found`: word -> the files with it. `unread`: files that could not be read.

    `database` is "files", or "copy" where the server's own files are not ours to read; "none" where it makes no copy.
    """

    files: int
    size: int
    backups_opened: int
    database: str
    found: Mapping[str, tuple[str, ...]]
    unread: int


def word_of(school: School, certificate_id: str) -> str:
    """The word of one deletion: 32 hex digits."""
    return hmac.digest(school.settings.secret.encode(), f"marker {certificate_id}".encode(), "sha256").hex()[:32]


def plant(session: Session, school: School, certificate: Certificate, layer: str, of: str) -> None:
    """Put the row with the sentence among what is deleted in this layer. `of` is the id of a round, or a try-out."""
    word = word_of(school, certificate.id)
    sentence = (_SENTENCE + word).encode()
    if layer == "comments":
        session.merge(Comment(id=word, round_id=of, question="", sealed=sentence.ljust(256)))
    elif layer == "tallies":
        document = Document(
            id=word,
            round_id=of,
            kind="marker",
            language="",
            of=word,
            body=sentence,
            sha256=sha256(sentence).hexdigest(),
        )
        session.merge(document)
    elif layer == "box":
        session.merge(Envelope(round_id=of, id=word, format=1, sealed=sentence.ljust(1024)))
    elif layer == "slips":
        session.merge(Slip(round_id=of, tag=word, used=False))
    else:
        session.merge(TryOutIdea(id=word, try_out_id=of, words=sentence.decode()))


def look_for(school: School, words: Iterable[str], *, backups_since: date | None) -> Search:
    """Search every file of the installation; backups made since a day are opened (None: none of them)."""
    needles = {word: (word.encode(), word.encode().hex().encode()) for word in words}
    found: dict[str, set[str]] = {word: set() for word in needles}
    files = size = unread = opened = 0
    for path in _files(school):
        try:
            hits = _words_in(path, needles)
            size += path.stat().st_size
        except FileNotFoundError:
            continue  # the database works on
        except OSError:
            unread += 1
            continue
        files += 1
        for word in hits:
            found[word].add(path.name)
    how = _look_into_a_copy(school, needles, found) if school.engine.dialect.name != "sqlite" else "files"
    for name, hits in _in_backups(school, needles, backups_since):
        opened += 1
        for word in hits:
            found[word].add(name)
    return Search(files, size, opened, how, {word: tuple(sorted(names)) for word, names in found.items()}, unread)


def is_in_the_database(school: School, word: str) -> bool:
    """Whether the search finds the word now, while its row is there: the proof that it would find it later."""
    needles = {word: (word.encode(), word.encode().hex().encode())}
    if school.engine.dialect.name == "sqlite":
        path = Path(school.engine.url.database or "")
        return any(_words_in(each, needles) for each in sorted(path.parent.glob(f"{path.name}*")))
    found: dict[str, set[str]] = {word: set()}
    _look_into_a_copy(school, needles, found)
    return bool(found[word])


def _files(school: School) -> Iterator[Path]:
    settings = school.settings
    roots = {settings.instance, settings.keystore, settings.backup_folder}
    if school.engine.dialect.name == "sqlite":
        roots.add(Path(school.engine.url.database or "").parent)
    top = [root for root in roots if not any(other in root.parents for other in roots)]
    for root in sorted(top):
        yield from (path for path in sorted(root.rglob("*")) if path.is_file())
    for folder in {Path(tempfile.gettempdir()), Path("/var/tmp")}:  # noqa: S108 - SQLite's own choice, looked into only
        for pattern in _OUR_TEMPORARY:
            yield from (path for path in sorted(folder.glob(pattern)) if path.is_file())


@dataclass(slots=True)
class _Sieve:
    """Takes bytes piece by piece, keeps none, and knows which words were in them, also across two pieces."""

    needles: _Needles
    hits: set[str] = field(default_factory=set)
    _tail: bytes = b""

    def write(self, piece: bytes) -> int:
        here = self._tail + piece
        self.hits |= {word for word, bodies in self.needles.items() if any(body in here for body in bodies)}
        self._tail = here[-_LONGEST:]
        return len(piece)


def _words_in(path: Path, needles: _Needles) -> set[str]:
    sieve = _Sieve(needles)
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            sieve.write(piece)
    return sieve.hits


def _look_into_a_copy(school: School, needles: _Needles, found: dict[str, set[str]]) -> str:
    # Not the folder of copies: a restore holds that one while it deletes what is due.
    with work_folder(school, "searching") as folder:
        try:
            write_copy(school.engine, folder / "copy")
        except CopyImpossible:
            return "none"
        for word in _words_in(folder / "copy", needles):
            found[word].add("database")
    return "copy"


def _in_backups(school: School, needles: _Needles, since: date | None) -> Iterator[tuple[str, set[str]]]:
    for kept in backups_in(school.settings.backup_folder) if since else ():
        if kept.header is None or since is None or kept.header.made_on < since:
            continue
        sieve = _Sieve(needles)
        with suppress(BackupBroken, OSError):
            with kept.file.open("rb") as source:
                # No copy is written: it is searched as it is opened.
                open_backup(source, cast("BinaryIO", sieve), secret=school.settings.secret)
            yield kept.file.name, sieve.hits
