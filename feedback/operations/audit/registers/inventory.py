"""The data inventory: every column that there is, from `privacy/inventory.yaml`, held against the tables themselves."""

from collections.abc import Mapping
from itertools import groupby

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.models import Base
from feedback.operations.audit.registers.inventory_words import (
    CATEGORIES,
    CATEGORIES_TOLD,
    LAYERS,
    LAYERS_TOLD,
    PURPOSES,
    READERS,
    TABLES,
)
from feedback.operations.audit.registers.kind import Register, Section, Statement
from feedback.operations.retention.layer_words import STARTS
from feedback.operations.rules import law_in
from feedback.operations.school import School
from feedback.privacy.inventory import ColumnKept, inventory, undescribed
from feedback.privacy.schedule import schedule_of
from feedback.spoken import whole

NAME = "inventory"


def make(session: Session, school: School, _language: str) -> Register:
    """The register of columns."""
    columns = inventory()
    sections = tuple(_of_table(table, list(found)) for table, found in groupby(columns, lambda each: each.table))
    told = gettext(
        "The database has %(tables)s tables with %(columns)s columns. Each one is described: what it is for, what it "
        "is about, how long it is kept, and who reads it.",
        tables=len(sections),
        columns=len(columns),
    )
    left = undescribed({name: list(table.columns.keys()) for name, table in Base.metadata.tables.items()})
    return Register(
        NAME,
        gettext("What is stored: the data inventory"),
        (Section("all", gettext("All together"), (told,)), *_keys(law_in(session, school.settings)), *sections),
        (Statement(told, "all"),),
        tuple(left),
    )


def _keys(law: str) -> tuple[Section, Section]:
    """What the words in the tables mean."""
    kept = tuple((gettext(word), _how_long(name, law)) for name, word in LAYERS.items())
    about = _key(CATEGORIES, CATEGORIES_TOLD)
    means = gettext("What it means")
    return (
        Section("layers", gettext("How long it is kept"), (), (gettext("Kept with"), means), kept),
        Section("categories", gettext("Whom it is about"), (), (gettext("Word"), means), about),
    )


def _how_long(layer: str, law: str) -> str:
    known = schedule_of(law).get(layer)
    days = whole(known.days) if known else ""
    if layer in LAYERS_TOLD or known is None:
        return gettext(LAYERS_TOLD[layer], days=days)
    return gettext("At most %(days)s days %(start)s.", days=days, start=gettext(STARTS[known.starts]))


def _key(words: Mapping[str, str], told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((gettext(word), gettext(told[name])) for name, word in words.items())


def _of_table(table: str, columns: list[ColumnKept]) -> Section:
    head = (
        gettext("Column"),
        gettext("What it is for"),
        gettext("Whom it is about"),
        gettext("Kept with"),
        gettext("Who reads it"),
    )
    return Section(table, f"{gettext(TABLES[table])} · {table}", (), head, tuple(map(_row, columns)))


def _row(kept: ColumnKept) -> tuple[str, ...]:
    return (
        kept.column,
        gettext(PURPOSES[kept.purpose]),
        gettext(CATEGORIES[kept.category]),
        gettext(LAYERS[kept.layer]),
        ", ".join(gettext(READERS[reader]) for reader in kept.readers),
    )
