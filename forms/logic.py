"""Which questions are asked of whom: those whose condition holds by what was answered before.

An answer to a question that is not asked is nobody's answer: it is dropped on the way through the form and again at
the count, whoever sealed the envelope.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from forms.piping import can_be_piped, has_stray_brace, piped_questions, piped_texts
from forms.problems import Fault, Place
from forms.questions.base import Answer, Condition, Measure, Question

if TYPE_CHECKING:
    from forms.definition import AnyItem, Instrument

#: What an answer has to be so that a condition can ask for it: options that were chosen.
_CHOSEN = (Measure.CHOICE, Measure.CHOICES, Measure.SCALE)


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether one of the condition's answers was given."""
    given = answers.get(condition.question)
    chosen = given if isinstance(given, tuple) else (given,)
    return any(answer in chosen for answer in condition.answers)


def shown(instrument: "Instrument", answers: Mapping[str, Answer]) -> Iterator["AnyItem"]:
    """The items that these answers lead to, in the order of the form."""
    kept: dict[str, Answer] = {}
    for item, conditions in _with_conditions(instrument):
        if all(holds(condition, kept) for condition in conditions):
            yield item
            if item.id in answers:
                kept[item.id] = answers[item.id]


def kept(instrument: "Instrument", answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers without those to questions that the others do not lead to."""
    return {item.id: answers[item.id] for item in shown(instrument, answers) if item.id in answers}


def ahead(instrument: "Instrument", answers: Mapping[str, Answer], here: str) -> Iterator[tuple["AnyItem", bool]]:
    """The items behind `here` that may still be asked, each with whether it surely is.

    What was answered or skipped before `here` is settled; what is answered here and later is open.
    """
    settled: dict[str, Answer] = {}
    still_open: set[str] = set()
    for item, conditions in _with_conditions(instrument):
        surely = all(holds(condition, settled) for condition in conditions)
        if item.id == here:
            still_open.add(here)
        elif not still_open:
            settled |= {item.id: answers[item.id]} if surely and item.id in answers else {}
        elif all(holds(condition, settled) or condition.question in still_open for condition in conditions):
            still_open.add(item.id)
            yield item, surely


def dependents(instrument: "Instrument", ids: Collection[str]) -> frozenset[str]:
    """These items and all that are asked only because of them."""
    gone = set(ids)
    for item, conditions in _with_conditions(instrument):
        if any(condition.question in gone for condition in conditions):
            gone.add(item.id)
    return frozenset(gone)


def faults_of_logic(instrument: "Instrument", *, strict: bool) -> Iterator[Fault]:
    """What is wrong with conditions and with earlier answers in texts; `strict` also finds mistyped braces.

    Places are pydantic's: the type of an item stands behind its number.
    """
    earlier: dict[str, Question] = {}
    for number, section in enumerate(instrument.sections):
        yield from _condition_faults(section.show_if, ("sections", number, "show_if"), earlier)
        for position, item in enumerate(section.items):
            place: Place = ("sections", number, "questions", position, item.type)
            yield from _condition_faults(item.show_if, (*place, "show_if"), earlier)
            for key, words in piped_texts(item):
                for language, text in words.items():
                    yield from _pipe_faults(text, (*place, key, language), earlier, strict=strict)
            if isinstance(item, Question):
                earlier[item.id] = item


def _with_conditions(instrument: "Instrument") -> Iterator[tuple["AnyItem", list[Condition]]]:
    for section in instrument.sections:
        for item in section.items:
            yield item, [condition for condition in (section.show_if, item.show_if) if condition]


def _condition_faults(condition: Condition | None, place: Place, earlier: Mapping[str, Question]) -> Iterator[Fault]:
    if condition is None:
        return
    question = earlier.get(condition.question)
    if question is None or not _can_be_named(question):
        # Looked up only where it has to be said: a form of 300 questions would look at each 300 times.
        known = [id_ for id_, each in earlier.items() if _can_be_named(each)]
        values = {"found": condition.question, "known": ", ".join(known) or "–"}
        yield Fault("condition_question", (*place, "question"), values)
        return
    offered = [option.id for option in question.offered()]
    extra = [id_ for id_ in condition.answers if id_ not in offered]
    if extra:
        values = {"id": question.id, "extra": ", ".join(extra), "known": ", ".join(offered)}
        yield Fault("condition_answer", (*place, "is"), values)


def _can_be_named(question: Question) -> bool:
    return question.measure in _CHOSEN and bool(question.offered())


def _pipe_faults(text: str, place: Place, earlier: Mapping[str, Question], *, strict: bool) -> Iterator[Fault]:
    for id_ in piped_questions(text):
        if id_ not in earlier or not can_be_piped(earlier[id_]):
            known = [each for each, question in earlier.items() if can_be_piped(question)]
            yield Fault("pipe_question", place, {"found": id_, "known": ", ".join(known) or "–"})
    if strict and has_stray_brace(text):
        yield Fault("pipe_form", place)
