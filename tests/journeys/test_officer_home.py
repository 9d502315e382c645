"""The privacy officer's pages as axe and a narrow window see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from feedback.operations.audit.incidents import NewIncident, add_to_incident, note_incident
from feedback.operations.audit.proof_runs import Result, keep_result, running
from feedback.operations.door.looked_at import Looks
from feedback.operations.heads import sign_head
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.two_people import Deed, ask
from tests.conftest import Server
from tests.factories import NOW, a_round, a_staff_member
from tests.looks import is_every

Check = Callable[[Page], None]
_LOOKS = [
    ("en", "light", 1280),
    ("ar", "dark", 375),
    *([("en", "dark", 375), ("ar", "light", 1280)] if is_every() else []),
]


def _a_busy_week(school: School) -> tuple[str, str]:
    """The officer's id and the id of an open incident."""
    officer = a_staff_member(school, "officer", account="officer@example.org")
    lead = a_staff_member(school, "lead", account="lead@example.org")
    round_ = a_round(school, title="Class 3C")
    with Session(school.engine) as session, session.begin():
        record(session, datetime(2026, 10, 2, 9, 0), lead.account, "round_opened", round_.id, k=10)
        record(session, datetime(2026, 10, 9, 9, 0), "schedule", "purged", round_.id, comments=12, tallies=0, boxes=0)
    sign_head(school, today=NOW.date())
    Looks().note_read(school, lead, "results", round_.id, now=NOW)
    ask(school, lead, Deed.DELETE_EARLY, round_.id, reason="The class asked for it.", now=NOW)
    new = NewIncident(
        NOW - timedelta(hours=21), "Sheets lay in the yard.", "Sheets of a class", "under_10", "Shredded."
    )
    incident_id = note_incident(school, officer, new, now=NOW)
    add_to_incident(school, officer, incident_id, "measure", "A box with a lock was bought.", at=NOW, now=NOW)
    with running(school, None, "prove", now=NOW) as run_id:
        lines = [
            Result("no times", True, "Nothing carries a date."),
            Result("ids are random", False, "One has a clock."),
        ]
        keep_result(school, run_id, lines, now=NOW)
    return officer.id, incident_id


@pytest.mark.parametrize(("language", "scheme", "width"), _LOOKS)
def test_everybody_can_use_every_page(
    school: School, server: Server, browser: Browser, check_access: Check, language: str, scheme: str, width: int
) -> None:
    officer_id, incident_id = _a_busy_week(school)
    token = remember_browser(school, None, {"staff_id": officer_id}, now=NOW)
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]  # one of its words
        context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
        page = context.new_page()
        desk = ("", "audit/", "audit/?action=purged", "incidents/", "incidents/new", f"incidents/{incident_id}")
        more = ("proofs/run", "what-we-hold", "months/", "months/2026-10")
        for path in (*(f"desk/{each}" for each in (*desk, *more)), "what-we-hold"):
            page.goto(f"{server.root}/{language}/{path}")
            check_access(page)
