"""What other tools make of our files comes back right: turned round, with notes, states, prefixes and marks."""

from dataclasses import replace
from typing import Any

import pytest
from translate.storage import po, xliff

from forms.translation_files import FileRefused, Sheet, compare, read, write
from tests.forms.translation_files.sheets import sheet_of
from tests.forms.translation_files.tool_files import (
    OMEGAT_12,
    SHEET,
    TITLE,
    TOOL_21,
    TOOL_FILES,
    TRADOS_12,
    WANTED,
    WHY,
)


@pytest.mark.parametrize("tool", TOOL_FILES)
def test_the_file_of_a_tool_is_taken_whole(tool: str) -> None:
    plan = compare(SHEET, read(TOOL_FILES[tool]))
    assert {line.unit.key: line.unit.words for line in plan.taken} == WANTED
    assert {line.unit.key: line.kind for line in plan.taken} == {"title": "new", WHY.key: "changed"}
    assert (plan.refused, plan.absent) == ((), ())


def test_what_translate_toolkit_changes_in_our_files_is_what_changes_here() -> None:
    sheet = sheet_of("family-window", "fr")
    kinds: dict[str, Any] = {"xliff12": xliff.Xliff1File, "po": po.pofile}
    for format_, kind in kinds.items():
        store = kind.parsestring(write(format_, sheet))
        unit = next(each for each in store.units if str(each.source) == "Family Window")
        unit.target = "La fenêtre des familles"
        unit.addnote("nicer", origin="translator")
        plan = compare(sheet, read(bytes(store)))
        assert [(line.unit.key, line.unit.words) for line in plan.taken] == [("title", "La fenêtre des familles")]
        assert plan.refused == ()


@pytest.mark.parametrize(
    ("found", "put", "kind"),
    [
        ("{{place|un lugar}}", "{{place|un lugar", "pipes"),
        ("{{place|un lugar}}", "un lugar", "pipes"),
        ("{{place|un lugar}}", "{{other|un lugar}}", "pipes"),
        ("¿Por qué?", '¿<x id="7"/>Por qué?', "markup"),
        ("¿Por qué?", "¿<b>Por qué</b>?", "markup"),
        ("¿Por qué?", '¿<g xmlns="urn:other">Por qué</g>?', "markup"),
        ("¿Por qué?", "¿Por\x85 qué\x92?", "characters"),
        ("¿Por qué?", "¿Por qué?" * 2_000, "long"),
        ("<target>Elegiste", '<target state="needs-translation"></target><target>Elegiste', "empty"),
    ],
)
def test_a_text_that_cannot_be_taken_is_refused_alone(found: str, put: str, kind: str) -> None:
    found, put = found.format(), put.format()
    plan = compare(SHEET, read(OMEGAT_12.replace(found, put).encode()))
    assert {line.unit.key: line.kind for line in plan.lines} == {"title": "new", WHY.key: kind}


def test_a_unit_with_only_one_of_its_segments_translated_waits() -> None:
    half = TOOL_21.replace("<x:target><x:sm", "<x:nothing><x:sm").replace(
        "Cuéntanos.</x:target>", "Cuéntanos.</x:nothing>"
    )
    plan = compare(SHEET, read(half.encode()))
    assert {line.unit.key: line.kind for line in plan.lines} == {"title": "new", WHY.key: "half"}


@pytest.mark.parametrize(
    ("state", "said", "kind"),
    [
        ("machine", "translated", "looked_at"),
        ("machine", "signed-off", "looked_at"),
        ("machine", "needs-review-translation", "same"),
        ("stale", "translated", "same"),
        ("stale", "final", "looked_at"),
        ("draft", "final", "same"),
        ("signed", "needs-adaptation", "same"),
    ],
)
def test_a_state_in_a_file_says_at_most_that_somebody_looked(state: str, said: str, kind: str) -> None:
    sheet = Sheet("family-window", "en", "es", (replace(WHY, state=state, words=WANTED[WHY.key]), TITLE))
    mark = sheet.units[0].mark
    file = OMEGAT_12.replace(WHY.mark, mark).replace("<target>Elegiste", f'<target state="{said}">Elegiste')
    assert {line.unit.key: line.kind for line in compare(sheet, read(file.encode())).lines}[WHY.key] == kind


@pytest.mark.parametrize(
    ("found", "put", "why"),
    [
        ('version="1.2"', 'version="1.0"', "version"),
        ('version="1.2"', 'version="3.0"', "version"),
        ("document:1.2", "document:9.9", "version"),
        ("family-window", "first-look", "other_form"),
        ('target-language="es"', 'target-language="fr"', "other_language"),
        ('target-language="es"', 'target-language="es-Latn"', "other_language"),
        ('source-language="en"', 'source-language="de"', "other_language"),
        ('target-language="es"', "", "not_ours"),
        (f'id="{WHY.key}"', 'id="title"', "duplicate: title"),
        ("</xliff>", "", "broken"),
        ("<xliff ", "<tmx ", "broken"),
        ("trans-unit", "bin-unit", "empty"),
    ],
)
def test_a_file_that_is_not_meant_for_this_place_is_refused(found: str, put: str, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        compare(SHEET, read(OMEGAT_12.replace(found, put).encode()))


def test_a_file_of_two_forms_is_no_file_of_ours() -> None:
    file = TRADOS_12.replace("</file>", '</file><file original="x"><body/></file>')
    with pytest.raises(FileRefused, match="broken"):
        read(file.encode())
