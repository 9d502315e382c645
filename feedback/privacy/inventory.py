"""The inventory of data, `inventory.yaml`: what every column is for, what it is about, how long it stays, who reads it.

It is written down and not read from the models: a column that slips into a model must be met by somebody who asks.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).with_name("inventory.yaml")
_Word = Annotated[str, Field(min_length=1)]
_Columns = Annotated[list[_Word], Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    category: _Word
    layer: _Word
    readers: Annotated[list[_Word], Field(min_length=1)]
    columns: dict[_Word, _Columns]
    about: dict[_Word, _Columns] = {}
    read: dict[_Word, _Columns] = {}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    tables: dict[str, _Table]


class InventoryWrong(ValueError):
    """`inventory.yaml` names a column twice, or one that its table has not."""


@dataclass(frozen=True, slots=True)
class ColumnKept:
    """One column, in words of `inventory.yaml`: purpose, category, layer and readers are never empty."""

    table: str
    column: str
    purpose: str
    category: str
    layer: str
    readers: tuple[str, ...]


@cache
def inventory() -> tuple[ColumnKept, ...]:
    """Every column, in the order of the file. InventoryWrong, and pydantic's ValidationError for another shape."""
    return read_inventory(_FILE.read_text(encoding="utf-8"))


def read_inventory(text: str) -> tuple[ColumnKept, ...]:
    """The same of any such text."""
    read = _File.model_validate({"tables": yaml.safe_load(text)})
    return tuple(kept for name, table in read.tables.items() for kept in _columns_of(name, table))


def undescribed(columns: Mapping[str, Collection[str]]) -> list[str]:
    """What differs between this and a schema (table -> columns), as "table.column", in the order of the alphabet."""
    ours = {(kept.table, kept.column) for kept in inventory()}
    theirs = {(table, column) for table, names in columns.items() for column in names}
    return sorted(f"{table}.{column}" for table, column in ours ^ theirs)


def _columns_of(name: str, table: _Table) -> Iterator[ColumnKept]:
    purposes = _by_column(name, table.columns)
    abouts, reads = _by_column(name, table.about), _by_column(name, table.read)
    if strangers := (abouts.keys() | reads.keys()) - purposes.keys():
        raise InventoryWrong(f"{name}: {sorted(strangers)}")
    for column, purpose in purposes.items():
        readers = tuple(each.strip() for each in reads[column].split(",")) if column in reads else tuple(table.readers)
        yield ColumnKept(name, column, purpose, abouts.get(column, table.category), table.layer, readers)


def _by_column(name: str, columns: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, names in columns.items():
        for column in names:
            if column in found:
                raise InventoryWrong(f"{name}.{column} stands there twice")
            found[column] = word
    return found
