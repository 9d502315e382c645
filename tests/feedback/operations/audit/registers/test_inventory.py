"""Every column of every table is described, and nothing else is."""

import pytest
from pydantic import ValidationError

from feedback.models import Base
from feedback.operations.audit.registers import inventory_words as words
from feedback.privacy.inventory import InventoryWrong, inventory, read_inventory, undescribed

_COLUMNS = {name: list(table.columns.keys()) for name, table in Base.metadata.tables.items()}


def test_every_column_has_purpose_category_retention_and_readers() -> None:
    assert undescribed(_COLUMNS) == []
    assert {kept.table for kept in inventory()} == set(words.TABLES)
    for kept in inventory():
        assert kept.purpose in words.PURPOSES, kept
        assert kept.category in words.CATEGORIES, kept
        assert kept.layer in words.LAYERS, kept
        assert kept.readers, kept
        assert set(kept.readers) <= set(words.READERS), kept


def test_no_word_is_left_that_no_column_needs() -> None:
    assert {kept.purpose for kept in inventory()} == set(words.PURPOSES)
    assert {kept.category for kept in inventory()} == set(words.CATEGORIES)
    assert {kept.layer for kept in inventory()} == set(words.LAYERS)
    assert {reader for kept in inventory() for reader in kept.readers} == set(words.READERS)


def test_a_column_too_many_or_too_few_is_named() -> None:
    grown = {**_COLUMNS, "envelope": [*_COLUMNS["envelope"], "sent_at"]}
    shrunk = {**_COLUMNS, "slip": ["round_id", "tag"]}
    assert (undescribed(grown), undescribed(shrunk)) == (["envelope.sent_at"], ["slip.used"])


@pytest.mark.parametrize("left_out", ["category", "layer", "readers", "columns"])
def test_a_table_without_one_of_the_four_is_refused(left_out: str) -> None:
    table = {"category": "nobody", "layer": "kept", "readers": "[team]", "columns": "{key: [id]}"}
    text = "\n".join(f"  {name}: {value}" for name, value in table.items() if name != left_out)
    with pytest.raises(ValidationError):
        read_inventory(f"thing:\n{text}")
    assert read_inventory("thing:\n" + text + f"\n  {left_out}: {table[left_out]}")[0].column == "id"


def test_a_column_stands_there_once_and_belongs_to_its_table() -> None:
    start = "thing: {category: nobody, layer: kept, readers: [team], columns: "
    with pytest.raises(InventoryWrong, match="twice"):
        read_inventory(start + "{key: [id], link: [id]}}")
    with pytest.raises(InventoryWrong, match="other"):
        read_inventory(start + "{key: [id]}, about: {staff: [other]}}")
