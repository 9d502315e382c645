"""A school's list of name words: words only, sealed, used at the count and gone with the comments."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.name_words import words_of
from feedback.models import AuditEntry, NameWord, Round, StaffMember
from feedback.operations.counting.comments import open_comments
from feedback.operations.counting.count import count
from feedback.operations.counting.name_words import forget_name_words, give_name_words, name_words_of
from feedback.operations.errors import NameWordsRefused, NotPermitted, WrongState
from feedback.operations.retention.purge import purge
from feedback.operations.rounds.course import discard_round
from feedback.operations.school import School
from feedback.privacy.name_words import SealedNames, tags_of
from tests.factories import NOW, a_family_instrument, a_round, a_staff_member, drop_envelopes

_LIST = "Kwizera, Ineza\nOkoro Uwase; kwizera"


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Somebody who may give names."""
    return a_staff_member(school, "lead")


def _tags(school: School, round_: Round) -> list[str]:
    with Session(school.engine) as session:
        return list(session.scalars(select(NameWord.tag).where(NameWord.round_id == round_.id)))


def _set_state(school: School, round_: Round, state: str) -> None:
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = state


def _counted(school: School, round_: Round, wish: str) -> set[str]:
    drop_envelopes(school, round_, *[{"ease": "easy", "wish": wish}] * 10)
    _set_state(school, round_, "closed")
    count(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        return {comment.text for comment in open_comments(school, session, round_.id)}


def test_full_names_fall_into_words_that_are_sorted_apart() -> None:
    assert words_of("Uwase Ineza\nINEZA Kwizera-Abe, Uwase 5B") == ["abe", "ineza", "kwizera", "uwase"]
    assert words_of("Abdullah bin Saleh, De la Cruz") == ["abdullah", "cruz", "saleh"]


def test_words_are_kept_as_tags_and_counted_once(school_in_a_file: School) -> None:
    school, lead = school_in_a_file, a_staff_member(school_in_a_file, "lead")
    round_ = a_round(school)
    assert give_name_words(school, lead, round_.id, _LIST, now=NOW) == 4
    assert give_name_words(school, lead, round_.id, _LIST, now=NOW) == 0
    assert give_name_words(school, lead, round_.id, "Uwase Zaninka", now=NOW) == 1
    assert name_words_of(school, lead, round_.id) == 5
    tags = _tags(school, round_)
    assert {len(tag) for tag in tags} == {32}
    everything = b"".join(path.read_bytes() for path in school.settings.instance.rglob("*") if path.is_file())
    assert not [word for word in (b"Kwizera", b"kwizera", b"uwase", b"Uwase") if word in everything]
    # The search would find what is there.
    assert tags[0].encode() in everything


def test_a_tag_is_worth_nothing_without_the_rounds_own_key() -> None:
    tags = frozenset(tags_of(["kwizera"], b"1" * 32))
    mine, other = SealedNames([(b"1" * 32, tags)]), SealedNames([(b"2" * 32, tags)])
    assert (mine.holds("kwizera"), mine.nearly_holds("kwisera"), mine.holds("kwisera")) == (True, True, False)
    assert (other.holds("kwizera"), other.nearly_holds("kwizera")) == (False, False)


def test_the_count_takes_out_the_names_of_the_list(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, a_family_instrument())
    give_name_words(school, lead, round_.id, _LIST, now=NOW)
    assert _counted(school, round_, "please stop kwizera and kwisera") == {"please stop [name] and [name]"}


def test_without_the_list_the_same_words_stay(school: School) -> None:
    round_ = a_round(school, a_family_instrument())
    assert _counted(school, round_, "please stop kwizera and kwisera") == {"please stop kwizera and kwisera"}


def test_the_list_goes_with_the_comments(school: School, lead: StaffMember) -> None:
    round_ = a_round(school, a_family_instrument())
    give_name_words(school, lead, round_.id, _LIST, now=NOW)
    _counted(school, round_, "more books")
    assert _tags(school, round_)
    later = NOW + timedelta(days=91)
    purge(school, today=later.date(), now=later)
    assert _tags(school, round_) == []
    assert not school.keystore.has_data_key(round_.id)
    with Session(school.engine) as session:
        assert session.get_one(Round, round_.id).name_words == 0


def test_a_draft_keeps_its_list_when_it_opens_and_loses_it_when_it_is_thrown_away(
    school: School, lead: StaffMember
) -> None:
    round_ = a_round(school)
    _set_state(school, round_, "draft")
    give_name_words(school, lead, round_.id, _LIST, now=NOW)
    key = school.keystore.data_key(round_.id)
    school.keystore.make_round_keys(round_.id)
    assert school.keystore.data_key(round_.id) == key
    discard_round(school, lead, round_.id, now=NOW)
    assert (_tags(school, round_), school.keystore.has_data_key(round_.id)) == ([], False)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "no_words"), ("12, 34 - 5", "no_words"), ("ab\0cd", "no_text"), ("Ana " * 60_000, "too_long")],
)
def test_a_refused_list_changes_nothing(school: School, lead: StaffMember, text: str, why: str) -> None:
    round_ = a_round(school)
    give_name_words(school, lead, round_.id, _LIST, now=NOW)
    before = _tags(school, round_)
    with pytest.raises(NameWordsRefused) as refused:
        give_name_words(school, lead, round_.id, text, now=NOW)
    assert (refused.value.why, _tags(school, round_)) == (why, before)


def test_a_list_can_be_deleted_and_the_record_holds_numbers_only(school: School, lead: StaffMember) -> None:
    round_ = a_round(school)
    give_name_words(school, lead, round_.id, _LIST, now=NOW)
    forget_name_words(school, lead, round_.id, now=NOW)
    assert (_tags(school, round_), name_words_of(school, lead, round_.id)) == ([], 0)
    with Session(school.engine) as session:
        said = {entry.action: entry.facts for entry in session.scalars(select(AuditEntry))}
    assert (said["name_words_given"], said["name_words_forgotten"]) == ({"words": 4}, {})


def test_who_keeps_accounts_gives_no_names_and_nobody_does_after_the_count(school: School, lead: StaffMember) -> None:
    round_ = a_round(school)
    with pytest.raises(NotPermitted):
        give_name_words(
            school, a_staff_member(school, "administrator", account="office@example.org"), round_.id, _LIST, now=NOW
        )
    _set_state(school, round_, "counting")
    with pytest.raises(WrongState):
        give_name_words(school, lead, round_.id, _LIST, now=NOW)
