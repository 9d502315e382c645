"""Retention is carried out and recorded; staff sign in, and pause after wrong passwords."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Comment, Release, Round, Tally
from feedback.operations.errors import NotReady, SignInRefused
from feedback.operations.heads import first_broken_entry
from feedback.operations.retention.purge import Purged, purge
from feedback.operations.school import School
from feedback.operations.staff import add_staff, browser_contents, forget_browser, remember_browser, sign_in
from feedback.privacy.keys import KeyGone
from tests.disk import bytes_of
from tests.factories import NOW, a_family_instrument, a_round, drop_envelopes
from tests.feedback.operations.results.test_release import a_counted_round

TODAY = NOW.date()
NEEDLE = "needle-7f3a91c2"


def _rows(school: School, table: type) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_comments_go_after_their_days_and_no_byte_or_key_of_them_stays(school: School) -> None:
    answers = [{"wish": f"{NEEDLE} {n}"} for n in range(12)]
    round_ = a_counted_round(school, *answers, instrument=a_family_instrument())
    with Session(school.engine) as session:
        sealed = session.scalars(select(Comment.sealed)).all()
    assert purge(school, today=TODAY + timedelta(days=89), now=NOW) == []
    due = TODAY + timedelta(days=90)
    assert purge(school, today=due, now=NOW, dry_run=True) == [Purged(round_.id, comments=12)]
    assert _rows(school, Comment) == 12
    assert purge(school, today=due, now=NOW) == [Purged(round_.id, comments=12)]
    assert (_rows(school, Comment), _rows(school, Tally) > 0, _rows(school, Release)) == (0, True, 2)
    with pytest.raises(KeyGone):
        school.keystore.data_key(round_.id)
    assert not any(body in bytes_of(school) for body in sealed)
    assert purge(school, today=due, now=NOW) == []


def test_tallies_and_releases_go_last(school: School) -> None:
    a_counted_round(school, *[{"again": "yes"}] * 10)
    (gone,) = purge(school, today=TODAY + timedelta(days=1095), now=NOW)
    assert gone.tallies > 0
    assert (_rows(school, Tally), _rows(school, Release)) == (0, 0)


def test_a_box_that_never_filled_is_destroyed_unopened(school: School) -> None:
    round_ = a_round(school)
    drop_envelopes(school, round_, *[{"again": "yes"}] * 3)
    with Session(school.engine) as session, session.begin():
        session.execute(update(Round).values(state="too_few"))
    assert purge(school, today=round_.closes_at.date() + timedelta(days=29), now=NOW) == []
    purge(school, today=round_.closes_at.date() + timedelta(days=30), now=NOW)
    with Session(school.engine) as session:
        assert session.scalars(select(Round.state)).all() == ["destroyed"]
    assert not school.keystore.has_box_key(round_.id)


def test_the_audit_entry_of_a_purge_holds_counts_and_the_chain_shows_tampering(school: School) -> None:
    a_counted_round(school, *[{"wish": "x"}] * 12, instrument=a_family_instrument())
    add_staff(school, "officer", "a long password", ("officer",), now=NOW)
    purge(school, today=TODAY + timedelta(days=90), now=NOW)
    with Session(school.engine) as session, session.begin():
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "purged")).one()
        assert entry.facts == {"comments": 12, "tallies": 0, "boxes": 0}
        assert first_broken_entry(school) is None
        number = entry.number
        entry.facts = {"comments": 0, "tallies": 0, "boxes": 0}
    assert first_broken_entry(school) == number


def test_five_wrong_passwords_make_even_the_right_one_wait(school: School) -> None:
    add_staff(school, "Teacher", "a long password", ("teacher",), now=NOW)
    assert sign_in(school, " teacher ", "a long password", now=NOW)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(school, "teacher", "wrong", now=NOW)
    with pytest.raises(SignInRefused):
        sign_in(school, "teacher", "a long password", now=NOW)
    assert sign_in(school, "teacher", "a long password", now=NOW + timedelta(seconds=31))


def test_an_account_that_does_not_exist_is_refused_like_a_wrong_password(school: School) -> None:
    with pytest.raises(SignInRefused):
        sign_in(school, "nobody", "a long password", now=NOW)


@pytest.mark.parametrize(
    ("account", "password", "roles", "wrong"),
    [
        ("", "a long password", ("teacher",), "account"),
        ("t", "short", ("teacher",), "password_short"),
        ("t", "a long password", (), "roles"),
        ("t", "a long password", ("king",), "roles"),
        ("t", "a long password", ("officer", "administrator"), "officer"),
        ("t", "a long password", ("interpreter",), "languages"),
    ],
)
def test_unfit_accounts_are_refused_by_name(
    school: School, account: str, password: str, roles: tuple[str, ...], wrong: str
) -> None:
    with pytest.raises(NotReady) as refused:
        add_staff(school, account, password, roles, now=NOW)
    assert wrong in refused.value.missing


def test_a_browsers_session_lies_on_the_server_and_ends_when_idle(school: School) -> None:
    token = remember_browser(school, None, {"staff_id": None, "x": 1}, now=NOW)
    assert browser_contents(school, token, now=NOW + timedelta(minutes=29)) == {"staff_id": None, "x": 1}
    assert browser_contents(school, token, now=NOW + timedelta(minutes=31)) is None
    assert token.encode() not in bytes_of(school)
    forget_browser(school, token)
    assert browser_contents(school, token, now=NOW) is None
