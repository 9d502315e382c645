"""Results: nothing before the count, the team's release after it, and the PDF from the worker."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback import jobs
from feedback.models import Round, StaffMember
from feedback.operations.reports.report import MOST_TRIES, Wanted, begin_report, keep_report, report_facts
from feedback.operations.school import School
from forms.library import open_library
from tests.desk import Desk, fill_and_count
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member
from tests.pages import Page

TRUSTING, DOUBTING = {"trust": "very-much", "better": "More books."}, {"trust": "a-little", "better": "More sport."}


def test_results_say_who_answered_what_decides_and_what_was_said(school: School, app: Flask) -> None:
    teacher, round_ = _counted(school)
    words = Desk(app, teacher).open(f"/rounds/{round_.id}/results").words
    assert "35 to 39 people" in words
    assert "Asked: 50." in words
    assert "Clear yes" in words
    assert "answered: Quite a lot or Very much." in words
    assert "They are not for judging staff." in words
    assert "The comments are read by a person." in words
    assert "More books." not in words


def test_nine_voices_give_no_result_anywhere(school: School, app: Flask, client: FlaskClient) -> None:
    teacher = a_staff_member(school)
    round_ = a_round(school, a_family_instrument(), owner_id=teacher.id)
    fill_and_count(school, round_, *[{"ease": "easy"}] * 9)
    page = Desk(app, teacher).open(f"/rounds/{round_.id}/results")
    assert page.title == "Results: Class 2B"
    assert "We promised to open the box only if 10 people or more answered" in page.words
    assert "%" not in page.words
    public = Page(client.get(f"/en/r/{round_.code}/results"))
    assert "Too few people answered" in public.words
    assert "%" not in public.words


def test_a_next_step_is_worded_by_the_teacher_and_an_empty_one_goes_back_to_the_forms(
    school: School, app: Flask
) -> None:
    teacher, round_ = _counted(school)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/results"
    suggested = desk.open(path).fields["text"]
    assert desk.send(f"{path}/next-steps/trust", text="We ask the class on Friday.").fields["text"] == [
        "We ask the class on Friday."
    ]
    assert desk.open(path).fields["text"] == ["We ask the class on Friday."]
    assert desk.send(f"{path}/next-steps/trust", text=" ").fields["text"] == suggested


def test_a_next_step_belongs_to_a_finding(school: School, app: Flask) -> None:
    teacher, round_ = _counted(school)
    assert Desk(app, teacher).send(f"/rounds/{round_.id}/results/next-steps/better", text="x").status == 404


def test_the_pdf_is_made_by_the_worker_while_the_page_looks_again(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda *command: asked.append(command))
    teacher, round_ = _counted(school)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/results"
    assert "Make the PDF" in desk.open(path).words
    page = desk.send(f"{path}/pdf")
    assert asked == [(school.settings.instance, "make-report", round_.id, "en", "--kind", "teacher")]
    assert "The PDF is being made." in page.words
    assert page.response.headers["Refresh"] == f"4; url=/en/desk{path}"
    still = desk.open(f"{path}?still=yes")
    assert ("Refresh" in still.response.headers, "This page does not look by itself." in still.words) == (False, True)
    assert desk.status(f"{path}.pdf") == 404
    keep_report(school, report_facts(school, Wanted(round_.id, "en")), b"%PDF-1.7 two pages")
    page = desk.open(path)
    assert "Refresh" not in page.response.headers
    assert f"/en/desk{path}.pdf" in page.links
    got = desk.client.get(f"/en/desk{path}.pdf")
    assert (got.mimetype, got.data) == ("application/pdf", b"%PDF-1.7 two pages")
    assert got.headers["Content-Disposition"] == f"attachment; filename=voicebox-{round_.code}-en.pdf"


def test_a_pdf_that_could_not_be_made_says_so_and_can_be_asked_for_again(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ask_for", lambda *_command: None)
    teacher, round_ = _counted(school)
    desk, path = Desk(app, teacher), f"/rounds/{round_.id}/results"
    desk.send(f"{path}/pdf")
    for _ in range(MOST_TRIES):
        begin_report(school, Wanted(round_.id, "en"))
    page = desk.open(path)
    assert "The PDF could not be made. Tell the administrator; you can try again." in page.words
    assert "Refresh" not in page.response.headers
    assert "The PDF is being made." in desk.send(f"{path}/pdf").words


def test_new_words_for_a_next_step_make_a_new_pdf(school: School, app: Flask) -> None:
    teacher, round_ = _counted(school)
    keep_report(school, report_facts(school, Wanted(round_.id, "en")), b"%PDF")
    page = Desk(app, teacher).send(f"/rounds/{round_.id}/results/next-steps/trust", text="We ask on Friday.")
    assert "Make the PDF" in page.words


def test_a_page_that_waits_can_be_told_not_to_look_by_itself(school: School, app: Flask) -> None:
    round_ = a_round(school, state="counting")
    page = Desk(app, a_staff_member(school, "lead")).open(f"/rounds/{round_.id}/results?still=yes")
    assert "Refresh" not in page.response.headers
    assert "This page does not look by itself." in page.words


def test_results_can_be_compared_by_what_was_declared(school: School, app: Flask) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, a_family_instrument(), group_size=60, breakdowns=["again"])
    eager, tired = {"again": "yes", "ease": "easy"}, {"again": "no", "ease": "hard"}
    mixed = [{**eager, "ease": "hard"}, {**tired, "ease": "easy"}]
    fill_and_count(school, round_, *[eager] * 20, *[tired] * 20, *mixed * 5)
    words = " ".join(Desk(app, lead).open(f"/rounds/{round_.id}/results").words.split())
    assert "How many answered: Very easy. By what they said to: Do you want to use it again?" in words


def test_the_public_reads_its_own_release_and_is_given_nothing_to_keep(
    school: School, app: Flask, client: FlaskClient
) -> None:
    _teacher, round_ = _counted(school)
    app.extensions["clock"] = lambda: None  # nothing on this page depends on the time of the visit
    answer = client.get(f"/en/r/{round_.code}/results")
    page = Page(answer)
    assert "What you told us" in page.title
    assert "answered: Quite a lot or Very much." in page.words
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/en/r/NOPE/results").status_code == 404


def test_before_the_count_the_public_is_told_when_to_come_back(school: School, client: FlaskClient) -> None:
    page = Page(client.get(f"/en/r/{a_round(school).code}/results"))
    assert (page.status, "By December 14, 2026 we will tell you what we heard." in page.words) == (200, True)


def _counted(school: School) -> tuple[StaffMember, Round]:
    teacher = a_staff_member(school)
    criterion = {"question": "trust", "cells": ["quite-a-lot", "very-much"], "target": 60, "minimum_voices": 10}
    pilot = a_pilot(school, criterion=criterion)
    round_ = a_round(school, open_library("family-window"), pilot=pilot, group_size=50, owner_id=teacher.id)
    fill_and_count(school, round_, *[TRUSTING] * 33, *[DOUBTING] * 5)
    return teacher, round_


def test_words_that_nobody_signed_in_time_are_said_to_be_left_out(school: School, app: Flask) -> None:
    teacher, round_ = _counted(school)
    assert "The comments are read by a person." in Desk(app, teacher).open(f"/rounds/{round_.id}/results").words
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).promise_on = NOW.date()
    words = Desk(app, teacher).open(f"/rounds/{round_.id}/results").words
    assert "The last day to sign was November 19, 2026." in words
    assert "The comments are read by a person." not in words
