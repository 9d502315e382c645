"""What the released rounds of one pilot say, side by side: what its team thinks about. Reads releases only."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from analysis.summary import CriterionResult, Reader, Verdict
from feedback.db import reading
from feedback.models import Pilot, Round, StaffMember
from feedback.operations.errors import NotEnoughVoices, ResultsPurged, StillInTheBox
from feedback.operations.pilots.book import allow_team
from feedback.operations.results.read_release import Released, read_released
from feedback.operations.school import School
from feedback.operations.workshop.round_form import form_of
from feedback.privacy.permissions import Action, may
from forms.definition import Instrument
from forms.questions import AnyQuestion

#: The ready-made form that asks a crowd for its own decision has these words in its name.
_ASKS_TO_DECIDE = {"keep", "change", "stop"}


@dataclass(frozen=True, slots=True)
class Voices:
    """One released round of a pilot, with the form that was asked."""

    round: Round
    instrument: Instrument
    released: Released

    @property
    def criterion(self) -> CriterionResult | None:
        """How the pilot's criterion came out in this round; None where it was not asked."""
        return self.released.summary.criterion

    @property
    def asks_to_decide(self) -> bool:
        """Whether the crowd was asked what to keep, change or stop."""
        return set(self.instrument.id.split("-")) >= _ASKS_TO_DECIDE

    @property
    def crowd_speaks(self) -> bool:
        """Whether students or families said here what the team's own answers are held against."""
        words = self.released.words
        has_themes = words is not None and any(asked.themes for asked in words.questions)
        return self.round.audience != "staff" and (self.asks_to_decide or has_themes)


def voices_of(school: School, by: StaffMember, pilot_id: str) -> list[Voices]:
    """Every round of the pilot whose release this account may see, the last one first. NotPermitted, NotFound."""
    with reading(school.engine) as session:
        pilot = allow_team(session, by, pilot_id)
        found = read_voices(session, by, pilot)
        session.expunge_all()
    return found


def read_voices(session: Session, by: StaffMember, pilot: Pilot) -> list[Voices]:
    """The same inside a transaction, for what has asked for permission."""
    of_pilot = select(Round).where(Round.pilot_id == pilot.id)
    rounds = session.scalars(of_pilot.options(joinedload(Round.instrument)).order_by(Round.closes_at.desc(), Round.id))
    mine = [each for each in rounds if may(Action.SEE_RELEASES, by.roles, owns=each.owner_id == by.id)]
    return [told for each in mine if (told := _voices(session, each)) is not None]


def questions_of(school: School, by: StaffMember, pilot_id: str) -> list[AnyQuestion]:
    """Every question that one of the pilot's rounds asks or will ask and that answers are counted for, each id once."""
    with reading(school.engine) as session:
        allow_team(session, by, pilot_id)
        of_pilot = select(Round).where(Round.pilot_id == pilot_id).options(joinedload(Round.instrument))
        forms = [form_of(each) for each in session.scalars(of_pilot.order_by(Round.opens_at, Round.id))]
    found = [each for form in forms for each in form.questions if each.outcomes()]
    return list({question.id: question for question in found}.values())


def verdict_of(voices: list[Voices]) -> Verdict | None:
    """The verdict on the pilot's criterion in the last round that asked for it; None where none did."""
    return next((each.criterion.verdict for each in voices if each.criterion), None)


def _voices(session: Session, round_: Round) -> Voices | None:
    try:
        released = read_released(session, round_, Reader.TEAM)
    except (StillInTheBox, NotEnoughVoices, ResultsPurged):
        return None
    return Voices(round_, form_of(round_), released)
