"""Every address of the desk, every role: one's own school and another one, held against one declared table.

What a role may not do, it gets nothing of; what it may, it may at its own school alone. New addresses fail here until
`rules_of_access` says who may open them.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from feedback.operations.school import School
from feedback.privacy.permissions import ROLES, Action, Reach, reach
from tests.desk import Desk
from tests.factories import a_staff_member
from tests.feedback.web.made_up import MadeUp
from tests.feedback.web.rules_of_access import DISTRICT, EVERYBODY, PUBLIC, RULES, row_of

HIDDEN = {403, 404}
#: What a made-up school has none of (a comment, an entry of another kind, a second version), or what depends on more
#: than the role: whoever may is told 404 or 403. Tests of these pages open them in full.
NOT_MADE_UP = {
    "accounts.link",
    "approvals.notice",
    "approvals.version",
    "backups.ask",
    "bank.copy",
    "certificates.ask_for_paper",
    "certificates.paper",
    "certificates.take",
    "clips.add",
    "clips.listen",
    "clips.remove",
    "cycles.show",
    "decide.settle",
    "editor.go_on_with",
    "editor_parts.theme",
    "evidence.change_claim",
    "evidence.strike",
    "exchange.given",
    "form_checks.decide_one",
    "incidents.show",
    "interpret.another_language",
    "interpret.one",
    "meetings.show",
    "months.download",
    "one_time_link.use",
    "own_sign_in.end_one",
    "own_sign_in.without_passkey",
    "paper_desk.pdf",
    "privacy_rules.answer",
    "proof_runs.show",
    "provider_sign_in.back",
    "provider_sign_in.go",
    "reading_queue.act",
    "reading_queue.answer",
    "reading_queue.recorded",
    "reading_queue.sign",
    "registers.ask",
    "registers.facts",
    "registers.pdf",
    "registers.take",
    "retention.delete_agreed",
    "retention.lift",
    "review.make",
    "review.merge",
    "review.other",
    "review.theme",
    "review_sort.quote",
    "review_sort.sort",
    "second_hand.compare_text",
    "two_people.agree",
    "two_people.decline",
    "two_people.withdraw",
    "use.why_not",
    "versions.begin_again",
    "versions.compare",
}
#: Each takes away what others need.
LAST = ("editor.discard", "pictures.remove", "rounds.discard", "sign_in.sign_out")
EVERY_LOOK = "EVERY_LOOK" in os.environ


class Matrix:
    """Two schools with everything in them, and a browser for every role of the first one."""

    def __init__(self, school: School, app: Flask) -> None:
        # The forgery check stands before every view, and has tests of its own.
        app.config["WTF_CSRF_ENABLED"] = False
        self.app, self.school = app, school
        self.here, self.there = MadeUp(school, "Hill Road School"), MadeUp(school, "Lake School")
        self.desks = {role: Desk(app, member) for role, member in self.here.staff.items()}

    def asks(self) -> Iterator[tuple[Rule, str]]:
        """Every address of the desk with every method, those that change most at the end."""
        for rule in sorted(desk_rules(self.app), key=lambda each: (each.endpoint in LAST, each.endpoint, each.rule)):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method

    def answers(self, role: str, rule: Rule, method: str, at: MadeUp) -> int:
        """What an account of the first school gets when it asks for something of that one."""
        try:
            return self.desks[role].client.open(at.path(rule), method=method).status_code
        except Exception as broken:
            raise AssertionError(f"{rule.endpoint} breaks for {role}: {broken!r}") from broken


def desk_rules(app: Flask) -> list[Rule]:
    """The rules of addresses under `/<language>/desk`."""
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/<language>/desk")]


def reach_of(rule: Rule, role: str) -> Reach | None:
    """How far the table lets a role go; None where it does not let it in."""
    row = row_of(rule.endpoint)
    asked = RULES[row] if row else DISTRICT
    if asked in (EVERYBODY, PUBLIC, DISTRICT):
        return None if asked == DISTRICT else Reach.EVERYTHING
    found = {reach(action, [role]) for action in (asked if isinstance(asked, tuple) else (Action(asked),))}
    return Reach.EVERYTHING if Reach.EVERYTHING in found else Reach.OWN if Reach.OWN in found else None


def names_a_thing(rule: Rule) -> bool:
    """Whether the address has the id of something that belongs to a school."""
    # A month is of the computer that all schools share.
    is_month = rule.endpoint.startswith("months.")
    return any(name.endswith("_id") or (name in ("about", "room") and not is_month) for name in rule.arguments)


@pytest.fixture
def matrix(school: School, app: Flask) -> Matrix:
    """Two schools with everything in them."""
    return Matrix(school, app)


def test_every_address_stands_in_the_table_and_nothing_else_does(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in desk_rules(app)}
    assert {endpoint for endpoint in endpoints if row_of(endpoint) is None} == set(), "say in RULES who may open them"
    assert set(RULES) - {row_of(endpoint) for endpoint in endpoints} == set(), "these rows are about no address"


def test_nobody_gets_what_the_table_does_not_give(matrix: Matrix) -> None:
    let_in = {
        (rule.endpoint, method, role): status
        for rule, method in matrix.asks()
        for role in ROLES
        if reach_of(rule, role) is None and (status := matrix.answers(role, rule, method, matrix.here)) not in HIDDEN
    }
    assert let_in == {}


def test_nobody_gets_anything_of_another_school(matrix: Matrix) -> None:
    found = {
        (rule.endpoint, method, role): status
        for rule, method in matrix.asks()
        for role in ROLES
        if names_a_thing(rule) and (EVERY_LOOK or reach_of(rule, role) is not None)
        if (status := matrix.answers(role, rule, method, matrix.there)) != 404
        if not (status == 403 and (reach_of(rule, role) is None or rule.endpoint in NOT_MADE_UP))
    }
    assert found == {}


def test_whoever_owns_nothing_gets_nothing_of_others(matrix: Matrix) -> None:
    found = {
        (rule.endpoint, method, role): status
        for rule, method in matrix.asks()
        for role in ROLES
        if names_a_thing(rule) and reach_of(rule, role) is Reach.OWN
        if (status := matrix.answers(role, rule, method, matrix.here)) not in HIDDEN
    }
    assert found == {}


def test_everybody_gets_what_the_table_gives(matrix: Matrix) -> None:
    refused: Counter[str] = Counter()
    asked = set()
    for rule, method in matrix.asks():
        for role in ROLES:
            if rule.endpoint not in LAST and reach_of(rule, role) is Reach.EVERYTHING:
                asked.add(rule.endpoint)
                refused[rule.endpoint] += matrix.answers(role, rule, method, matrix.here) in HIDDEN
    assert {endpoint for endpoint, times in refused.items() if times} == NOT_MADE_UP
    assert len(asked - NOT_MADE_UP) > 120


def test_without_an_account_everything_leads_to_the_sign_in(matrix: Matrix) -> None:
    stranger = matrix.app.test_client()
    for rule, method in matrix.asks():
        if RULES[row_of(rule.endpoint) or ""] != PUBLIC:
            answer = stranger.open(matrix.here.path(rule), method=method)
            assert (answer.status_code, answer.location) == (302, "/en/desk/sign-in"), rule


def test_lists_show_nothing_of_another_school(matrix: Matrix) -> None:
    lists = ["/", "/pilots/", "/forms/", "/tickets/", "/forms/pictures", "/forms/bank/", "/access", "/agreements/"]
    lists += ["/retention/", "/letters/", "/audit/", "/registers/", "/registers/decisions", "/registers/retention"]
    theirs = [value for name, value in matrix.there.ids.items() if name.endswith("_id") and isinstance(value, str)]
    theirs = [value for value in theirs if len(value) == 32 and set(value) != {"0"}]
    for role, desk in matrix.desks.items():
        for path in lists:
            page = desk.client.get(f"/en/desk{path}").text
            assert "Lake School" not in page, (role, path)
            assert not [each for each in theirs if each in page], (role, path)
    assert "Lake School" not in matrix.desks["auditor"].client.get("/en/desk/access/review.csv").text


def test_the_districts_staff_work_at_one_school_after_the_other(matrix: Matrix) -> None:
    keeper = a_staff_member(matrix.school, "administrator", account="district", school_id=None)
    desk = Desk(matrix.app, keeper)
    assert "Lake School" in desk.open("/schools/").words
    teacher = matrix.there.staff["teacher"].id
    assert desk.status(f"/accounts/{teacher}/roles") == 404
    assert desk.client.post(f"/en/desk/schools/{matrix.there.id}/here").status_code == 302
    assert desk.status(f"/accounts/{teacher}/roles") == 200
    assert desk.status(f"/accounts/{matrix.here.staff['teacher'].id}/roles") == 404
    assert desk.status("/schools/nothing/here", "POST") == 404
