"""What the doctor's checks decide about, as it is found: on the machine, in the folders, in the database."""

import gzip
import json
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, select, text

from feedback.db import reading
from feedback.models import Chore, Round
from feedback.operations.backup import backups_in, is_over
from feedback.operations.doctor.proxy import RESPONDENT_PATH
from feedback.operations.doctor.records import BackupFacts, LateRound, WaitsFor
from feedback.operations.school import School
from feedback.privacy.keeper import KeeperAway, PassphraseNeeded
from feedback.privacy.keys import KeyGone

_SYSTEM_SETTINGS = Path("/etc/voicebox/voicebox.env")
_UNITS = Path("/etc/systemd/system")
_SWAPS = Path("/proc/swaps")
_BLOCK = Path("/sys/block")
_PROXIES = (("/etc/caddy", "Caddyfile"), ("/etc/nginx/sites-enabled", "*"), ("/etc/nginx/conf.d", "*.conf"))
#: Lines of the journal that are looked at, the newest.
_LINES = 20_000
_LATE = timedelta(days=1)


def modes(school: School) -> dict[Path, int]:
    """The modes of folders and files of the school, as far as anybody else could reach them."""
    settings = school.settings
    found = {path: path.stat().st_mode for path in (_SYSTEM_SETTINGS,) if path.exists()}
    for folder in (settings.instance, settings.keystore, settings.backup_folder):
        if not folder.is_dir():
            continue
        found[folder] = folder.stat().st_mode
        # What lies in a closed folder is closed, whatever its own mode.
        if found[folder] & 0o077:
            found |= {path: path.stat().st_mode for path in folder.iterdir() if path.is_file()}
    return found


def free(school: School) -> int:
    """Bytes that are free where the database lies, or what is ours of it."""
    return shutil.disk_usage(school.settings.instance).free


def swaps() -> str:
    """What the kernel says of its swap, "" where it says nothing."""
    return _SWAPS.read_text(encoding="utf-8") if _SWAPS.exists() else ""


def encrypted_swaps() -> frozenset[str]:
    """Devices that lie on dm-crypt."""
    found = [path for path in _BLOCK.glob("dm-*/dm/uuid") if path.read_text(encoding="utf-8").startswith("CRYPT-")]
    return frozenset(f"/dev/{path.parts[-3]}" for path in found)


def core_limit() -> int:
    """How large a core dump of this process may be, in bytes; -1 is without limit."""
    return resource.getrlimit(resource.RLIMIT_CORE)[0]


def units() -> dict[str, str]:
    """The service's units that are installed, with what they say."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(_UNITS.glob("voicebox-*.service"))}


def journal_hits() -> tuple[bool, int]:
    """Whether the service's log could be read, and how many of its lines name a page that people answer on."""
    command = shutil.which("journalctl")
    if command is None:
        return False, 0
    asked = [command, "--quiet", "--no-pager", f"--lines={_LINES}", "--unit=voicebox-*"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, errors="replace")  # noqa: S603 - as above
    # Without the right to read, it says nothing, as it does where there is nothing.
    if done.returncode or not done.stdout.strip():
        return False, 0
    return True, sum(1 for line in done.stdout.splitlines() if RESPONDENT_PATH.search(line))


def own_encoder(folder: Path) -> tuple[str, str, str]:
    """The model in an operator's folder, tried: its name and the first of its hash, or else what is wrong and the cure.

    Of the three sentences those that do not apply are "".
    """
    from analysis.text.folder.encoder import FolderModel  # noqa: PLC0415 - loads the analysis stack, for few schools
    from analysis.text.folder.files import ModelFolderWrong  # noqa: PLC0415 - likewise

    try:
        model = FolderModel(folder)
    except ModelFolderWrong as refused:
        return "", refused.wrong, refused.cure
    return f"{model.name} {model.digest[:12]}", "", ""


def integrity(school: School) -> list[str]:
    """What the database says of its own file; PostgreSQL looks after its own."""
    if school.engine.dialect.name != "sqlite":
        return ["ok"]
    with reading(school.engine) as session:
        return [str(line) for line in session.execute(text("PRAGMA integrity_check")).scalars()]


def log_size(school: School) -> int:
    """Bytes of SQLite's write-ahead log."""
    log = Path(f"{school.engine.url.database}-wal")
    return log.stat().st_size if school.engine.dialect.name == "sqlite" and log.exists() else 0


def chores(school: School) -> dict[str, date]:
    """What is done daily, and the day on which it was last done."""
    with reading(school.engine) as session:
        return {chore.name: chore.done_on for chore in session.scalars(select(Chore))}


def late_rounds(school: School, *, now: datetime) -> list[LateRound]:
    """Rounds that closed more than a day ago and are not counted."""
    waiting = Round.state.in_(("open", "closed", "counting", "counted"))
    shuts_at = func.coalesce(Round.paper_until, Round.closes_at)
    asked = select(Round.title, shuts_at).where(waiting, shuts_at < now - _LATE, ~Round.imported)
    zone = school.settings.zone
    with reading(school.engine) as session:
        found = session.execute(asked.order_by(Round.title)).all()
    return [LateRound(title, closes_at.replace(tzinfo=UTC).astimezone(zone).date()) for title, closes_at in found]


def waits_for(school: School) -> WaitsFor:
    """What is needed to open a box, and is not here."""
    try:
        school.keystore.keeper.private()
    except PassphraseNeeded:
        return "passphrase"
    except KeeperAway:
        return "keeper"
    return "nothing"


def open_boxes(school: School) -> list[str]:
    """Titles of rounds with a box that only the keys of this disk can open."""
    return _titles(school, Round.state.in_(("open", "closed", "counting", "joined")))


def rounds_without_keys(school: School) -> list[str]:
    """Titles of rounds that take or took answers, are not counted, and whose box nobody here can open."""
    with reading(school.engine) as session:
        # Columns and not rounds: an earlier version of the database lacks some.
        asked = select(Round.id, Round.title).where(Round.state.in_(("open", "closed", "counting")))
        return [title for round_id, title in session.execute(asked) if _is_without_key(school, round_id)]


def _is_without_key(school: School, round_id: str) -> bool:
    try:
        school.keystore.box_key(round_id)
    except PassphraseNeeded:
        return False
    except (KeeperAway, KeyGone):
        return True
    return False


def ledger_lines(school: School) -> tuple[int, int]:
    """How many lines the ledger has, and how many of them cannot be read."""
    lines = [line for line in school.keystore.ledger_lines() if line.strip()]
    return len(lines), sum(1 for line in lines if not _is_json(line))


def backups(school: School, *, today: date) -> BackupFacts:
    """What is known of the backups in their folder."""
    folder, keystore = school.settings.backup_folder, school.settings.keystore
    kept = backups_in(folder)
    return BackupFacts(
        newest_on=max((one.header.made_on for one in kept if one.header), default=None),
        over=sum(1 for one in kept if is_over(school, one, today=today)),
        unreadable=sum(1 for one in kept if one.header is None),
        on_the_same_disk=not folder.exists() or folder.stat().st_dev == school.settings.instance.stat().st_dev,
        with_the_keys=folder.is_relative_to(keystore) or keystore.is_relative_to(folder),
    )


def proxy_configurations(school: School, named: Sequence[Path]) -> dict[str, str]:
    """The proxy's files that were named; without any, those in the usual places that speak of this service."""
    if named:
        return {str(path): path.read_text(encoding="utf-8", errors="replace") for path in named}
    usual = [path for folder, names in _PROXIES for path in Path(folder).glob(names) if path.is_file()]
    texts = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in usual}
    ours = (f":{school.settings.port}", urlsplit(school.settings.public_address).hostname or "voicebox")
    return {path: said for path, said in texts.items() if any(mark in said for mark in ours)}


def lines_of(log: Path) -> Iterator[str]:
    """The lines of a log, also of one that was put away compressed."""
    with gzip.open(log) if log.suffix == ".gz" else log.open("rb") as lines:
        for line in lines:
            yield line.decode(errors="replace")


def _titles(school: School, which: object) -> list[str]:
    with reading(school.engine) as session:
        return list(session.scalars(select(Round.title).where(which).order_by(Round.title)))  # type: ignore[arg-type]


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
