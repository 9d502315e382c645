"""A library instrument made one's own: questions switched off, words changed."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from pydantic import ValidationError

from forms.definition import AnyItem, Instrument, Section
from forms.logic import dependents
from forms.piping import otherwise
from forms.problems import Fault, InstrumentRefused
from forms.questions.base import Measure
from forms.suggested import Suggested
from forms.validation import faults_of
from forms.wording import N_, Words


def tailor(
    instrument: Instrument,
    *,
    without: Collection[str] = (),
    wording: Mapping[str, Words] = MappingProxyType({}),
) -> Instrument:
    """The instrument without some questions and with other words for some: question id -> words.

    What was asked only because of an answer to one that is gone goes with it; texts that named its answer say what
    they say without one.

    Words may be given in some of the languages; the others keep theirs. Raises InstrumentRefused if no question is
    left, an id is unknown, or words are blank or in a language that the instrument does not have.
    """
    _refuse_unknown(instrument, {*without, *wording})
    sections = tuple(_tailored_sections(instrument, dependents(instrument, without), wording))
    if not sections:
        raise _refused(instrument, Fault("no_question_left"))
    try:
        # A copy alone would not be checked: the words come from a person.
        kept = instrument.model_copy(update={"sections": sections, "suggested": _still_suggested(instrument, sections)})
        return Instrument.model_validate(kept.model_dump())
    except ValidationError as error:
        raise _refused(instrument, *faults_of(error)) from error


def for_under_18s_without_text(instrument: Instrument) -> Instrument:
    """The instrument without free text, if it asks students: nobody reads it for their safety yet."""
    if instrument.audience != "students":
        return instrument
    texts = [question.id for question in instrument.questions if question.measure is Measure.TEXT]
    return tailor(instrument, without=texts)


def _refuse_unknown(instrument: Instrument, ids: Collection[str]) -> None:
    known = [item.id for item in instrument.items]
    values = ({"id": id_, "known": ", ".join(known)} for id_ in sorted(ids) if id_ not in known)
    faults = [Fault("unknown_question", values=each) for each in values]
    if faults:
        raise _refused(instrument, *faults)


def _tailored_sections(instrument: Instrument, gone: frozenset[str], wording: Mapping[str, Words]) -> Iterator[Section]:
    for section in instrument.sections:
        kept = tuple(_reworded(otherwise(each, gone), wording) for each in section.items if each.id not in gone)
        # A notice whose questions are all gone has nothing left to say.
        if kept and (not section.questions or any(each.id not in gone for each in section.questions)):
            yield section.model_copy(update={"items": kept})


def _still_suggested(instrument: Instrument, sections: tuple[Section, ...]) -> tuple[Suggested, ...] | None:
    """The suggested criteria whose question is still asked; None for none, as in a form that suggests nothing."""
    asked = {question.id for section in sections for question in section.questions}
    return tuple(each for each in instrument.suggested or () if each.question in asked) or None


def _reworded(item: AnyItem, wording: Mapping[str, Words]) -> AnyItem:
    words = wording.get(item.id)
    return item.model_copy(update={"text": {**item.text, **words}}) if words else item


def _refused(instrument: Instrument, *faults: Fault) -> InstrumentRefused:
    return InstrumentRefused(instrument.id, tuple(fault.told(N_) for fault in faults), faults)
