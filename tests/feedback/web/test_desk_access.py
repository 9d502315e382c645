"""Who may open which page of the desk: every role, every page, one's own rounds and other people's."""

import pytest
from flask import Flask

from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from tests.desk import Desk
from tests.factories import a_family_instrument, a_pilot, a_round, a_staff_member

OK, REFUSED, HIDDEN = 200, 403, 404

#: Page -> what lead, teacher, reader, interpreter, officer and administrator get, in the order of ROLES.
#: {mine} and {others} are counted rounds with comments, {pilot} somebody else's pilot.
PAGES = {
    "/": (OK, OK, OK, OK, OK, OK),
    "/pilots/": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/pilots/new": (OK, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/pilots/{pilot}/change": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/roll-ups": (OK, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/roll-ups/nothing": (HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/observation": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/work": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/claims": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/people/{others}": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/file": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/use": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/costs": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/tools": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/claims/nothing": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/people/{mine}": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/plan": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/pilots/{pilot}/plan/seat/new": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/plan/amendment/new": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/plan/seat/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/calendar": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/pilots/{pilot}/calendar.ics": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/pilots/{pilot}/rounds/new/": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/rounds/new/family-window": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reflect": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/ideas": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/meetings": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/meetings/new/review": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/meetings/new/gossip": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/meetings/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/cycles": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/cycles/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/decision": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/decide": (OK, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/dashboard": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/wall": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/bring-in": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/new": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/about/family-window": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/about/nothing": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/nothing": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/new/": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/new/first-look": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/new/family-window": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/tickets/nothing/board": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/tickets/nothing/qr/en.svg": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/rounds/{others}/preview": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/ask-my-class/": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/ask-my-class/first-look": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/ask-my-class/family-window": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/ask-my-class/nothing": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/rounds/{others}": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/rounds/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/rounds/{mine}/hand-out": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/rounds/{others}/hand-out": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/rounds/{mine}/qr/en.svg": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/rounds/{mine}/qr/fr.svg": (HIDDEN, HIDDEN, HIDDEN, REFUSED, HIDDEN, REFUSED),
    "/rounds/{others}/qr/en.svg": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/rounds/{mine}/rooms": (409, 409, REFUSED, REFUSED, 409, REFUSED),
    "/rounds/{others}/rooms": (409, HIDDEN, REFUSED, REFUSED, 409, REFUSED),
    "/rounds/{mine}/papers": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/rounds/{others}/papers": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/rounds/{others}/papers/form-en.pdf": (HIDDEN, HIDDEN, HIDDEN, REFUSED, HIDDEN, REFUSED),
    "/rounds/{mine}/papers/secret-en.pdf": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/rounds/{mine}/messages/en": (OK, OK, OK, REFUSED, OK, REFUSED),
    "/rounds/{mine}/messages/fr": (HIDDEN, HIDDEN, HIDDEN, REFUSED, HIDDEN, REFUSED),
    "/rounds/{others}/messages/en": (OK, HIDDEN, OK, REFUSED, OK, REFUSED),
    "/rounds/{others}/sheets": (409, REFUSED, 409, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/results": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/results": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/results/export": (409, 409, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/results/export": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/results/export/public.csv": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/results/export/public.exe": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/rounds/{others}/results.pdf": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/replies": (409, 409, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/choose": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/write": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/translate/ar": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/texts": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/reports/": (OK, OK, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/teacher": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/teacher-en.pdf": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/family": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/family_nastaliq": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/conversation": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/pilot": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/reports/": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reports/pilot": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reports/brief": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reports/leadership": (OK, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reports/annex": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/reports/pdsa-en.pdf": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{mine}/review": (OK, REFUSED, OK, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review": (OK, REFUSED, OK, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/sign": (OK, REFUSED, OK, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/other/wish": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/comments/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing/quotes/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/translations": (REFUSED, REFUSED, REFUSED, OK, REFUSED, REFUSED),
    "/translations/nothing": (REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED, REFUSED),
    "/translate/forms/first-look/ar/": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/forms/first-look/ar/text/title": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/forms/first-look/ar/second/title": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/forms/first-look/ar/compare/title": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/notice/ar": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/nothing/languages": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/boxes/": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/retention/": (OK, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/retention/hold": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/registers/": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/registers/facts": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/registers/dpia": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/registers/inventory.csv": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/registers/dpia.pdf": (REFUSED, REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED),
    "/registers/audit-pack.zip": (REFUSED, REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED),
    "/registers/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/audit/": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/audit/list.csv": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/incidents/": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/incidents/new": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/incidents/nothing": (REFUSED, REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED),
    "/proofs/run": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/months/": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/months/2020-01": (REFUSED, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/months/2020-01-en.pdf": (REFUSED, REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED),
    "/what-we-hold": (OK, REFUSED, REFUSED, REFUSED, OK, REFUSED),
    "/nowhere": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
}
#: What an auditor opens as the officer does.
AUDITED = {
    *("/retention/", "/what-we-hold", "/proofs/run", "/audit/", "/audit/list.csv"),
    *("/registers/", "/registers/facts", "/registers/dpia", "/registers/dpia.pdf", "/registers/inventory.csv"),
    *("/registers/audit-pack.zip", "/months/", "/months/2020-01", "/months/2020-01-en.pdf"),
}
#: Form -> what each role gets for somebody else's round or pilot; nobody's press may change anything here.
FORMS = {
    "/boxes/": (REFUSED, REFUSED, REFUSED, REFUSED, 422, REFUSED),
    "/registers/dpia": (REFUSED, REFUSED, REFUSED, REFUSED, 422, REFUSED),
    "/incidents/new": (REFUSED, REFUSED, REFUSED, REFUSED, 422, REFUSED),
    "/incidents/nothing": (REFUSED, REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED),
    "/proofs/run": (REFUSED, REFUSED, REFUSED, REFUSED, 422, REFUSED),
    "/forms/bring-in": (422, 422, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/bring-in/keep": (409, 409, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/bring-in/pack": (409, 409, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/new": (422, 422, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/nothing/do": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/nothing/undo": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/nothing/discard": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/forms/begin-with/nothing": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/new/first-look": (422, 422, REFUSED, REFUSED, REFUSED, REFUSED),
    "/tickets/nothing/open": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/roll-ups": (422, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/change": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/observation": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/work": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/claims": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/file": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/use": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/costs": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/file/keep": (400, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/tools/why": (HIDDEN, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/evidence/nothing/strike": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/reflections": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/ideas": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/meetings": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/meetings/new/review": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/decide": (422, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/exit-steps/nothing": (HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    "/pilots/{pilot}/approve": (REFUSED, REFUSED, REFUSED, REFUSED, 409, REFUSED),
    "/pilots/{pilot}/freeze": (409, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/archive": (409, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/again": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/pilots/{pilot}/plan/seat/new": (422, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/open": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/signed-languages": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/forms/first-look/ar/sign": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/translate/notice/ar": (REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/finish": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/rooms": (409, HIDDEN, REFUSED, REFUSED, 409, REFUSED),
    "/rounds/{others}/rooms/nothing/more": (409, HIDDEN, REFUSED, REFUSED, 409, REFUSED),
    "/rounds/{others}/rooms/nothing/close": (409, HIDDEN, REFUSED, REFUSED, 409, REFUSED),
    "/rounds/{others}/papers/fr": (HIDDEN, HIDDEN, HIDDEN, REFUSED, HIDDEN, REFUSED),
    "/rounds/{others}/sheets": (409, REFUSED, 409, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/results/next-steps/ease": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/results/pdf": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/write": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/publish": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/withdraw": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/kept": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/replies/to/ease/translate/ar": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/reports/teacher": (409, HIDDEN, REFUSED, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/comments/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing/merge": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing/quotes/nothing": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/themes/nothing/quotes/nothing/drop": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/other/wish/theme": (HIDDEN, REFUSED, HIDDEN, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/undo": (302, REFUSED, 302, REFUSED, REFUSED, REFUSED),
    "/rounds/{others}/review/sign": (409, REFUSED, 409, REFUSED, REFUSED, REFUSED),
    "/translations/nothing": (REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED, REFUSED),
    "/translations/nothing/another-language": (REFUSED, REFUSED, REFUSED, HIDDEN, REFUSED, REFUSED),
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_others(school: School, app: Flask, role: str) -> None:
    desk, places = _at_the_desk(school, app, role)
    expected = {page: _for(role, statuses) for page, statuses in PAGES.items()}
    if role == "auditor":
        expected |= {page: _for("officer", PAGES[page]) for page in AUDITED}
    assert {page: desk.status(page.format(**places)) for page in PAGES} == expected


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sends_its_forms_and_no_others(school: School, app: Flask, role: str) -> None:
    desk, places = _at_the_desk(school, app, role)
    expected = {page: _for(role, statuses) for page, statuses in FORMS.items()}
    assert {page: desk.status(page.format(**places), "POST") for page in FORMS} == expected


def test_a_teacher_does_not_see_the_rounds_of_others_in_a_shared_pilot(school: School, app: Flask) -> None:
    teacher, pilot = a_staff_member(school), a_pilot(school, standing=True)
    a_round(school, pilot=pilot, owner_id=teacher.id, title="My class")
    a_round(school, pilot=pilot, title="Their class")
    desk = Desk(app, teacher)
    for page in (desk.open("/"), desk.open(f"/pilots/{pilot.id}")):
        assert "My class" in page.words
        assert "Their class" not in page.words


def _for(role: str, statuses: tuple[int, ...]) -> int:
    """Translators and auditors get what an administrator gets: the page of the day, and nothing of pilots."""
    return statuses[ROLES.index("administrator" if role in ("translator", "auditor") else role)]


def _at_the_desk(school: School, app: Flask, role: str) -> tuple[Desk, dict[str, str]]:
    member = a_staff_member(school, role)
    pilot = a_pilot(school, standing=True)
    mine = a_round(school, a_family_instrument(), pilot=pilot, owner_id=member.id, state="closed")
    others = a_round(school, a_family_instrument(), state="closed")
    return Desk(app, member), {"mine": mine.id, "others": others.id, "pilot": others.pilot_id}
