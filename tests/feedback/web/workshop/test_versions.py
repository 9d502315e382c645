"""Publishing at the desk, the list of versions, what is new between them, and rounds that ask them."""

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations.rounds.course import round_for
from feedback.operations.school import School
from feedback.operations.workshop.drafts import drafts_of, start_draft
from feedback.operations.workshop.versions import versions_of
from feedback.privacy.permissions import ROLES
from forms.draft import new_draft
from tests.desk import Desk
from tests.factories import NOW, a_pilot, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question
from tests.feedback.web.rounds.test_desk_rounds import PLANNED


@pytest.fixture
def lead(school: School) -> StaffMember:
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    return Desk(app, lead)


def test_a_draft_is_published_and_the_second_time_says_what_is_new(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead, audience="families")
    assert "Nothing is published yet" in desk.open(f"/forms/{draft_id}/versions").words
    page = desk.open(f"/forms/{draft_id}/publish")
    assert page.fields["languages"] == ["en", "ar", "es"]
    page = desk.send(f"/forms/{draft_id}/publish", revision="1", languages=["en", "es"], adapted_from="A paper form")
    assert "Version 1 is published. Rounds can ask it from now on." in page.words
    change(school, lead, draft_id, reword("again", "Once more?"))
    silent = desk.send(f"/forms/{draft_id}/publish", revision="2", languages=["en"])
    assert (silent.status, silent.title) == (422, "Please look again: Publish a form")
    assert "Write in a sentence what is new in this version." in silent.words
    late = desk.send(f"/forms/{draft_id}/publish", revision="1", languages=["en"], change_note="Shorter words.")
    assert "Somebody changed the draft meanwhile." in late.words
    assert late.fields["change_note"] == ["Shorter words."]
    page = desk.send(f"/forms/{draft_id}/publish", revision="2", languages=["en"], change_note="Shorter words.")
    assert page.status == 200
    for said in ("Version 2", "Shorter words.", "A paper form", "November 23, 2026", "No round yet"):
        assert said in page.words
    assert [each.instrument.languages for each in versions_of(school, lead, draft_id).versions] == [
        ("en",),
        ("en", "es"),
    ]


def test_what_is_missing_is_shown_with_its_cure_before_anything_is_pressed(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    bare = start_draft(school, lead, new_draft("bare", "Bare", "en", audience="families"), now=NOW)
    page = desk.open(f"/forms/{bare}/publish")
    assert "What is in the way" in page.words
    assert "Write an introduction: why are people asked?" in page.words
    assert "Add a question, or remove this section." in page.words
    assert f"/en/desk/forms/{bare}/facts" in page.links
    refused = desk.send(f"/forms/{bare}/publish", revision="1", languages=["en"])
    assert (refused.status, "The form cannot be asked like this yet." in refused.words) == (422, True)
    draft_id = a_draft(school, lead)
    change(school, lead, draft_id, lambda data: the_question(data, "again").update(why={}))
    change(school, lead, draft_id, lambda data: data["sections"][0].update(show_if={"question": "x", "is": ["y", ""]}))
    assert "Do you want to use it again?" in desk.open(f"/forms/{draft_id}/publish").words
    change(school, lead, draft_id, lambda data: the_question(data, "again")["options"].append({"id": "bare"}))
    for path in (f"/forms/{draft_id}/publish", f"/forms/{draft_id}/versions", "/forms/bank/?words=again"):
        assert desk.status(path) == 200


def test_what_changed_is_told_in_sentences(school: School, desk: Desk, lead: StaffMember) -> None:
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    change(school, lead, draft_id, reword("again", "Do you want to have it again?"))
    change(school, lead, draft_id, lambda data: the_question(data, "liked")["options"].pop())
    change(school, lead, draft_id, lambda data: data.update(minutes=5))
    condition = {"question": "again", "is": ["yes"]}
    change(school, lead, draft_id, lambda data: the_question(data, "wish").update(show_if=condition))
    page = desk.open(f"/forms/{draft_id}/versions/1/draft")
    words = " ".join(page.words.split())
    for said in (
        "What changed from version 1 to the draft",
        "Question: Do you want to usehave it again?",
        "Answer taken out of What did you like? The stars",
        "Minutes it takes: 3 5",
        "Before: asked of everybody. Now: asked only of those who answered Do you want to have it again? with: Yes.",
    ):
        assert said in words
    assert "<del>use</del><ins>have</ins>" in page.response.text
    assert "They say the same" in desk.open(f"/forms/{draft_id}/versions/1/1").words
    assert desk.open(f"/forms/{draft_id}/versions/1/1?in=ar", "ar").dir == "rtl"
    for nowhere in ("/1/9", "/x/1", "/draft/²"):
        assert desk.status(f"/forms/{draft_id}/versions{nowhere}") == 404


def test_a_new_draft_begins_as_an_old_version(school: School, desk: Desk, lead: StaffMember) -> None:
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    page = desk.send(f"/forms/{draft_id}/versions/1/draft")
    assert "The new draft is there." in page.words
    assert [each.name for each in drafts_of(school, lead)] == ["ours", "ours-2"]


def test_own_forms_are_offered_before_the_library_and_rounds_say_their_version(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    pilot = a_pilot(school, owner_id=lead.id)
    before = desk.open(f"/pilots/{pilot.id}/rounds/new/")
    assert "Ours" not in before.words
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id)
    offered = desk.open(f"/pilots/{pilot.id}/rounds/new/").words
    assert offered.index("Ours") < offered.index("First look") < offered.index("For students")
    planned = {**PLANNED, "asked": ["again", "liked"], "breakdowns": ["again"]}
    page = desk.send(f"/pilots/{pilot.id}/rounds/new/ours", **planned)
    assert (page.title, "version 1" in page.words) == ("Families of year 3", True)
    assert "Version 2 of this form is there." not in page.words
    change(school, lead, draft_id, reword("again", "Once more?"))
    publish(school, lead, draft_id, "Shorter.")
    round_id = pilot_round(school, lead, draft_id)
    assert "Version 2 of this form is there." in desk.open(f"/rounds/{round_id}").words
    page = desk.send(f"/rounds/{round_id}/newest-version")
    assert "This round asks version 2 now." in page.words
    asked = round_for(school, lead, round_id).instrument
    assert [question.id for question in asked.questions] == ["again", "liked"]
    assert desk.status(f"/rounds/{round_id}/newest-version", "POST") == 409


def pilot_round(school: School, lead: StaffMember, draft_id: str) -> str:
    """The only round that asked the first version."""
    (round_,) = versions_of(school, lead, draft_id).version(1).rounds
    return round_.id


def test_an_own_form_for_students_can_be_asked_in_a_class_a_ticket_and_a_plan(
    school: School, desk: Desk, lead: StaffMember
) -> None:
    pilot = a_pilot(school, standing=True, owner_id=lead.id)
    draft_id = a_draft(school, lead, audience="students", title={"en": "Our own look", "ar": "نظرتنا", "es": "Nuestra"})
    publish(school, lead, draft_id)
    for page in ("/ask-my-class/", "/tickets/new/", f"/pilots/{pilot.id}/plan/plan_line/new", "/pilots/new"):
        assert "Our own look" in desk.open(page).response.text, page
    assert desk.status("/ask-my-class/ours") == desk.status("/tickets/new/ours") == 200
    line = {"instrument": "ours", "wave": "", "languages": ["en"], "role": "Class teacher"}
    plan = desk.send(f"/pilots/{pilot.id}/plan/plan_line/new", **line)
    assert "Our own look" in plan.words


def test_nobody_sees_the_rounds_of_others_beside_a_version(school: School, app: Flask, lead: StaffMember) -> None:
    teacher = a_staff_member(school, account="other@example.org")
    draft_id = a_draft(school, teacher)
    publish(school, teacher, draft_id)
    instrument = versions_of(school, lead, draft_id).version(1).instrument
    a_round(school, instrument, title="Theirs")
    a_round(school, instrument, title="Mine", owner_id=teacher.id)
    words = Desk(app, teacher).open(f"/forms/{draft_id}/versions").words
    assert ("Mine" in words, "Theirs" in words) == (True, False)


#: Page -> what lead, the draft's own teacher, another teacher and everybody else get.
PAGES = {
    "/forms/{draft}/versions": (200, 200, 404, 403),
    "/forms/{draft}/versions/1/draft": (200, 200, 404, 403),
    "/forms/{draft}/publish": (200, 200, 404, 403),
    "/forms/nothing/versions": (404, 404, 404, 403),
    "/forms/bank/": (200, 200, 200, 403),
    "/rounds/{round}/spelling/": (200, 200, 404, 403),
    "/rounds/{round}/spelling/en/items/again/text": (200, 200, 404, 403),
}
FORMS = {
    "/forms/{draft}/versions/1/draft": (302, 302, 404, 403),
    "/forms/{draft}/publish": (422, 422, 404, 403),
    "/forms/bank/copy": (404, 404, 404, 403),
    "/rounds/{round}/spelling/en/items/again/text": (422, 422, 404, 403),
    "/rounds/{round}/newest-version": (409, 409, 404, 403),
}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_role_opens_what_is_its_own(school: School, app: Flask, lead: StaffMember, method: str) -> None:
    own = a_staff_member(school, account="own@example.org")
    others = [a_staff_member(school, account="other@example.org")]
    others += [
        a_staff_member(school, role, account=f"{role}@example.org") for role in ROLES if role not in ("lead", "teacher")
    ]
    draft_id = a_draft(school, own)
    publish(school, own, draft_id)
    round_ = a_round(school, versions_of(school, own, draft_id).version(1).instrument, owner_id=own.id)
    pages = PAGES if method == "GET" else FORMS
    for place, member in enumerate((lead, own, *others)):
        desk = Desk(app, member)
        got = {page: desk.status(page.format(draft=draft_id, round=round_.id), method) for page in pages}
        assert got == {page: statuses[min(place, 3)] for page, statuses in pages.items()}, member.account
