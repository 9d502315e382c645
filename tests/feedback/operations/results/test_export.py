"""What a release says when it is taken away: what its page says, and nothing of what is hidden there."""

from collections.abc import Iterator
from dataclasses import astuple, replace

import pytest
from flask import Flask, get_template_attribute
from sqlalchemy.orm import Session

from analysis.summary import Direction, Figure, GroupFigure, People, Reader, Share, TooFew
from feedback.i18n import Catalogue, speaking
from feedback.models import Round
from feedback.operations.results.export.make import make_export
from feedback.operations.results.export.rows import Export
from feedback.operations.results.export.said import people_said, share_said
from feedback.operations.results.read_release import Released, read_released
from feedback.operations.school import School
from tests.every_type import every_type
from tests.factories import a_round
from tests.feedback.exports import a_released_round

FIGURES = (
    Share("exactly", 72, 72, 72, (60, 81)),
    Share("at_least", 80, 100, 80, (50, 94)),
    Share("at_most", 0, 20, 20, (6, 50)),
    Share("between", 60, 80, 70, (40, 89)),
    Direction("most"),
    Direction("about_half"),
    Direction("few"),
)


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context(), speaking("en", Catalogue.STAFF):
        yield


def export_of(school: School, round_: Round, reader: Reader, **changes: object) -> Export:
    with Session(school.engine) as session:
        stored = session.get_one(Round, round_.id)
        released: Released = replace(read_released(session, stored, reader), **changes)  # type: ignore[arg-type]  # as named
        return make_export(stored, released)


def figures(export: Export, question: str) -> dict[str, str]:
    return {row.answer_ids: row.figure for row in export.figures if row.question == question}


def hidden(export: Export) -> list[str]:
    return [row.text for row in export.notes if row.topic == "Merged or hidden"]


@pytest.mark.parametrize("figure", FIGURES, ids=str)
@pytest.mark.parametrize("language", ["en", "ar", "es"])
def test_a_file_prints_a_figure_as_the_page_does(app: Flask, figure: Figure, language: str) -> None:
    with app.test_request_context(), speaking(language, Catalogue.STAFF):
        assert share_said(figure) == str(get_template_attribute("macros/figures.html", "share")(figure)) != ""
        band = People(20, 24)
        assert people_said(band) == str(get_template_attribute("macros/figures.html", "people")(band))


@pytest.mark.usefixtures("english")
def test_what_is_hidden_has_no_row_and_is_named_in_the_notes_without_a_number(school: School) -> None:
    export = export_of(school, a_released_round(school), Reader.TEAM)
    assert figures(export, "liked") == {"games": "68%"}
    assert "Too few to show: The books or The stars" in hidden(export)
    assert not any(character.isdigit() for text in hidden(export) for character in text)
    assert share_said(TooFew()) == people_said(TooFew()) == ""


@pytest.mark.usefixtures("english")
def test_ends_are_told_as_ranges_and_merged_answers_as_one(school: School) -> None:
    export = export_of(school, a_released_round(school), Reader.TEAM)
    assert figures(export, "again") == {"yes": "85% or more", "no maybe": "15% or less"}
    assert [(row.low, row.high) for row in export.figures if row.question == "again"] == [
        ("71%", ""),
        ("71%", ""),
        ("", "29%"),
    ]
    assert "Told as one, so that nobody can be picked out: No or Maybe" in hidden(export)


@pytest.mark.usefixtures("english")
def test_the_criterion_has_its_verdict_and_its_rule(school: School) -> None:
    export = export_of(school, a_released_round(school), Reader.TEAM)
    assert [(row.question, row.verdict) for row in export.figures if row.kind == "criterion"] == [
        ("again", "clear_yes")
    ]
    assert any("the target is 60%; fewest voices that count: 10" in row.text for row in export.notes)


@pytest.mark.usefixtures("english")
def test_of_groups_only_those_that_are_shown_have_a_row(school: School) -> None:
    round_ = a_released_round(school)
    with Session(school.engine) as session:
        summary = read_released(session, session.get_one(Round, round_.id), Reader.TEAM).summary
    liked = summary.question("liked")
    (breakdown,) = liked.breakdowns
    shown = GroupFigure("yes", People(35, 39), FIGURES[0])
    groups = replace(breakdown, groups=(shown, GroupFigure("maybe", TooFew(), TooFew())))
    questions = tuple(replace(one, breakdowns=(groups,)) if one is liked else one for one in summary.questions)
    export = export_of(school, round_, Reader.TEAM, summary=replace(summary, questions=questions))
    rows = [row for row in export.figures if row.kind == "group"]
    assert [(row.group_by, row.group, row.people, row.figure) for row in rows] == [("again", "Yes", "35 to 39", "72%")]
    assert "Too few to show, of those who said “Maybe” to: Do you want to use it again?" in hidden(export)


@pytest.mark.usefixtures("english")
def test_everybodys_file_has_what_everybodys_release_has(school: School) -> None:
    round_ = a_released_round(school)
    team, public = (export_of(school, round_, reader) for reader in Reader)
    assert figures(public, "again") == {"yes": "75% or more", "no maybe": "25% or less"}
    assert [row.kind for row in public.words] == ["written", "theme"]
    assert [row.kind for row in team.words] == ["written", "theme", "quote", "quote"]
    assert not any(row.kind == "group" for row in public.figures)
    texts = [text for row in public.notes for text in astuple(row)]
    assert not any("Class 2B" in text for text in texts)
    assert any("Class 2B" in row.text for row in team.notes)


@pytest.mark.usefixtures("english")
def test_words_that_nobody_signed_are_not_there_and_it_is_said(school: School) -> None:
    export = export_of(school, a_released_round(school), Reader.TEAM, words=None, words_sha256=None)
    assert export.words == ()
    assert "What people wrote is not in here: nobody has signed it." in hidden(export)


@pytest.mark.usefixtures("english")
def test_the_codebook_has_every_question_of_every_type_with_its_answers(school: School) -> None:
    form = every_type()
    round_, other = a_released_round(school), a_round(school, form)
    with Session(school.engine) as session:
        stored = session.get_one(Round, round_.id)
        stored.instrument = session.get_one(Round, other.id).instrument
        released = read_released(session, stored, Reader.TEAM)
        nothing = replace(released.summary, questions=(), findings=(), criterion=None)
        codebook = make_export(stored, replace(released, summary=nothing, words=None)).codebook
    assert list(dict.fromkeys(row.question for row in codebook)) == [question.id for question in form.questions]
    for question in form.questions:
        rows = [row for row in codebook if row.question == question.id]
        best = {row.answer_id for row in rows if row.role == "favourable"}
        assert best == question.best_outcomes()
        assert {row.answer_id for row in rows if row.role == "apart"} == {option.id for option in question.apart()}
        assert all(row.why and row.text for row in rows)
