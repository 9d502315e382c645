"""Changing a table that SQLite cannot alter: it is made anew beside the old one, filled, and takes its name."""

from collections.abc import Collection, Mapping

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
    # They would go with the old table, and until then keep their names from the new one's.
    for index in sa.inspect(op.get_bind()).get_indexes(name):
        op.execute(sa.text(f"DROP INDEX {quote(index['name'] or '')}"))
    op.execute(sa.text(f"ALTER TABLE {quote(name)} RENAME TO {quote(meanwhile)}"))
    table.create(op.get_bind())
    into = ", ".join(map(quote, [*kept, *new]))
    taken = ", ".join([*map(quote, kept), *new.values()])
    op.execute(sa.text(f"INSERT INTO {quote(name)} ({into}) SELECT {taken} FROM {quote(meanwhile)}"))  # noqa: S608 - ours
    op.execute(sa.text(f"DROP TABLE {quote(meanwhile)}"))


def shape_of(table: str, *, without: Collection[str] = ()) -> sa.Table:
    """The table as it is now, whatever versions have given it, less these columns; for one that refers to no other."""
    there = sa.inspect(op.get_bind())
    key = there.get_pk_constraint(table)
    shape = sa.Table(table, sa.MetaData())
    for column in there.get_columns(table):
        if column["name"] not in without:
            default = sa.text(column["default"]) if column["default"] else None
            shape.append_column(
                sa.Column(column["name"], column["type"], nullable=column["nullable"], server_default=default)
            )
    shape.append_constraint(sa.PrimaryKeyConstraint(*key["constrained_columns"], name=key["name"]))
    for unique in there.get_unique_constraints(table):
        shape.append_constraint(sa.UniqueConstraint(*unique["column_names"], name=unique["name"]))
    for index in there.get_indexes(table):
        columns = [shape.c[column] for column in index["column_names"] if column is not None]
        sa.Index(index["name"], *columns, unique=bool(index["unique"]))
    for check in there.get_check_constraints(table):
        shape.append_constraint(sa.CheckConstraint(sa.text(check["sqltext"]), name=check["name"]))
    return shape


def promise(shape: sa.Table, name: str, text: str | None) -> None:
    """Give the shape this check, instead of one of the same name; None takes it away."""
    for each in [each for each in shape.constraints if each.name == name]:
        shape.constraints.discard(each)
    if text is not None:
        shape.append_constraint(sa.CheckConstraint(sa.text(text), name=name))
