"""What PostgreSQL keeps beside each row: the transaction that wrote it, and its place. Asked of the server, not copied.

`pg_wal`, base backups and replicas are not looked at: `feedback.db.postgresql` says how long they keep what.
"""

from sqlalchemy import Engine, text

from feedback.config import NotConfigured
from feedback.db import reading, refuse_unsafe_server
from feedback.proof.inventory import RESPONDENT_TABLES
from feedback.proof.verdict import Check, Line
from forms.wording import N_

_SETTINGS = Check(
    "the server notes no answers and no moments",
    N_("The database server writes no statement with its values, and no time of any row, into its logs or tables."),
)
_PAIRS = Check(
    "slips cannot be paired with envelopes",
    N_("No transaction wrote one slip and one envelope alone, so the server's own notes bring no two together."),
)
_ORDER = Check(
    "the places of envelopes tell nothing",
    N_(
        "All envelopes of a box were last written in one go, in random order, so neither transaction nor place tells "
        "who came first."
    ),
)
_DEAD = Check(
    "nothing is left of what was deleted",
    N_(
        "The tables were rewritten without deleted rows. (Not looked at: the server's own log pg_wal, and what was "
        "deleted after the last living row.)"
    ),
)
_CURE = "run `voicebox prove --shake`"

#: Transactions that wrote exactly one row of each table.
_LINKS = text(
    "SELECT count(*) FROM (SELECT xmin::text AS x FROM slip GROUP BY 1 HAVING count(*) = 1) AS one_slip"
    " JOIN (SELECT xmin::text AS x FROM envelope GROUP BY 1 HAVING count(*) = 1) AS one_envelope USING (x)"
)
_LATE = text(
    "SELECT coalesce(sum(n), 0) FROM (SELECT count(DISTINCT xmin::text) - 1 AS n FROM envelope GROUP BY round_id) AS b"
)
#: Places within pages, and whole pages, that no living row has; after a rewrite there are none. (The server's own
#: number of dead rows is an estimate that a rewrite does not set back.)
_HOLES = """
    SELECT coalesce(sum(highest - living), 0)
        + pg_relation_size('{table}') / current_setting('block_size')::int - count(*)
    FROM (
        SELECT (ctid::text::point)[0] AS page, max((ctid::text::point)[1]) AS highest, count(*) AS living
        FROM {table} GROUP BY 1
    ) AS pages
"""


def check_server(engine: Engine, *, shaken: str) -> list[Line]:
    """The lines that stand for those about SQLite's file."""
    with reading(engine) as session:
        links, late = (int(session.scalar(query) or 0) for query in (_LINKS, _LATE))
        dead = sum(int(session.scalar(text(_HOLES.format(table=table))) or 0) for table in RESPONDENT_TABLES)
    return [
        _settings(engine),
        _PAIRS.by_finds(
            [f"there are pairs by transaction; {shaken}"] if links else [], "no pairs by transaction", cure=_CURE
        ),
        _ORDER.by_finds([f"some came after the last shake; {shaken}"] if late else [], shaken, cure=_CURE),
        _DEAD.by_finds(["some places are of deleted rows"] if dead else [], "no places of deleted rows", cure=_CURE),
    ]


def _settings(engine: Engine) -> Line:
    try:
        refuse_unsafe_server(engine)
    except NotConfigured as unsafe:
        return _SETTINGS.line(holds=False, seen=str(unsafe))
    return _SETTINGS.line(holds=True, seen="every setting is safe")
