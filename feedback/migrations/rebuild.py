"""Changing a table that SQLite cannot alter: it is made anew beside the old one, filled, and takes its name."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op


def on_sqlite() -> bool:
    """Whether the migration runs on SQLite, which can add no constraint to a table."""
    return op.get_bind().dialect.name == "sqlite"


def rebuild(table: sa.Table, filled: Mapping[str, str] | None = None) -> None:
    """Give the table this shape, its rows kept. `filled` says, in SQL, what goes into columns that are new.

    The steps are those of https://sqlite.org/lang_altertable.html, section 7; foreign keys are off meanwhile
    (`feedback.migrations.upgrade`), or dropping the old table would delete what points at it.
    """
    new = filled or {}
    name, meanwhile = table.name, f"{table.name}_meanwhile"
    kept = [column.name for column in table.columns if column.name not in new]
    quote = op.get_bind().dialect.identifier_preparer.quote
    op.execute(sa.text(f"ALTER TABLE {quote(name)} RENAME TO {quote(meanwhile)}"))
    table.create(op.get_bind())
    into = ", ".join(map(quote, [*kept, *new]))
    taken = ", ".join([*map(quote, kept), *new.values()])
    op.execute(sa.text(f"INSERT INTO {quote(name)} ({into}) SELECT {taken} FROM {quote(meanwhile)}"))  # noqa: S608 - ours
    op.execute(sa.text(f"DROP TABLE {quote(meanwhile)}"))
