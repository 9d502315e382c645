"""Every page of the workshop that no other journey opens, as axe and a narrow window see it: desk and class."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.form_checks import checked_draft
from feedback.operations.workshop.try_outs import decide_idea, end_try_out, sessions_of, start_try_out
from forms.draft import as_data, new_draft
from forms.library import open_library
from forms.texts import Data
from tests.conftest import Server
from tests.factories import NOW, a_staff_member
from tests.looks import is_every

Check = Callable[[Page], None]
_LOOKS = [
    ("en", "dark", 375),
    ("ar", "light", 1280),
    *([("en", "light", 1280), ("ar", "dark", 375)] if is_every() else []),
]


def _question(id_: str, text: str) -> Data:
    words = {"text": {"en": text}, "why": {"en": "It helps us."}}
    return {"type": "number", "id": id_, "minimum": 0, "maximum": 9, "bands": [0, 5], **words}


def _a_form_to_change(school: School, lead: StaffMember) -> tuple[str, dict[str, str]]:
    """The id of a draft that asks for a name and for a protected topic, and the digest of each remark by its rule."""
    data = new_draft("bad", "Much to change", "en", audience="families") | {"introduction": {"en": "Tell us."}}
    asked = ("What is your name?", "Which religion does your family have?")
    data["sections"][0]["questions"] = [_question(f"q{number}", text) for number, text in enumerate(asked)]
    draft_id = start_draft(school, lead, data, now=NOW)
    return draft_id, {each.remark.rule: each.remark.digest for each in checked_draft(school, lead, draft_id).remarks}


def _tried_out(school: School, server: Server, lead: StaffMember, draft_id: str) -> tuple[str, str, str]:
    """One try-out that is over and one that goes on: the code of each, and the id of an idea that waits."""
    for _each in range(2):
        start_try_out(school, lead, draft_id, label="Class 5B", items=["easy", "again"], now=NOW)
    child = server.app.test_client()
    for session in sessions_of(school, lead, draft_id):
        child.post(f"/en/try/{session.row.code}/1", data={"mark": "confusing", "idea": "Is it simple for you?"})
        child.post(f"/en/try/{session.row.code}/3", data={"idea": "Is it fun?"})
    over, going_on = sessions_of(school, lead, draft_id)
    end_try_out(school, lead, over.row.id, now=NOW)
    decide_idea(school, lead, over.tried[0].ideas[0].id, used=True, reason="It is shorter.", now=NOW)
    return over.row.code, going_on.row.code, going_on.tried[0].ideas[0].id


def _signed_in(context: BrowserContext, server: Server, member: StaffMember) -> Page:
    school = server.app.extensions["school"]
    token = remember_browser(school, None, {"staff_id": member.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    return context.new_page()


@pytest.mark.parametrize(("language", "scheme", "width"), _LOOKS)
def test_everybody_can_use_every_page(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    lead, officer = (a_staff_member(school, role, account=role) for role in ("lead", "officer"))
    draft_id = start_draft(school, lead, as_data(open_library("first-look")) | {"id": "ours"}, now=NOW)
    bad, remarks = _a_form_to_change(school, lead)
    over, going_on, idea = _tried_out(school, server, lead, draft_id)
    ours = f"forms/{draft_id}"
    pages = {
        lead: (
            *(
                f"forms/{bad}/check",
                f"forms/{bad}/check/{remarks['identity']}",
                f"forms/{bad}/publish",
                f"{ours}/check",
            ),
            *(f"{ours}/try-outs", f"{ours}/try-outs/ideas/{idea}", f"{ours}/items/easy", f"{ours}/give-away"),
            *(f"{ours}/files/ur", f"{ours}/languages", "forms/pictures", "forms/bank/?words=easy"),
        ),
        officer: ("topics", f"forms/{bad}/check/{remarks['protected']}"),
    }
    size = {"width": width, "height": 800}
    for member, addresses in pages.items():
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        page = _signed_in(context, server, member)
        for address in addresses:
            page.goto(f"{server.root}/{language}/desk/{address}")
            assert page.locator("h1").count() == 1, address
            check_access(page)
        context.close()
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page = context.new_page()
    for address in (going_on, f"{going_on}/1", f"{going_on}/3", f"{going_on}/thanks", over):
        page.goto(f"{server.root}/{language}/try/{address}")
        check_access(page)
    context.close()


def test_all_pages_of_a_draft_begin_alike(school: School, server: Server, browser: Browser) -> None:
    lead = a_staff_member(school, "lead")
    draft_id = start_draft(school, lead, as_data(open_library("first-look")) | {"id": "ours"}, now=NOW)
    page = _signed_in(browser.new_context(), server, lead)
    page.goto(f"{server.root}/en/desk/forms/{draft_id}")
    tabs = [each.get_attribute("href") for each in page.locator(".tabs a").all()]
    head = _head(page)
    assert len(tabs) > 8
    for tab in tabs:
        page.goto(f"{server.root}{tab}")
        assert page.locator(".tabs [aria-current=page]").get_attribute("href") == tab
        assert _head(page) == head, tab
    page.context.close()


def _head(page: Page) -> list[object]:
    """How far down the way back, the title and each tab stand, and what they say."""
    found: list[object] = page.locator(".above a, .form-title, .tabs a").evaluate_all(
        "all => all.map(({innerText, offsetTop}) => [innerText, offsetTop])"
    )
    return found
