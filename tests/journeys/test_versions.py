"""Every page of versions, of the question bank and of putting a spelling right, as axe and a narrow window see it."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from feedback.models import StaffMember
from feedback.operations.rounds.corrections import correct_spelling
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.published import form_to_ask
from forms.draft import new_draft
from tests.conftest import Server
from tests.factories import NOW, a_family_instrument, a_pilot, a_round, a_staff_member
from tests.feedback.forms_made import a_draft, change, publish, reword, the_question
from tests.feedback.operations.rounds.test_corrections import EASE, WRONG
from tests.looks import is_every


def _pages(school: School, lead: StaffMember) -> dict[str, str]:
    """A name for each page -> its address behind the desk's."""
    draft_id = a_draft(school, lead)
    publish(school, lead, draft_id, adapted_from="family-window 1")
    pilot = a_pilot(school, owner_id=lead.id)
    waiting = a_round(school, form_to_ask(school, "ours"), state="draft", languages=["en"], pilot=pilot)
    change(school, lead, draft_id, reword("again", "Would you like to use it again?"))
    change(school, lead, draft_id, lambda data: the_question(data, "liked")["options"].reverse())
    change(school, lead, draft_id, lambda data: data.update(minutes=4, layout="screens"))
    condition = {"question": "again", "is": ["yes"]}
    change(school, lead, draft_id, lambda data: the_question(data, "wish").update(show_if=condition))
    publish(school, lead, draft_id, "Clearer words, and a shorter form.")
    bare = start_draft(school, lead, new_draft("bare", "Bare", "en", audience="families"), now=NOW)
    round_ = a_round(school, a_family_instrument(questions=[WRONG]), pilot=pilot)
    correct_spelling(school, lead, round_.id, EASE, "ar", "ما مدى سهولته في البيت؟", now=NOW)
    return {
        "versions": f"forms/{draft_id}/versions",
        "compare": f"forms/{draft_id}/versions/1/2",
        "publish": f"forms/{draft_id}/publish",
        "missing": f"forms/{bare}/publish",
        "bank": "forms/bank/?words=tool",
        "texts": f"rounds/{round_.id}/spelling/?in=en",
        "correct": f"rounds/{round_.id}/spelling/ar/{EASE}",
        "round": f"rounds/{round_.id}",
        "newer": f"rounds/{waiting.id}",
        "choose": f"pilots/{pilot.id}/rounds/new/",
    }


_LOOKS = [("en", 1280), ("ar", 375), *([("en", 375), ("ar", 1280)] if is_every() else [])]


@pytest.mark.parametrize(("language", "width"), _LOOKS)
def test_every_page_is_for_everybody(
    school: School,
    server: Server,
    context: BrowserContext,
    check_access: Callable[[Page], None],
    language: str,
    width: int,
) -> None:
    lead = a_staff_member(school, "lead")
    token = remember_browser(school, None, {"staff_id": lead.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    for name, path in _pages(school, lead).items():
        page.goto(f"{server.root}/{language}/desk/{path}")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{language}-{width}.png", full_page=True)
        check_access(page)
