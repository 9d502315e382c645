"""What the rows about respondents tell: columns that are not listed, times, ids with a clock in them, sizes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Inspector, inspect, text
from sqlalchemy.types import JSON, Boolean, Integer, LargeBinary, String
from sqlalchemy.types import TypeEngine as ColumnType

from feedback.db import reading
from feedback.proof.inventory import (
    COMMENT_STEP,
    ENVELOPE_SIZES,
    OTHER_TABLES,
    RANDOM_IDS,
    READ_FORMAT,
    RESPONDENT_TABLES,
)
from feedback.proof.verdict import Check, Line
from forms.wording import N_

#: Rows by table, each as column: value.
Rows = Mapping[str, Sequence[Mapping[str, object]]]

_SCHEMA = Check(
    "only listed tables and columns",
    N_("No table holds more about respondents than the promise says; whatever is new must be looked at first."),
)
_TIMES = Check("no times", N_("Nothing that a respondent sent carries a date or a clock's number."))
_IDS = Check(
    "ids are random", N_("No id has a clock or a counter in it, so that sorting by id gives no order of arrival.")
)
_SIZES = Check(
    "envelopes come in a few sizes", N_("The length of what is stored does not tell how much somebody wrote.")
)

_KINDS: Mapping[str, type] = {
    "text": String,
    "whole": Integer,
    "bytes": LargeBinary,
    "yes or no": Boolean,
}
#: From 2015 to 2050, in the units in which clocks count (seconds to nanoseconds).
_CLOCKS = tuple((int(1.42e9) * unit, int(2.53e9) * unit) for unit in (1, 10**3, 10**6, 10**9))
_DATE_TEXT = re.compile(r"20\d\d-[01]\d-[0-3]\d|[0-2]\d:[0-5]\d:[0-5]\d")
_DATE_BYTES = re.compile(_DATE_TEXT.pattern.encode())
#: Versions of UUID that are made of a clock (RFC 9562), and the least number of ids that chance does not line up.
_CLOCK_VERSIONS = frozenset("167")
_LEAST_IDS = 10


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables as the database describes them: names, column types, and what SQLite or PostgreSQL adds by itself."""

    columns: Mapping[str, Mapping[str, ColumnType[object]]]
    counted: frozenset[str]
    extras: tuple[str, ...]


def read_schema(engine: Engine) -> Schema:
    """Every table. `counted` are those whose rows get a number in the order of their coming."""
    inspector: Inspector = inspect(engine)
    columns = {
        table: {column["name"]: column["type"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
    }
    with reading(engine) as session:
        if engine.dialect.name == "sqlite":
            made = session.execute(text("SELECT type, name, coalesce(sql, '') FROM sqlite_master")).all()
            counted = {name for kind, name, sql in made if kind == "table" and "WITHOUT ROWID" not in sql.upper()}
            extras = [f"{kind} {name}" for kind, name, _sql in made if kind in ("trigger", "view")]
        else:
            counted = {table for table in columns if any(map(_is_numbered, inspector.get_columns(table)))}
            names = session.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
            extras = [f"trigger {name}" for (name,) in names]
            extras += [f"view {name}" for name in inspector.get_view_names()]
    return Schema(columns, frozenset(counted), tuple(extras))


def read_rows(engine: Engine) -> dict[str, list[Mapping[str, object]]]:
    """Every row of the respondents' tables."""
    with reading(engine) as session:
        return {
            table: [dict(row) for row in session.execute(text(f'SELECT * FROM "{table}"')).mappings()]  # noqa: S608 - from our own list
            for table in RESPONDENT_TABLES
        }


def check_schema(schema: Schema) -> Line:
    """Closed lists against what is there."""
    return _SCHEMA.by_finds(list(_unlisted(schema)), f"{len(schema.columns)} tables, each of them listed")


def check_times(rows: Rows) -> Line:
    """No value of any row is a moment, whatever its column is called."""
    finds = [
        f"{table}.{column} looks like a moment"
        for table, of_table in rows.items()
        for column in sorted({column for row in of_table for column in row if _is_moment(column, row[column])})
    ]
    return _TIMES.by_finds(finds, "every row was looked at, no moment in any")


def check_ids(rows: Rows) -> Line:
    """No ids that share what only a clock would make them share."""
    ids = {table: [str(row[column]) for row in rows[table]] for table, column in RANDOM_IDS.items()}
    finds = [f"{table}: {why}" for table, found in ids.items() if (why := _clock_in(found))]
    return _IDS.by_finds(finds, "every id was looked at, no clock in any")


def check_sizes(rows: Rows) -> Line:
    """Sealed parts have one of the listed lengths."""
    is_odd = any(_length(row["sealed"]) not in ENVELOPE_SIZES for row in rows["envelope"])
    is_odd |= any(_length(row["sealed"]) % COMMENT_STEP for row in rows["comment"])
    others = [row["sealed"] for table in ("part", "decision") for row in rows.get(table, ())]
    is_odd |= any(_length(sealed) % COMMENT_STEP for sealed in others if sealed is not None)
    finds = ["some are of another length"] if is_odd else []
    if any(_is_told_by_its_part(row) for row in rows["envelope"]):
        finds.append("a part to be read is missing, or larger or smaller than its envelope, and tells who wrote")
    return _SIZES.by_finds(finds, "every one has a listed length, and every part to be read that of its envelope")


def _is_told_by_its_part(row: Mapping[str, object]) -> bool:
    part = row.get("sealed_for_reading")
    is_read = row["format"] == READ_FORMAT
    return is_read != (part is not None) or (is_read and _length(part) != _length(row["sealed"]))


def _unlisted(schema: Schema) -> Iterator[str]:
    for table in sorted(schema.columns.keys() - RESPONDENT_TABLES.keys() - OTHER_TABLES):
        yield f"table {table} is not listed"
    for table, listed in RESPONDENT_TABLES.items():
        columns = schema.columns.get(table, {})
        for column in sorted(columns.keys() - listed.keys()):
            yield f"column {table}.{column} is not listed"
        for column, kind in listed.items():
            if column in columns and not _is_of_kind(columns[column], kind):
                yield f"column {table}.{column} is of another kind"
        if table in schema.counted:
            yield f"the rows of {table} are numbered as they come"
    yield from (f"there is a {extra}" for extra in schema.extras)


def _is_of_kind(type_: ColumnType[object], kind: str) -> bool:
    return isinstance(type_, _KINDS[kind]) and not isinstance(type_, JSON)


def _is_numbered(column: Mapping[str, object]) -> bool:
    return "nextval" in str(column.get("default") or "") or bool(column.get("identity"))


def _is_moment(column: str, value: object) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int):
        return any(first <= value <= last for first, last in _CLOCKS)
    if isinstance(value, (bytes, memoryview)):
        return _DATE_BYTES.search(bytes(value)) is not None
    if isinstance(value, str):
        return column not in RANDOM_IDS.values() and _DATE_TEXT.search(value) is not None
    # Fractions, dates and whatever else a driver may hand out: no listed column has such a value.
    return True


def _clock_in(ids: list[str]) -> str | None:
    if len(ids) < _LEAST_IDS:
        return None
    if len({id_[:4] for id_ in ids}) == 1:
        return "all begin alike, as ids do that begin with a moment"
    versions = {id_.replace("-", "")[12:13] for id_ in ids}
    return "all are UUIDs made of a clock" if len(versions) == 1 and versions <= _CLOCK_VERSIONS else None


def _length(value: object) -> int:
    return len(value) if isinstance(value, (bytes, memoryview)) else -1
