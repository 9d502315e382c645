"""The floor under every threshold, looked for once more at every start: a constraint can be dropped by hand."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from feedback.config import NotConfigured
from feedback.operations.school import School
from feedback.setting_values import FLOOR_PUBLIC, FLOOR_TEAM

#: Table, column and the least that may stand in it; of rounds and tickets, how many have to be in a box.
_LEAST = (
    ("privacy_rules", "k_team", FLOOR_TEAM),
    ("privacy_rules", "k_public", FLOOR_PUBLIC),
    ("round", "k", FLOOR_TEAM),
    ("ticket", "k", FLOOR_TEAM),
)


def below_floor(engine: Engine) -> list[str]:
    """What stands below the floor, as "table.column"; empty where there are no tables yet."""
    return list(_below(engine))


def refuse_below_floor(school: School) -> None:
    """NotConfigured where a row would show fewer people than the floor; nothing is served or counted then."""
    # A file that is not there yet would be made by looking into it.
    if school.engine.dialect.name == "sqlite" and not Path(str(school.engine.url.database)).is_file():
        return
    if found := below_floor(school.engine):
        school.engine.dispose()
        raise NotConfigured(
            f"In the database stand thresholds below the floor: {', '.join(found)}. Somebody changed them by hand. "
            "Put back a backup (voicebox restore), or set them to the floor, and tell the privacy officer."
        )


def _below(engine: Engine) -> Iterator[str]:
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        for table, column, least in _LEAST:
            if table not in there:
                continue
            quoted = connection.dialect.identifier_preparer.quote(table)
            low = f"SELECT 1 FROM {quoted} WHERE {column} < :least LIMIT 1"  # noqa: S608 - names of ours
            if connection.execute(text(low), {"least": least}).first() is not None:
                yield f"{table}.{column}"
