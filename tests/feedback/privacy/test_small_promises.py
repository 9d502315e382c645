"""Receipts, carried answers, sealed comments, passwords, permissions, the audit chain and retention."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.privacy.audit import FIRST, Entry, Head, How, Wrong, first_wrong
from feedback.privacy.carrying import CarriedFieldBroken, carried, carry
from feedback.privacy.passwords import hash_password, is_password, pause_after
from feedback.privacy.permissions import PERMISSIONS, ROLES, Action, Reach, may, reach
from feedback.privacy.receipts import check_digit, envelope_id, is_form_key, new_form_key, receipt_of
from feedback.privacy.retention import Due, due
from feedback.privacy.sealed_text import CommentUnreadable, open_text, seal_text

SECRET = "a secret only for tests 0123456789"
PEPPER = b"p" * 32
NOW = datetime(2026, 11, 23, 9, 0)


def test_the_same_form_has_the_same_receipt_and_envelope() -> None:
    key = new_form_key()
    assert receipt_of(key, PEPPER) == receipt_of(key, PEPPER)
    assert envelope_id(receipt_of(key, PEPPER), PEPPER) == envelope_id(receipt_of(key, PEPPER).replace(" ", ""), PEPPER)


def test_another_round_gives_the_same_form_another_receipt() -> None:
    key = new_form_key()
    assert receipt_of(key, PEPPER) != receipt_of(key, b"q" * 32)


def test_a_receipt_is_four_groups_of_four_digits_whose_last_checks_the_others() -> None:
    receipt = receipt_of("0" * 32, PEPPER)
    digits = receipt.replace(" ", "")
    assert [len(group) for group in receipt.split()] == [4, 4, 4, 4]
    assert digits[-1] == check_digit(digits[:-1])


def test_the_check_digit_is_luhns() -> None:
    assert check_digit("7992739871") == "3"  # the worked example of ISO/IEC 7812-1


@pytest.mark.parametrize("text", ["", "0" * 31, "0" * 33, "G" * 32, "0" * 31 + "\n", "A" * 32])
def test_other_texts_are_no_form_keys(text: str) -> None:
    assert not is_form_key(text)


def test_carried_answers_come_back() -> None:
    contents = {"answers": {"again": "yes"}, "at": 2}
    assert carried(carry(contents, secret=SECRET, bound_to="round"), secret=SECRET, bound_to="round") == contents


def test_carried_answers_belong_to_one_round_and_one_installation() -> None:
    field = carry({"at": 1}, secret=SECRET, bound_to="round")
    for secret, bound_to in ((SECRET, "another round"), ("another " + SECRET, "round")):
        with pytest.raises(CarriedFieldBroken):
            carried(field, secret=secret, bound_to=bound_to)


@given(st.text(max_size=400))
def test_a_changed_hidden_field_is_refused(text: str) -> None:
    with pytest.raises(CarriedFieldBroken):
        carried(text, secret=SECRET, bound_to="round")


def test_a_sealed_comment_is_padded_and_bound_to_its_place() -> None:
    sealed = seal_text({"text": "more books"}, b"k" * 32, bound_to="round wish")
    assert len(sealed) == 256
    assert open_text(sealed, b"k" * 32, bound_to="round wish") == {"text": "more books"}
    with pytest.raises(CommentUnreadable):
        open_text(sealed, b"k" * 32, bound_to="round other")


def test_a_password_fits_only_its_own_hash_and_nobody_has_none() -> None:
    hashed = hash_password("correct horse battery")
    assert hashed.startswith("$argon2id$")
    assert is_password("correct horse battery", hashed)
    assert not is_password("correct horse batterz", hashed)
    assert not is_password("correct horse battery", None)


@pytest.mark.parametrize(("failures", "seconds"), [(5, 30), (6, 60), (9, 480), (10, 900), (4000, 900)])
def test_the_pause_after_wrong_passwords_grows_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert pause_after(failures, NOW) == NOW + timedelta(seconds=seconds)


def test_four_wrong_passwords_are_forgiven() -> None:
    assert pause_after(4, NOW) is None


def test_every_action_is_somebodys_and_every_role_is_known() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert {role for roles in PERMISSIONS.values() for role in roles} <= set(ROLES)


def test_a_teacher_reaches_only_own_things_and_never_comments() -> None:
    assert reach(Action.SEE_RELEASES, {"teacher"}) is Reach.OWN
    assert not may(Action.SEE_RELEASES, {"teacher"}, owns=False)
    assert reach(Action.REVIEW_COMMENTS, {"teacher"}) is None


def test_neither_officer_nor_administrator_sees_what_people_said() -> None:
    for role in ("officer", "administrator"):
        assert reach(Action.SEE_RELEASES, {role}) is None
        assert reach(Action.REVIEW_COMMENTS, {role}) is None


def _chain(length: int) -> list[tuple[Entry, str]]:
    chain, previous = [], FIRST
    for number in range(1, length + 1):
        entry = Entry(number, NOW, "lead", "round_opened", "r", {"k": 10}, previous)
        previous = entry.hash()
        chain.append((entry, previous))
    return chain


def test_a_whole_audit_chain_holds_and_a_missing_or_moved_entry_is_named() -> None:
    chain = _chain(5)
    assert first_wrong(chain) is None
    assert first_wrong(chain[:2] + chain[3:]) == Wrong(3, How.MISSING)
    assert first_wrong([chain[1], chain[0], *chain[2:]]) == Wrong(1, How.MISSING)


def test_a_chain_whose_beginning_went_by_its_date_hangs_on_what_was_signed_of_it() -> None:
    chain = _chain(5)
    begun = Head(2, chain[1][1])
    assert first_wrong(chain[2:], after=begun) is None
    # What was to go and is still there is no fault; heads from before bind nothing any more.
    assert first_wrong(chain[1:], [Head(1, "gone"), begun], begun) is None
    assert first_wrong(chain[2:]) == Wrong(1, How.MISSING)
    assert first_wrong(chain[3:], after=begun) == Wrong(3, How.MISSING)
    assert first_wrong(chain[2:], after=Head(2, chain[0][1])) == Wrong(2, How.CHANGED)
    assert first_wrong([], [Head(5, chain[4][1])], begun) == Wrong(3, How.CUT_OFF)


@pytest.mark.parametrize(
    ("state", "counted_on", "today", "expected"),
    [
        ("scrubbed", date(2026, 1, 1), date(2026, 3, 31), Due()),
        ("scrubbed", date(2026, 1, 1), date(2026, 4, 1), Due(comments=True)),
        ("scrubbed", date(2026, 1, 1), date(2028, 12, 31), Due(comments=True, tallies=True)),
        ("too_few", None, date(2026, 1, 30), Due()),
        ("too_few", None, date(2026, 1, 31), Due(box=True)),
        ("closed", None, date(2026, 3, 1), Due()),
        ("closed", None, date(2026, 3, 2), Due(box=True)),
        ("counting", None, date(2026, 3, 2), Due(box=True)),
        ("open", None, date(2030, 1, 1), Due()),
    ],
)
def test_retention_knows_the_day(state: str, counted_on: date | None, today: date, expected: Due) -> None:
    found = due(
        state=state,
        closed_on=date(2026, 1, 1),
        counted_on=counted_on,
        keep_comments_days=90,
        keep_tallies_days=1095,
        today=today,
    )
    assert found == expected


def test_answers_from_a_file_wait_for_the_officer_however_old_they_are() -> None:
    facts = {"closed_on": date(2020, 1, 1), "counted_on": None, "today": date(2026, 1, 1)}
    kept = {"keep_comments_days": 90, "keep_tallies_days": 1095}
    assert due(state="closed", imported=True, **facts, **kept) == Due()  # type: ignore[arg-type]  # mixed facts
    # The control: a round that people answered is over by then.
    assert due(state="closed", imported=False, **facts, **kept) == Due(box=True)  # type: ignore[arg-type]  # as above
