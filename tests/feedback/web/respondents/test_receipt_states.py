"""What a receipt's pages promise while the box is shut, and while it is counted."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from feedback.models import Round
from feedback.operations.school import School
from tests.factories import a_family_instrument, a_round, a_slip
from tests.pages import Page, Respondent


def _do(client: FlaskClient, round_: Round, go: str, receipt: str, **typed: str) -> Page:
    return Page(client.post(f"/en/r/{round_.code}/receipt", data={"receipt": receipt, "go": go, **typed}))


def _set_state(school: School, round_: Round, state: str) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = state


def test_while_the_box_is_counted_every_receipt_is_asked_to_wait(school: School, client: FlaskClient) -> None:
    round_ = a_round(school, a_family_instrument())
    receipt = Respondent(client, f"/en/r/{round_.code}").press("send", ease="easy").page.receipt
    _set_state(school, round_, "counting")
    asked = Page(client.get(f"/en/r/{round_.code}/receipt"))
    assert (asked.status, asked.title) == (409, "The box is being counted just now")
    assert "throw" not in asked.words
    pages = {
        _do(client, round_, go, typed).response.text
        for go in ("check", "really", "take-out")
        for typed in (receipt, "1" * 16, "")
    }
    assert pages == {asked.response.text}
    # The negative control: what is said once it was counted may not be said before.
    _set_state(school, round_, "counted")
    assert "throw your receipt away" in _do(client, round_, "check", receipt).words


@pytest.mark.parametrize("state", ["closed", "too_few"])
@pytest.mark.parametrize("slips", [True, False])
def test_a_box_that_was_shut_before_its_last_moment_promises_no_second_answer(
    school: School, client: FlaskClient, slips: bool, state: str
) -> None:
    round_ = a_round(school, a_family_instrument(), slips=slips)
    parent = Respondent(client, f"/en/r/{round_.code}")
    body = {**parent.page.fields, "slip": a_slip(school, round_) if slips else "", "q-ease": "easy", "go": "send"}
    receipt = Page(client.post(parent.page.action, data=body)).receipt
    promised = "You then get a new slip" if slips else "open the form again"
    # The negative control: while it is open, that is promised.
    assert promised in _do(client, round_, "really", receipt).words
    _set_state(school, round_, state)
    really = _do(client, round_, "really", receipt)
    assert promised not in really.words
    assert "The form is closed. You cannot put in another envelope." in really.words
    out = _do(
        client,
        round_,
        "take-out",
        receipt,
        **{name: each[0] for name, each in really.fields.items() if name == "fresh"},
    )
    assert "The form is closed. You cannot put in another envelope." in out.words
    assert "slip" not in out.words
    assert f"/en/r/{round_.code}" not in out.links
