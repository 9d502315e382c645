"""What there is to know of a form before it is chosen, with a sample of its report. Nothing of it is stored."""

from dataclasses import dataclass

from analysis.verdict import Criterion
from feedback.db import reading
from feedback.models import StaffMember
from feedback.operations.rounds.course import DEFAULT_K
from feedback.operations.rounds.made_up_report import MadeUpReport, People, made_up_report
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.published import form_to_ask, newest_version
from feedback.privacy.permissions import Action
from forms.definition import Instrument


@dataclass(frozen=True, slots=True)
class AboutForm:
    """A form that can be asked, and its report with made-up answers. `is_own`: the school published it itself.

    `voices`: how many a box waits for before it is opened.
    """

    instrument: Instrument
    is_own: bool
    report: MadeUpReport
    voices: int = DEFAULT_K


def about_form(school: School, by: StaffMember, name: str, *, people: int) -> AboutForm:
    """The form of this name, with the report that one class of `people` would have. NotPermitted, NotFound."""
    allow(by, Action.EDIT_INSTRUMENTS)
    instrument = form_to_ask(school, name)
    with reading(school.engine) as session:
        is_own = newest_version(session, name) is not None
    asked = People(people, DEFAULT_K, {})
    report = made_up_report(instrument, asked, seed=f"{name} {people}", criterion=_first_suggested(instrument))
    return AboutForm(instrument, is_own, report)


def _first_suggested(instrument: Instrument) -> Criterion | None:
    """What the form suggests to agree on before anybody is asked."""
    for each in instrument.suggested or ():
        return Criterion(each.question, each.answers, each.target, each.minimum_voices)
    return None
