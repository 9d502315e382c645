"""What the bytes of the database file tell, on a copy: the log, leftovers, and the places of envelopes and slips."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedback.proof.inventory import RESPONDENT_TABLES
from feedback.proof.leftovers import leftovers
from feedback.proof.log import commits, frames, latest, valid_size
from feedback.proof.own_notes import OwnNotes
from feedback.proof.pages import FileMalformed, PageFile
from feedback.proof.relink import pairs_in_log
from feedback.proof.rows import pages_of_tables, table_rows
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_READABLE = Check(
    "the file can be read", N_("The proof reads the database byte by byte; it must understand every page.")
)
_LOG = Check(
    "the write-ahead log holds nothing of respondents",
    N_("Until the next shake the log keeps each envelope beside its slip, in the order in which they came."),
)
_LEFT = Check(
    "nothing is left of what was deleted",
    N_(
        "Free pages and the unused space of every page hold nothing that was deleted, so that no answer can be dug out."
    ),
)
_PLACES = Check(
    "the places of envelopes tell nothing",
    N_("Written anew from its contents alone, the file puts every envelope where it lies now: no history is in it."),
)
_PAIRS = Check(
    "slips cannot be paired with envelopes",
    N_("Nothing in the file brings a used slip together with the envelope it let in."),
)
_CURE = "run `voicebox prove --shake`"


def check_file(body: bytes, log: bytes, folder: Path, *, driver: Any, shaken: str) -> list[Line]:
    """All lines about a copied database. `shaken` says when it was.

    `folder` is private and takes a second copy, which is written anew with the same SQLite (`driver`, its DBAPI
    module) that the school uses: what is in that one, too, is in the contents and no trace of their history.
    """
    try:
        file = latest(body, log)
        fresh = _written_anew(body, log, folder, driver)
        return [
            _READABLE.line(holds=True, seen="every page was read"),
            _log(body, log, shaken),
            _left(file, fresh),
            *_places(file, fresh, shaken, has_pairs=bool(pairs_in_log(commits(body, log)))),
        ]
    except FileMalformed as broken:
        return [_READABLE.line(holds=False, seen=f"{broken}; restore a backup, or ask for help")]


def _log(body: bytes, log: bytes, shaken: str) -> Line:
    finds = [f"some page images are of respondents; {shaken}"] if _has_respondents(body, log) else []
    if len(log) > valid_size(log):
        finds.append("bytes of an earlier log are still in it")
    return _LOG.by_finds(finds, f"none of its page images is of respondents; {shaken}", cure=_CURE)


def _has_respondents(body: bytes, log: bytes) -> bool:
    """Whether any page in the log was respondents' before or after the commit that wrote it."""
    states = commits(body, log)
    before = _theirs(next(states)) if body else set[int]()
    written = list[int]()
    for frame in frames(log):
        written.append(frame.page)
        if frame.pages_after:
            now = _theirs(next(states))
            if before is None or now is None or (before | now).intersection(written):
                return True
            before, written = now, []
    return False


def _theirs(file: PageFile) -> set[int] | None:
    """The respondents' pages; None where pages from before and after a checkpoint do not fit together."""
    try:
        return pages_of_tables(file, RESPONDENT_TABLES)
    except FileMalformed:
        return None


def _left(file: PageFile, fresh: PageFile) -> Line:
    found = leftovers(file)
    # While SQLite writes a file anew it leaves rows of its list of tables in that list's own pages.
    notes, own = OwnNotes((file, fresh)), {stretch for each in leftovers(fresh) for stretch in each.content}
    content = [each for each in found if not all(map(notes.has, set(each.content) - own))]
    finds = ["some pages hold bytes that belong to nothing"] if content else []
    return _LEFT.by_finds(finds, "every page was searched, nothing but SQLite's own notes", cure=_CURE)


def _places(file: PageFile, fresh: PageFile, shaken: str, *, has_pairs: bool) -> list[Line]:
    moved = {table: _out_of_place(file, fresh, table) for table in ("envelope", "slip")}
    finds = [f"some lie where they were put when they came; {shaken}"]
    linked = ["there are pairs in the write-ahead log"] if has_pairs else []
    # Each alone is harmless, for slips are printed in random order; two tables with an order can be laid side by side.
    if moved["envelope"] and moved["slip"]:
        linked.append("both tables carry an order of their own")
    return [
        _PLACES.by_finds(finds if moved["envelope"] else [], f"every envelope was looked at; {shaken}", cure=_CURE),
        _PAIRS.by_finds(linked, "no pairs in the log, and no order to compare", cure=_CURE),
    ]


def _written_anew(body: bytes, log: bytes, folder: Path, driver: Any) -> PageFile:
    """What SQLite itself makes of the contents alone (VACUUM), from a second copy."""
    path = folder / "anew.db"
    path.write_bytes(body)
    if log:
        path.with_name("anew.db-wal").write_bytes(log)
    connection = driver.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return PageFile(path.read_bytes())


def _out_of_place(file: PageFile, fresh: PageFile, table: str) -> int:
    """How many rows lie elsewhere than in the fresh file; pages are compared by rank, for other tables may grow."""
    now, then = _layout(file, table), _layout(fresh, table)
    return sum(1 for key, place in now.items() if then.get(key) != place)


def _layout(file: PageFile, table: str) -> Mapping[tuple[object, ...], tuple[int, ...]]:
    rows = table_rows(file, table)
    overflow = [file.overflow_pages(row.cell) for row in rows]
    pages = sorted({row.cell.page for row in rows})
    chains = sorted(overflow)
    page_rank = {page: rank for rank, page in enumerate(pages)}
    chain_rank = {chain: rank for rank, chain in enumerate(chains)}
    return {
        row.values[:2]: (page_rank[row.cell.page], row.cell.offset, chain_rank[chain])
        for row, chain in zip(rows, overflow, strict=True)
    }
