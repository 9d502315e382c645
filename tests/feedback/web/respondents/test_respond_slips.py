"""Answering with a slip and without JavaScript: typed on the first screen, used by sending, never lost by a mistake."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Envelope, InstrumentVersion, Slip
from feedback.operations.school import School
from feedback.privacy.carrying import carried
from feedback.privacy.slips import new_code
from forms.definition import Instrument
from tests.factories import a_family_instrument, a_round, an_instrument
from tests.feedback.operations.answers.test_respond_slips import a_round_with_slips
from tests.pages import Page, Respondent

_RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
SAID = "We do not know this slip, or it was used before."
MISTYPED = "Something is missing or mistyped: please compare each letter and number."


def _used(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Slip).where(Slip.used)) or 0


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def _type(person: Respondent, slip: str) -> Respondent:
    person.page.fields["slip"] = [slip]
    return person


def _answer(client: FlaskClient, code: str, slip: str) -> None:
    child = _type(Respondent(client, f"/en/r/{code}"), slip).press("next").press("next", again="yes")
    assert child.press("skip").press("send").page.title == "Thank you"


def test_a_child_types_the_slip_once_and_sends_it_with_the_last_screen(school: School, client: FlaskClient) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    child = _type(Respondent(client, f"/en/r/{code}"), slip.lower().replace("-", " ")).press("next")
    assert child.page.title.startswith("Question 1 of 2")
    assert slip not in child.page.response.text
    child.press("next", again="yes").press("skip")
    assert (_used(school), _envelopes(school)) == (0, 0)
    child.press("send")
    assert child.page.title == "Thank you"
    assert (_used(school), _envelopes(school)) == (1, 1)


def test_the_slip_travels_sealed_to_the_server(school: School, client: FlaskClient) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    child = _type(Respondent(client, f"/en/r/{code}"), slip).press("next")
    with Session(school.engine) as session:
        round_id = session.scalars(select(Slip.round_id)).one()
    sealed = child.page.fields["carried"][0]
    bound_to = f"{round_id} {_instrument_hash(school)} "
    assert carried(sealed, secret=school.settings.secret, bound_to=bound_to)["slip"] == slip


def test_going_back_to_the_first_screen_shows_the_slip_as_it_was_typed(school: School, client: FlaskClient) -> None:
    code, (slip,) = a_round_with_slips(school, 1)
    child = _type(Respondent(client, f"/en/r/{code}"), slip.lower()).press("next").press("back")
    assert child.page.fields["slip"] == [slip.lower()]


@pytest.mark.parametrize("typed", ["", "mistyped", "0000-0000-001", "9" * 5000, "<script>"])
def test_a_mistyped_slip_is_said_at_the_field_before_anything_is_answered(
    school: School, client: FlaskClient, typed: str
) -> None:
    code, _slips = a_round_with_slips(school, 1)
    child = _type(Respondent(client, f"/en/r/{code}"), typed).press("next")
    assert child.page.status == 422
    assert child.page.title == "Error: First look"
    # At the field, and in the summary that has the focus.
    assert child.page.words.count(MISTYPED) == 2
    assert 'aria-invalid="true"' in child.page.response.text
    assert "#slip" in child.page.links


def _pages(school: School, client: FlaskClient, *, send: bool) -> set[tuple[int, str]]:
    """What is said to a used, an unknown and an unused slip, at the first screen or after the last one."""
    code, (used, unused) = a_round_with_slips(school, 2)
    _answer(client, code, used)
    pages = set()
    for slip in (used, new_code(), unused):
        child = _type(Respondent(client, f"/en/r/{code}"), slip).press("next")
        if send:
            child.press("next", again="yes").press("skip").press("send")
        text = child.page.response.text
        for varies in (slip, *child.page.fields.get("carried", []), *child.page.fields.get("form_key", [])):
            text = text.replace(varies, "")
        pages.add((child.page.status, text))
    return pages


def test_whoever_printed_the_slips_cannot_watch_which_of_them_were_used(school: School, client: FlaskClient) -> None:
    ((status, _text),) = _pages(school, client, send=False)
    assert status == 200
    assert _used(school) == 1
    # The negative control: sending tells a right slip from a wrong one, and uses it. Which wrong one is not said.
    assert {status for status, _text in _pages(school, client, send=True)} == {200, 422}
    assert len(_pages(school, client, send=True)) == 2


def test_on_one_page_a_wrong_slip_keeps_every_answer(school: School, client: FlaskClient) -> None:
    code, (slip,) = a_round_with_slips(school, 1, instrument=a_family_instrument())
    parent = _type(Respondent(client, f"/en/r/{code}"), "nonsense")
    parent.press("send", ease="easy", liked=["books"], wish="More books")
    assert (parent.page.status, parent.page.words.count(MISTYPED)) == (422, 2)
    kept = {name: parent.page.fields[name] for name in ("slip", "q-ease", "q-liked", "q-wish")}
    assert kept == {"slip": ["nonsense"], "q-ease": ["easy"], "q-liked": ["books"], "q-wish": ["More books"]}
    _type(parent, new_code()).press("send")
    assert (parent.page.status, parent.page.words.count(SAID)) == (422, 2)
    assert _type(parent, slip).press("send").page.title == "Thank you"


def test_a_wrong_slip_and_a_wrong_answer_are_both_said_at_once(school: School, client: FlaskClient) -> None:
    code, _slips = a_round_with_slips(school, 1, instrument=a_family_instrument())
    parent = _type(Respondent(client, f"/en/r/{code}"), "nonsense").press("send", days="many")
    assert (parent.page.status, parent.page.words.count(MISTYPED)) == (422, 2)
    assert "#q-days" in parent.page.links


@pytest.mark.parametrize("instrument", [an_instrument(), a_family_instrument()])
def test_the_same_form_sent_again_is_thanked_with_the_same_receipt(
    school: School, client: FlaskClient, instrument: Instrument
) -> None:
    code, (slip,) = a_round_with_slips(school, 1, instrument=instrument)
    person = _type(Respondent(client, f"/en/r/{code}"), slip)
    if instrument.layout == "screens":
        person.press("next").press("next", again="yes").press("skip")
    body = {**person.page.fields, "q-again": "yes", "go": "send"}
    first, second = (Page(client.post(f"/en/r/{code}", data=body)) for _ in range(2))
    (receipt,) = _RECEIPT.findall(first.words)
    assert (first.title, second.title, _RECEIPT.findall(second.words)) == ("Thank you", "Thank you", [receipt])
    assert _envelopes(school) == 1


def test_a_slip_that_somebody_else_used_meanwhile_can_be_typed_anew_on_the_last_screen(
    school: School, client: FlaskClient
) -> None:
    code, (slip, another) = a_round_with_slips(school, 2)
    late = _type(Respondent(client, f"/en/r/{code}"), slip).press("next").press("next", again="no").press("skip")
    _answer(client, code, slip)
    late.press("send")
    assert (late.page.status, late.page.words.count(SAID)) == (422, 2)
    assert late.page.fields["slip"] == [slip]
    _type(late, another[:-1]).press("send")
    assert (late.page.status, late.page.words.count(MISTYPED)) == (422, 2)
    assert _type(late, another).press("send").page.title == "Thank you"


def test_nobody_gets_past_the_slip_by_skipping(school: School, client: FlaskClient) -> None:
    code, _slips = a_round_with_slips(school, 1)
    child = Respondent(client, f"/en/r/{code}").press("skip").press("next", again="yes").press("skip").press("send")
    assert (child.page.status, _envelopes(school)) == (422, 0)
    assert "slip" in child.page.fields


def test_thirty_posts_with_thirty_slips_from_one_address_are_all_accepted(school: School, client: FlaskClient) -> None:
    code, slips = a_round_with_slips(school, 30, instrument=a_family_instrument(), group_size=28)
    for slip in slips:
        parent = _type(Respondent(client, f"/en/r/{code}"), slip).press("send", ease="easy")
        assert parent.page.title == "Thank you"
    assert _envelopes(school) == 30


def test_a_round_without_slips_asks_for_none(school: School, client: FlaskClient) -> None:
    with_slips, _slips = a_round_with_slips(school, 1)
    assert 'id="slip"' in client.get(f"/en/r/{with_slips}").text
    for instrument in (an_instrument(), a_family_instrument()):
        page = Respondent(client, f"/en/r/{a_round(school, instrument).code}").page
        assert "slip" not in page.fields
        assert 'id="slip"' not in page.response.text


def _instrument_hash(school: School) -> str:
    with Session(school.engine) as session:
        return session.scalars(select(InstrumentVersion.sha256)).one()
