"""The attacks of somebody who holds the file: which slip goes with which envelope, and who came first?

All of them worked against the usual design (privacy.md, results 1 and 2): codes in one table, answers in another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from feedback.proof.pages import FileMalformed, PageFile
from feedback.proof.rows import Row, table_rows

#: Where something lies: (page, offset), or (page of its overflow).
Places = Mapping[str, tuple[int, ...]]

#: Positions of the key, and of what is looked at beside it, in rows of `envelope` and `slip` as they are stored.
_ROUND, _KEY, _FORMAT_OR_USED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Box:
    """One round's used slips and envelopes as the file holds them, by tag and by id."""

    slips: Mapping[str, Row]
    envelopes: Mapping[str, Row]


def box_in(file: PageFile, round_id: str | None = None) -> Box:
    """The used slips and the envelopes of a round, or of all rounds; FileMalformed where the file is broken."""
    slips = _by_key(table_rows(file, "slip"), round_id)
    return Box(
        slips={tag: row for tag, row in slips.items() if row.values[_FORMAT_OR_USED]},
        envelopes=_by_key(table_rows(file, "envelope"), round_id),
    )


def places(rows: Mapping[str, Row]) -> Places:
    """Where each row lies."""
    return {key: row.place for key, row in rows.items()}


def overflow_places(file: PageFile, rows: Mapping[str, Row]) -> Places:
    """Where each row goes on: overflow pages are handed out one after another, and so tell an order too."""
    found = {key: file.overflow_pages(row.cell) for key, row in rows.items()}
    return {key: pages for key, pages in found.items() if pages}


def pair_by_rank(slips: Places, envelopes: Places) -> dict[str, str]:
    """The first slip in the file with the first envelope in the file, and so on."""
    return dict(zip(_in_order(slips), _in_order(envelopes), strict=False))


def guesses(file: PageFile, box: Box) -> dict[str, dict[str, str]]:
    """Every pairing by place that an attacker would try, by the attack's name; tag to envelope id."""
    by_place, by_overflow = places(box.envelopes), overflow_places(file, box.envelopes)
    found = {
        "place": pair_by_rank(places(box.slips), by_place),
        "overflow page": pair_by_rank(places(box.slips), by_overflow),
    }
    return found | {f"{name}, backwards": _backwards(pairs) for name, pairs in found.items()}


def pairs_in_log(states: Iterable[PageFile]) -> dict[str, str]:
    """Tags and ids that one commit of the write-ahead log brought together: a link that needs no guessing.

    `states` are the database before the log's first commit and after each one, as `log.commits` gives them.
    """
    found: dict[str, str] = {}
    before: Box | None = None
    for file in states:
        now = _box_if_any(file)
        if before is not None:
            slips = now.slips.keys() - before.slips.keys()
            envelopes = now.envelopes.keys() - before.envelopes.keys()
            if len(slips) == 1 == len(envelopes):
                found[slips.pop()] = envelopes.pop()
        before = now
    return found


def right(guess: Mapping[str, str], truth: Mapping[str, str]) -> int:
    """How many pairs were guessed right."""
    return sum(1 for tag, id_ in guess.items() if truth.get(tag) == id_)


def _box_if_any(file: PageFile) -> Box:
    try:
        return box_in(file)
    except FileMalformed:
        # The first commits of a new file make its tables.
        return Box({}, {})


def _by_key(rows: Iterable[Row], round_id: str | None) -> dict[str, Row]:
    return {str(row.values[_KEY]): row for row in rows if round_id in (None, row.values[_ROUND])}


def _in_order(found: Places) -> Iterator[str]:
    return iter(sorted(found, key=found.__getitem__))


def _backwards(pairs: dict[str, str]) -> dict[str, str]:
    return dict(zip(pairs, reversed(pairs.values()), strict=True))
