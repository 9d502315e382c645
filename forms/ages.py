"""What a form for the youngest, or one that is read aloud, has to have before it may be asked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.problems import Fault, Place
from forms.questions.base import Question

if TYPE_CHECKING:
    from forms.definition import Instrument


def is_pictured(instrument: "Instrument") -> bool:
    """Whether people answer it by its pictures: six- to eight-year-olds, and families to whom it is read aloud."""
    return instrument.ages == "6-8" or bool(instrument.audio)


def faults_of_age(instrument: "Instrument") -> Iterator[Fault]:
    """What this age cannot use. Asked of new forms only: one that was answered has to stay readable."""
    if instrument.ages == "6-8" and instrument.layout == "page":
        yield Fault("young_on_a_page", ("layout",))
    if not is_pictured(instrument):
        return
    for number, section in enumerate(instrument.sections):
        for position, item in enumerate(section.items):
            if isinstance(item, Question):
                yield from _without_picture(item, ("sections", number, "questions", position, item.type))


def _without_picture(question: Question, place: Place) -> Iterator[Fault]:
    for key, options in (("options", getattr(question, "options", ())), ("apart", question.apart())):
        for position, option in enumerate(options):
            if option.picture is None:
                yield Fault("missing_picture", (*place, key, position), {"id": option.id})
