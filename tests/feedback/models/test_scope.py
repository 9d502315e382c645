"""A session that sees one school: whatever is asked, nothing of another one is seen, changed or written."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from feedback.db import changes, narrowed, reading, writing
from feedback.models import (
    BELONGS,
    Base,
    BookEntry,
    ChooseSchool,
    DistrictSchool,
    Draft,
    NextStep,
    OtherSchool,
    Pilot,
    Release,
    Round,
    StaffMember,
    Tally,
    TranslatedText,
)
from feedback.operations.school import School
from tests.factories import NOW, a_pilot, a_round, a_staff_member


class Two:
    """Two schools with a pilot, a round and an account each; `here` is the engine that sees the first one alone."""

    def __init__(self, school: School) -> None:
        with Session(school.engine) as session, session.begin():
            self.mine = session.scalars(select(DistrictSchool.id)).one()
            other = DistrictSchool(name="Lake School")
            session.add(other)
            session.flush()
            self.other = other.id
        self.rounds = {one: a_round(school, pilot=a_pilot(school, school_id=one)) for one in (self.mine, self.other)}
        self.here = narrowed(school.engine, self.mine)

    @property
    def foreign(self) -> Round:
        """The other school's round."""
        return self.rounds[self.other]


@pytest.fixture
def two(school: School) -> Two:
    """Two schools."""
    return Two(school)


@pytest.fixture
def session(two: Two) -> Iterator[Session]:
    """A session that sees the first of them."""
    with Session(two.here) as opened, opened.begin():
        yield opened


def test_every_table_says_where_its_rows_belong() -> None:
    assert set(BELONGS) == set(Base.metadata.tables), (
        "say in feedback.models.scope.BELONGS which school a row belongs to"
    )


def test_whoever_sees_all_schools_sees_both(school: School, two: Two) -> None:
    with reading(school.engine) as session:
        assert set(session.scalars(select(Round.id))) == {each.id for each in two.rounds.values()}


def test_rows_of_another_school_are_not_found(two: Two, session: Session) -> None:
    assert session.get(Round, two.foreign.id) is None
    assert session.get(Pilot, two.foreign.pilot_id) is None
    assert session.get(Round, two.rounds[two.mine].id) is not None
    assert [each.id for each in session.scalars(select(Round))] == [two.rounds[two.mine].id]
    assert session.scalar(select(func.count()).select_from(Round)) == 1
    assert session.scalar(select(func.count(Round.id))) == 1
    assert session.execute(select(Round.code).where(Round.id == two.foreign.id)).all() == []


def test_neither_are_they_by_joins_aliases_subqueries_and_relationships(two: Two, session: Session) -> None:
    other = aliased(Round)
    assert session.scalars(select(other.id)).all() == [two.rounds[two.mine].id]
    assert session.scalars(select(Pilot.id).join(Round)).all() == [two.rounds[two.mine].pilot_id]
    inner = select(Round.pilot_id).where(Round.id == two.foreign.id)
    assert session.scalars(select(DistrictSchool.id).where(inner.exists())).all() == []
    for option in (joinedload(Pilot.rounds), selectinload(Pilot.rounds)):
        pilots = session.scalars(select(Pilot).options(option)).unique().all()
        assert [each.id for pilot in pilots for each in pilot.rounds] == [two.rounds[two.mine].id]


def test_rows_that_hang_further_down_belong_with_their_round(school: School, two: Two) -> None:
    with writing(school.engine) as everywhere:
        everywhere.add_all(Tally(round_id=each.id, question="again", people=9) for each in two.rounds.values())
        for each in two.rounds.values():
            facts = {"part": "figures", "reader": "team", "body": "{}", "sha256": "", "released_on": NOW.date()}
            release = Release(round_id=each.id, **facts)
            everywhere.add(release)
            everywhere.flush()
            everywhere.add(NextStep(release_id=release.id, question="again", language="en", text=each.id))
    with reading(two.here) as session:
        assert session.scalars(select(Tally.round_id)).all() == [two.rounds[two.mine].id]
        assert session.scalars(select(NextStep.text)).all() == [two.rounds[two.mine].id]


def test_updates_and_deletes_leave_another_school_alone(school: School, two: Two) -> None:
    with writing(two.here) as session:
        session.execute(update(Round).values(title="Ours"))
        session.execute(delete(Round).where(Round.id == two.foreign.id))
    with reading(school.engine) as everywhere:
        titles = dict(everywhere.execute(select(Round.id, Round.title)).all())
    assert titles == {two.rounds[two.mine].id: "Ours", two.foreign.id: "Class 2B"}


def test_nothing_is_written_to_another_school(two: Two) -> None:
    about = {"kind": "lesson", "body": {}, "written_on": NOW.date()}
    with pytest.raises(OtherSchool), writing(two.here) as session:
        session.add(BookEntry(pilot_id=two.foreign.pilot_id, **about))
    with writing(two.here) as session:
        session.add(BookEntry(pilot_id=two.rounds[two.mine].pilot_id, **about))
    with pytest.raises(OtherSchool), writing(two.here) as session:
        session.get_one(Pilot, two.rounds[two.mine].pilot_id).school_id = two.other
    with pytest.raises(OtherSchool), writing(two.here) as session:
        session.get_one(Round, two.rounds[two.mine].id).pilot_id = two.foreign.pilot_id
    with pytest.raises(OtherSchool), writing(two.here) as session:
        session.delete(session.merge(two.foreign, load=False))


def test_what_is_new_belongs_to_the_school_that_is_seen(school: School, two: Two) -> None:
    facts = {"source_language": "en", "body": "{}", "changed_on": NOW.date()}
    with writing(two.here) as session:
        draft = Draft(name="ours", **facts)
        session.add(draft)
        session.flush()
        assert draft.school_id == two.mine
    with pytest.raises(ChooseSchool), writing(school.engine) as everywhere:
        everywhere.add(Draft(name="whose", **facts))
    with writing(school.engine) as everywhere:
        everywhere.add(Draft(name="theirs", school_id=two.other, **facts))
        everywhere.add_all(
            TranslatedText(
                name=name,
                key="title",
                language="ar",
                words=name,
                state="draft",
                source="",
                changed_on=NOW.date(),
            )
            for name in ("ours", "theirs", "of-the-library")
        )
    with reading(two.here) as session:
        assert set(session.scalars(select(TranslatedText.name))) == {"ours", "of-the-library"}


def test_the_districts_staff_are_seen_and_not_changed(school: School, two: Two) -> None:
    mine = a_staff_member(school, account="mine", school_id=two.mine)
    district = a_staff_member(school, account="district", school_id=None)
    a_staff_member(school, account="foreign", school_id=two.other)
    with reading(two.here) as session:
        assert set(session.scalars(select(StaffMember.id))) == {mine.id, district.id}
    with writing(two.here) as session:
        session.execute(update(StaffMember).values(failed_sign_ins=1))
    with reading(school.engine) as everywhere:
        failed = dict(everywhere.execute(select(StaffMember.account, StaffMember.failed_sign_ins)).all())
    assert failed == {"mine": 1, "district": 0, "foreign": 0}
    with pytest.raises(OtherSchool), writing(two.here) as session:
        session.get_one(StaffMember, district.id).is_lead = True


def test_writers_of_all_schools_stand_in_one_line(school: School, two: Two) -> None:
    before = changes(two.here)
    assert before == changes(school.engine) > 0
    with writing(two.here) as session:
        session.execute(update(Round).values(title="Ours"))
    assert changes(two.here) == changes(school.engine) == before + 1
