"""The data inventory: every column that there is, from `privacy/inventory.yaml`, held against the tables themselves."""

from itertools import groupby

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.models import Base
from feedback.operations.registers.inventory_words import CATEGORIES, LAYERS, PURPOSES, READERS, TABLES
from feedback.operations.registers.kind import Register, Section, Statement
from feedback.operations.school import School
from feedback.privacy.inventory import ColumnKept, inventory, undescribed

NAME = "inventory"


def make(_session: Session, _school: School, _language: str) -> Register:
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
        (Section("all", gettext("All together"), (told,)), *sections),
        (Statement(told, "all"),),
        tuple(left),
    )


def _of_table(table: str, columns: list[ColumnKept]) -> Section:
    head = (
        gettext("Column"),
        gettext("What it is for"),
        gettext("Whom it is about"),
        gettext("How long it is kept"),
        gettext("Who reads it"),
    )
    return Section(table, f"{table} · {gettext(TABLES[table])}", (), head, tuple(map(_row, columns)))


def _row(kept: ColumnKept) -> tuple[str, ...]:
    return (
        kept.column,
        gettext(PURPOSES[kept.purpose]),
        gettext(CATEGORIES[kept.category]),
        gettext(LAYERS[kept.layer]),
        ", ".join(gettext(READERS[reader]) for reader in kept.readers),
    )
