"""Papers and messages at the desk: made by the worker, kept, and said in the languages of the round."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for
from playwright.sync_api import BrowserContext
from sqlalchemy.orm import Session

from feedback import jobs
from feedback.app import create_app
from feedback.i18n import Catalogue, offered
from feedback.models import Round
from feedback.operations.errors import WrongState
from feedback.operations.finish import catch_up
from feedback.operations.reports.form_paper import ask_for_papers, begin_papers, keep_papers, paper_facts, papers_in
from feedback.operations.reports.report import MOST_TRIES
from feedback.operations.rounds.course import discard_round
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.web.rounds.paper_desk import OCCASIONS, SHORT, messages_in
from tests.conftest import Server
from tests.desk import Desk
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member, an_instrument, in_languages

_MADE = {paper: f"%PDF {paper}".encode() for paper in papers_in("ar")}
#: As long as an address that a school can still print.
_LONG_ADDRESS = "https://rueckmeldung.gesamtschule-am-see.example"
_GROUPS = [{"code": "AB12", "name": "3A", "size": None}]


@pytest.fixture
def asked_of_worker(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs, "ask_for", lambda _instance, *command: commands.append(command))
    return commands


def test_papers_are_asked_for_waited_for_and_taken_home(
    school: School, app: Flask, asked_of_worker: list[tuple[str, ...]]
) -> None:
    round_, desk = a_round(school), Desk(app, a_staff_member(school, "lead"))
    papers = f"/rounds/{round_.id}/papers"
    assert f"/en/desk{papers}" in desk.open(f"/rounds/{round_.id}").links
    page = desk.send(f"{papers}/ar")
    assert asked_of_worker == [("make-papers", round_.id, "ar", "--group=")]
    assert "The papers are being made. This page looks again by itself." in page.words
    assert page.response.headers["Refresh"] == f"4; url=/en/desk{papers}"
    assert "Refresh" not in desk.open(f"{papers}?still=yes").response.headers
    keep_papers(school, paper_facts(school, round_.id, "ar"), _MADE)
    links = desk.open(papers).links
    for paper in papers_in("ar"):
        answer = desk.client.get(f"/en/desk{papers}/{paper}-ar.pdf")
        assert f"/en/desk{papers}/{paper}-ar.pdf" in links
        assert (answer.data, answer.mimetype) == (_MADE[paper], "application/pdf")
        assert f"voicebox-{round_.code}-{paper}-ar.pdf" in answer.headers["Content-Disposition"]
        assert desk.status(f"{papers}/{paper}-en.pdf") == 404


def test_a_language_whose_name_has_a_hyphen_has_its_papers_too(school: School, app: Flask) -> None:
    round_ = a_round(school, in_languages(an_instrument(), ["en", "zh-Hans"]))
    keep_papers(school, paper_facts(school, round_.id, "zh-Hans"), _MADE)
    place = f"/rounds/{round_.id}/papers/letter-zh-Hans.pdf"
    assert Desk(app, a_staff_member(school, "lead")).status(place) == 200


def test_papers_of_a_group_carry_its_link_and_are_kept_apart(
    school: School, app: Flask, asked_of_worker: list[tuple[str, ...]]
) -> None:
    round_, desk = a_round(school, groups=_GROUPS), Desk(app, a_staff_member(school, "lead"))
    desk.send(f"/rounds/{round_.id}/papers/en?group=AB12")
    assert asked_of_worker == [("make-papers", round_.id, "en", "--group=AB12")]
    facts = paper_facts(school, round_.id, "en", "AB12")
    assert facts.address.endswith(f"/en/r/{round_.code}/g/AB12")
    keep_papers(school, facts, _MADE)
    place = f"/rounds/{round_.id}/papers/form-en.pdf"
    assert [desk.status(f"{place}{of}") for of in ("?group=AB12", "", "?group=ZZ99")] == [200, 404, 404]


def test_the_worker_finds_papers_again_that_its_queue_lost(school: School) -> None:
    round_, lead = a_round(school), a_staff_member(school, "lead")
    ask_for_papers(school, lead, round_.id, "es")
    commands: list[tuple[str, ...]] = []

    def run(*command: str) -> bool:
        commands.append(command)
        return True

    for _ in range(MOST_TRIES + 1):
        begin_papers(school, paper_facts(school, round_.id, "es"))
        catch_up(school, now=NOW, today=NOW.date(), run=run, said=lambda _: None)
    assert commands == [("make-papers", round_.id, "es", "--group=")] * (MOST_TRIES - 1)


def test_changed_facts_need_new_papers_and_printed_slips_do_not(school: School) -> None:
    round_ = a_round(school, slips=True)

    def of(**changed: object) -> str:
        with Session(school.engine) as session, session.begin():
            for name, value in changed.items():
                setattr(session.get_one(Round, round_.id), name, value)
        return paper_facts(school, round_.id, "en").of

    first = of()
    assert of(slips_printed=5) == first
    later = of(promise_on=NOW.date() + timedelta(days=30))
    assert later != first
    assert of(paper_until=NOW + timedelta(days=20)) not in {first, later}
    assert paper_facts(school, round_.id, "ar").of != of()


def test_a_draft_that_was_looked_at_on_paper_can_be_thrown_away(school: School) -> None:
    lead = a_staff_member(school, "lead")
    round_ = a_round(school, state="draft")
    ask_for_papers(school, lead, round_.id, "en")
    keep_papers(school, paper_facts(school, round_.id, "en"), _MADE)
    ask_for_papers(school, lead, round_.id, "en")
    discard_round(school, lead, round_.id, now=NOW)


def test_an_imported_round_prints_nothing(school: School) -> None:
    round_ = a_round(school, imported=True, group_size=None)
    with pytest.raises(WrongState):
        paper_facts(school, round_.id, "en")


def test_the_printed_addresses_are_those_of_the_pages(school: School, app: Flask) -> None:
    facts = paper_facts(school, a_round(school, groups=_GROUPS).id, "ar", "AB12")
    code, root = facts.asked.code, school.settings.public_address
    with app.test_request_context():
        pages = [
            url_for("respond.ask", language="ar", code=code, group="AB12"),
            url_for("public.about", language="ar", code=code),
            url_for("public_results.show_public", language="ar", code=code),
        ]
    assert [facts.address, facts.about, facts.results] == [root + page for page in pages]


@pytest.mark.parametrize("language", offered(Catalogue.RESPONDENT))
@pytest.mark.parametrize("name", ["Hill Road School", "Gesamtschule am See mit gymnasialer Oberstufe, Standort Nord"])
def test_a_short_message_fits_160_characters_with_a_long_address(school: School, language: str, name: str) -> None:
    renamed = replace(school, settings=replace(school.settings, public_address=_LONG_ADDRESS, school_name=name))
    form = in_languages(an_instrument(), offered(Catalogue.RESPONDENT))
    facts = paper_facts(renamed, a_round(school, form, groups=_GROUPS).id, language, "AB12")
    app = create_app(renamed.settings)
    app.extensions["school"].engine.dispose()
    with app.test_request_context():
        messages = messages_in(facts)
    assert [message.occasion for message in messages] == list(OCCASIONS)
    for message in messages:
        address = facts.results if message.occasion == "results" else facts.address
        assert len(message.short) <= SHORT, message.short
        assert message.short.endswith(f" {address}")
        assert f"\n\n{address}\n\n" in message.long
        assert message.long.endswith(name)
        assert "\n\n\n" not in message.long
        assert "&" not in message.short + message.long


def test_messages_say_the_same_whoever_has_answered_and_keep_what_people_wrote(school: School, app: Flask) -> None:
    words = {"en": {"title": "R & D", "trying": "We try <this> & that.", "why": "Why's that?", "promise": "Yes."}}
    round_ = a_round(school, a_family_instrument(), pilot=a_pilot(school, words=words), slips=True)
    page = Desk(app, a_staff_member(school, "lead")).open(f"/rounds/{round_.id}/messages/en")
    assert "Voicebox sends no messages and knows nobody’s number." in page.words
    assert "We try &lt;this&gt; &amp; that. Why&#39;s that?" in page.response.text
    assert page.response.text.count("You need your slip.") == 5


def test_messages_are_copied_with_a_button(
    context: BrowserContext, server: Server, school: School, check_access: Callable[[Any], None]
) -> None:
    round_ = a_round(school)
    token = remember_browser(school, None, {"staff_id": a_staff_member(school, "lead").id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(f"{server.root}/en/desk/rounds/{round_.id}/messages/ar")
    check_access(tab)
    tab.click("[data-copies=opening-short]")
    tab.wait_for_selector("section:nth-of-type(2) [role=status]:not([hidden])")
    assert tab.evaluate("navigator.clipboard.readText()") == tab.input_value("#opening-short")
