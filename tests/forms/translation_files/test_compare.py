"""Drift is found text by text, and a stale or partial file never writes over newer work."""

from dataclasses import replace

import pytest

from forms.translation_files import Found, Sheet, compare
from tests.forms.translation_files.sheets import FORMATS, hard_sheet, sheet_of, there_and_back, with_words


def _changed(sheet: Sheet, key: str, **facts: str) -> Sheet:
    units = tuple(replace(unit, **facts) if unit.key == key else unit for unit in sheet.units)  # type: ignore[arg-type]  # texts alone
    return replace(sheet, units=units)


def _kinds(sheet: Sheet, found: Found) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for line in compare(sheet, found).lines:
        kinds.setdefault(line.kind, []).append(line.unit.key)
    kinds.pop("same", None)
    return kinds


@pytest.mark.parametrize("format_", FORMATS)
def test_one_changed_source_word_keeps_that_text_out_and_takes_the_others(format_: str) -> None:
    sheet = replace(hard_sheet(), units=hard_sheet().units[:5])
    found = with_words(there_and_back(format_, sheet), **{"items/lines": "Neu", "items/blanks": "Neu auch"})
    now = _changed(sheet, "items/lines/text", source="One\ntwo\n\nfive\n")
    assert _kinds(now, found) == {"drifted": ["items/lines/text"], "changed": ["items/blanks/text"]}


@pytest.mark.parametrize("format_", FORMATS)
def test_words_that_changed_at_the_desk_since_are_never_written_over(format_: str) -> None:
    sheet = sheet_of("first-look", "fr")
    found = with_words(there_and_back(format_, sheet), introduction="Depuis le fichier")
    assert _kinds(sheet, found)["changed"] == ["introduction"]
    now = _changed(sheet, "introduction", words="Entre-temps au bureau", state="draft")
    assert _kinds(now, found)["conflict"] == ["introduction"]
    # What was emptied there since is free, and the same words from two sides are no conflict.
    assert _kinds(_changed(sheet, "introduction", words="", state="missing"), found)["new"] == ["introduction"]
    both = _changed(sheet, "introduction", words="Depuis le fichier", state="draft")
    assert "conflict" not in _kinds(both, found)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_emptied_or_missing_text_takes_nothing_away(format_: str) -> None:
    sheet = sheet_of("first-look", "fr")
    found = with_words(there_and_back(format_, sheet), introduction="")
    part = replace(found, units=tuple(unit for unit in found.units if unit.key != "items/use/text"))
    plan = compare(sheet, part)
    assert (plan.taken, plan.refused) == ((), ())
    missing = {unit.key for unit in found.units} - {unit.key for unit in part.units}
    assert set(plan.absent) == missing


def test_a_key_that_the_form_has_not_is_told() -> None:
    sheet = sheet_of("first-look", "fr")
    found = there_and_back("po", sheet)
    without = replace(sheet, units=sheet.units[1:])
    assert _kinds(without, found)["unknown"] == [sheet.units[0].key]


def test_without_marks_only_an_unchanged_desk_is_written_over() -> None:
    sheet = sheet_of("first-look", "fr")
    found = with_words(there_and_back("po", sheet), introduction="Autrement")
    bare = replace(found, units=tuple(replace(unit, mark="") for unit in found.units))
    assert _kinds(sheet, bare)["changed"] == ["introduction"]
    # One text elsewhere was changed: then nothing says what this file's words were made from.
    assert _kinds(_changed(sheet, "title", words="Premier"), bare)["conflict"] == ["introduction"]
    nothing = replace(bare, made_from="")
    assert _kinds(sheet, nothing)["conflict"] == ["introduction"]


def test_squeezed_blanks_of_a_source_are_no_drift_where_the_mark_proves_it() -> None:
    sheet = replace(hard_sheet(), units=hard_sheet().units[:3])
    found = there_and_back("csv", sheet)
    squeezed = replace(found, units=tuple(replace(u, source=" ".join((u.source or "").split())) for u in found.units))
    assert _kinds(sheet, squeezed) == {}
    bare = replace(squeezed, units=tuple(replace(unit, mark="") for unit in squeezed.units), made_from="")
    assert set(_kinds(sheet, bare)) == {"drifted"}


def test_the_digest_of_a_plan_is_another_one_as_soon_as_something_else_would_be_stored() -> None:
    sheet = sheet_of("first-look", "fr")
    found = with_words(there_and_back("po", sheet), introduction="Autrement")
    plan = compare(sheet, found)
    assert plan.digest == compare(sheet, found).digest
    other = compare(sheet, with_words(found, introduction="Encore autrement"))
    over = compare(_changed(sheet, "introduction", words="", state="missing"), found)
    assert len({plan.digest, other.digest, over.digest}) == 3
