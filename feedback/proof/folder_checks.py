"""What lies around the database: addresses and browsers in any file, the queue, the keystore's modes, old backups."""

import base64
import binascii
import ipaddress
import pickletools
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from feedback.config import NotConfigured, Settings, check_keystore
from feedback.operations.backup import backups_in, is_over
from feedback.operations.school import School
from feedback.operations.workshop.recordings import all_recordings, is_made_anew
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_ADDRESSES = Check(
    "no addresses and no browsers",
    N_("No file says from which device or with which browser anybody answered."),
)
_QUEUE = Check(
    "the queue holds names and ids only", N_("Work that waits is named; nothing that anybody wrote waits with it.")
)
_MODES = Check("keys are for the service only", N_("No other user of this machine can read the keystore."))
_FOR_US = Check(
    "files are for the service only",
    N_("No other user of this machine can copy the database, nor its log while that still shows who came when."),
)
_BACKUPS = Check(
    "no backup outlives its days",
    N_("A backup keeps what retention deletes meanwhile, so it must go when its days are over."),
)

_IPV4 = re.compile(rb"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.])")
#: At least three groups, one of them long enough to be no time of day; what matches is then read as an address.
_IPV6 = re.compile(rb"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:])")
_BROWSER = re.compile(rb"Mozilla/[0-9]|AppleWebKit/[0-9]|Gecko/[0-9]")
#: Anywhere and nobody: no address of a device.
_NOBODYS = ("0.0.0.0", "127.0.0.1", "::1", "::")  # noqa: S104 - compared with, nothing is bound to it
#: Bytes of a sealed nothing (RFC 9180: encapsulated key and tag), and how the encapsulated key begins.
_SEALED_AT_LEAST, _POINT = 65 + 16, 4
#: What a job may carry: words of our own commands, ids, codes of languages, and huey's own fields.
_WORD = re.compile(r"[A-Za-z0-9_.:-]{0,64}")


def check_folders(school: School, also: Iterable[Path], *, today: date) -> list[Line]:
    """All lines about folders; `also` are further ones in which addresses are looked for."""
    return [
        _addresses(school.settings, [school.settings.instance, *also]),
        _queue(school.settings.instance / "queue.db"),
        _modes(school.settings.keystore),
        _for_us(school.settings.instance),
        _backups(school, today),
    ]


def _addresses(settings: Settings, folders: list[Path]) -> Line:
    own = f"{settings.public_address} {settings.database_url} {settings.host}"
    files = sorted({path for folder in folders for path in _files(folder, but=settings.keystore)})
    # Recordings were made anew from sound alone, and in megabytes of it something always looks like an address.
    sounds = {path for path in all_recordings(settings).glob("*/*/*.mp3") if is_made_anew(path)}
    files = [path for path in files if path not in sounds]
    finds = [f"{path.name} holds {what}" for path in files for what in _found_in(path, own)]
    return _ADDRESSES.by_finds(finds, f"{len(files)} files searched")


def _files(folder: Path, *, but: Path) -> Iterator[Path]:
    # The keystore holds random bytes and the ledger; keys are opened by nobody who need not.
    for path in [folder] if folder.is_file() else folder.rglob("*"):
        if path.is_file() and not path.is_relative_to(but):
            yield path


def _found_in(path: Path, own: str) -> Iterator[str]:
    try:
        body = path.read_bytes()
    except OSError:
        yield "something that cannot be read"
        return
    found = {match.group().decode("ascii") for pattern in (_IPV4, _IPV6) for match in pattern.finditer(body)}
    if any(_is_address(text) and text not in own for text in found):
        yield "an address"
    if _BROWSER.search(body):
        yield "the name of a browser"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text not in _NOBODYS and (":" not in text or any(len(group) > 2 for group in text.split(":")))


def _queue(path: Path) -> Line:
    if not path.exists():
        return _QUEUE.line(holds=True, seen="nothing has ever waited")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        jobs = [row[0] for table in ("task", "schedule") for row in connection.execute(f"SELECT data FROM {table}")]  # noqa: S608 - our two names
    finds = ["a job carries a text"] if any(not _may_wait(text) for job in jobs for text in _texts(job)) else []
    return _QUEUE.by_finds(finds, f"{len(jobs)} jobs wait")


def _may_wait(text: str) -> bool:
    return _WORD.fullmatch(text) is not None or _is_sealed(text)


def _is_sealed(text: str) -> bool:
    """An officer's passphrase on its way, sealed to the worker that runs now: a curve's point, then random bytes."""
    try:
        body = base64.b64decode(text, validate=True)
    except binascii.Error:
        return False
    return len(body) > _SEALED_AT_LEAST and body[0] == _POINT


def _texts(job: bytes) -> Iterator[str]:
    # Looked through, not loaded: loading a pickle runs what is in it.
    for opcode, argument, _place in pickletools.genops(job):
        if isinstance(argument, (str, bytes)) and opcode.name not in ("GLOBAL", "STACK_GLOBAL"):
            yield argument if isinstance(argument, str) else argument.decode("utf-8", "replace")


def _modes(keystore: Path) -> Line:
    try:
        check_keystore(keystore)
    except NotConfigured as readable:
        return _MODES.line(holds=False, seen=str(readable))
    return _MODES.line(holds=True, seen="0 files that others can read")


def _for_us(instance: Path) -> Line:
    if not instance.stat().st_mode & stat.S_IXOTH:
        return _FOR_US.line(holds=True, seen="the folder is closed to others")
    open_ = [path.name for path in sorted(instance.glob("*.db*")) if path.stat().st_mode & stat.S_IROTH]
    finds = [f"others can read {', '.join(open_)}"] if open_ else []
    return _FOR_US.by_finds(finds, "0 database files that others can read", cure=f"chmod o-rwx {instance}")


def _backups(school: School, today: date) -> Line:
    kept = backups_in(school.settings.backup_folder)
    finds = [
        f"{one.file.name} should be gone; run `voicebox backup`" for one in kept if is_over(school, one, today=today)
    ]
    return _BACKUPS.by_finds(finds, f"{len(kept)} backups")
