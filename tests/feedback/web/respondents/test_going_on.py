"""What a form was made from is said by its title; a form whose draft is gone goes on under its own name."""

import pytest
from flask import Flask

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop.drafts import discard_draft, drafts_of, start_draft
from feedback.operations.workshop.publish_form import to_publish
from forms.draft import as_data
from forms.library import open_library
from tests.desk import Desk
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword

#: The title of `a_draft`.
OURS = "Our own look"
TITLE = {"en": OURS, "ar": "نظرتنا", "es": "Nuestra mirada"}


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever writes the form."""
    return a_staff_member(school, "lead")


@pytest.fixture
def desk(app: Flask, lead: StaffMember) -> Desk:
    """Their browser."""
    return Desk(app, lead)


def _copy(school: School, lead: StaffMember, adapted_from: str, name: str = "mine") -> str:
    data = as_data(open_library("first-look")) | {"id": name, "languages": ["en", "es"]}
    return start_draft(school, lead, data, now=NOW, adapted_from=adapted_from)


def test_a_copy_of_a_ready_made_form_names_it_by_its_title(school: School, desk: Desk, lead: StaffMember) -> None:
    draft_id = _copy(school, lead, "first-look 1")
    title = open_library("first-look").title
    words = desk.open(f"/forms/{draft_id}").words
    assert f"It began as a copy of “{title['en']}”, version 1." in words
    assert "first-look 1" not in words
    assert title["es"] in desk.open(f"/forms/{draft_id}", "es").words
    assert f"Adapted from “{title['en']}”, version 1" in desk.open(f"/forms/{draft_id}/versions").words


def test_a_copy_of_an_own_form_names_it_too_and_own_words_stay(school: School, desk: Desk, lead: StaffMember) -> None:
    publish(school, lead, a_draft(school, lead, title=TITLE), adapted_from="family-window 1")
    copied, told = _copy(school, lead, "ours 1"), _copy(school, lead, "A paper form", "other")
    assert f"It began as a copy of “{OURS}”, version 1." in desk.open(f"/forms/{copied}").words
    assert "It began as a copy of A paper form." in desk.open(f"/forms/{told}").words
    unknown = _copy(school, lead, "ours 7", "third")
    assert "It began as a copy of ours 7." in desk.open(f"/forms/{unknown}").words


def test_a_form_whose_draft_was_thrown_away_goes_on_under_its_own_name(
    school: School, app: Flask, desk: Desk, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead, title=TITLE)
    publish(school, lead, draft_id, adapted_from="A paper form")
    assert "Go on with this form" not in desk.open("/forms/").words
    assert desk.send("/forms/go-on/ours").status == 200
    assert [each.id for each in drafts_of(school, lead)] == [draft_id]
    discard_draft(school, lead, draft_id, now=NOW)
    translator = Desk(app, a_staff_member(school, "translator", account="translator", languages=["es"]))
    assert translator.status("/translate/forms/ours/es/") == 404
    assert "Go on with this form" in desk.open("/forms/").words
    page = desk.send("/forms/go-on/ours")
    assert "Here you write the next version." in page.words
    (again,) = drafts_of(school, lead)
    assert (again.name, again.adapted_from, again.owner_id) == ("ours", "A paper form", lead.id)
    ready = to_publish(school, lead, again.id)
    assert (ready.number, set(ready.languages), ready.unchanged) == (2, {"en", "ar", "es"}, True)
    assert OURS in translator.open("/translate/").words
    assert translator.status("/translate/forms/ours/es/") == 200
    change(school, lead, again.id, reword("again", "Once more?"))
    assert publish(school, lead, again.id, "Shorter.") == 2
    assert "Go on with this form" not in desk.open("/forms/").words


def test_whoever_may_only_change_own_forms_goes_on_with_those(school: School, app: Flask, lead: StaffMember) -> None:
    own, other = (a_staff_member(school, account=f"{each}@example.org") for each in ("own", "other"))
    draft_id = a_draft(school, own)
    publish(school, own, draft_id)
    assert Desk(app, other).status("/forms/go-on/ours", "POST") == 404
    discard_draft(school, own, draft_id, now=NOW)
    assert "Go on with this form" not in Desk(app, other).open("/forms/").words
    assert Desk(app, other).status("/forms/go-on/ours", "POST") == 403
    assert Desk(app, a_staff_member(school, "reader", account="reader")).status("/forms/go-on/ours", "POST") == 403
    assert "Go on with this form" in Desk(app, own).open("/forms/").words
    assert Desk(app, own).status("/forms/go-on/ours", "POST") == 302
    assert Desk(app, lead).status("/forms/go-on/nothing", "POST") == 404
