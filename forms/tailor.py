"""A library instrument made one's own: questions switched off, words changed."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from pydantic import ValidationError

from forms.definition import Instrument, Section
from forms.problems import Fault, InstrumentRefused
from forms.questions import AnyQuestion
from forms.questions.base import Measure
from forms.validation import faults_of
from forms.wording import N_, Words


def tailor(
    instrument: Instrument,
    *,
    without: Collection[str] = (),
    wording: Mapping[str, Words] = MappingProxyType({}),
) -> Instrument:
    """The instrument without some questions and with other words for some: question id -> words.

    Words may be given in some of the languages; the others keep theirs. Raises InstrumentRefused if no question is
    left, an id is unknown, or words are blank or in a language that the instrument does not have.
    """
    _refuse_unknown(instrument, {*without, *wording})
    sections = tuple(_tailored_sections(instrument, without, wording))
    if not sections:
        raise _refused(instrument, Fault("no_question_left"))
    try:
        # A copy alone would not be checked: the words come from a person.
        return Instrument.model_validate(instrument.model_copy(update={"sections": sections}).model_dump())
    except ValidationError as error:
        raise _refused(instrument, *faults_of(error)) from error


def for_under_18s_without_text(instrument: Instrument) -> Instrument:
    """The instrument without free text, if it asks students: nobody reads it for their safety yet."""
    if instrument.audience != "students":
        return instrument
    texts = [question.id for question in instrument.questions if question.measure is Measure.TEXT]
    return tailor(instrument, without=texts)


def _refuse_unknown(instrument: Instrument, ids: Collection[str]) -> None:
    known = [question.id for question in instrument.questions]
    values = ({"id": id_, "known": ", ".join(known)} for id_ in sorted(ids) if id_ not in known)
    faults = [Fault("unknown_question", values=each) for each in values]
    if faults:
        raise _refused(instrument, *faults)


def _tailored_sections(
    instrument: Instrument, without: Collection[str], wording: Mapping[str, Words]
) -> Iterator[Section]:
    for section in instrument.sections:
        kept = tuple(_reworded(each, wording) for each in section.questions if each.id not in without)
        if kept:
            yield section.model_copy(update={"questions": kept})


def _reworded(question: AnyQuestion, wording: Mapping[str, Words]) -> AnyQuestion:
    words = wording.get(question.id)
    return question.model_copy(update={"text": {**question.text, **words}}) if words else question


def _refused(instrument: Instrument, *faults: Fault) -> InstrumentRefused:
    return InstrumentRefused(instrument.id, tuple(fault.told(N_) for fault in faults))
