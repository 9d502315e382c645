"""Sheets of paper: what somebody types who reads an answer off one.

Beside every box of a printed form stands a number, counted from 1 over the answers as the question offers them. The
question alone decides what is an answer; here the numbers are only put into the shapes that answers have.
"""

import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from forms.definition import Instrument
from forms.questions import AnyQuestion
from forms.questions.base import Answer, Measure

#: Digits of every script, and what people put between numbers.
_NUMBERS = re.compile(r"\d{1,9}(?:[\s,،;+]+\d{1,9})*")
_NUMBER = re.compile(r"\d+")


class NotOnTheSheet(Exception):
    """What was typed is no answer to this question."""


def line_numbers(instrument: Instrument) -> dict[str, str]:
    """The number of every question on a sheet, by its id; the line for own words beside question 3 is "3a"."""
    numbers: dict[str, str] = {}
    for number, question in enumerate(instrument.main_questions, 1):
        numbers[question.id] = str(number)
        beside = [each.id for each in instrument.questions if each.companion_of == question.id]
        numbers |= {id_: f"{number}{letter}" for letter, id_ in zip(ascii_lowercase, beside, strict=False)}
    return numbers


def typed_answer(question: AnyQuestion, typed: str) -> Answer | None:
    """The answer that these numbers (or words) mean; None where the question was skipped. NotOnTheSheet."""
    typed = typed.strip()
    if not typed:
        return None
    shapes = iter([typed]) if question.measure is Measure.TEXT else _shapes(question, typed)
    answer = next((found for raw in shapes if (found := question.accept(raw)) is not None), None)
    if answer is None:
        raise NotOnTheSheet(question.id)
    return answer


def _shapes(question: AnyQuestion, typed: str) -> Iterator[object]:
    if not _NUMBERS.fullmatch(typed):
        return
    numbers = [int(number) for number in _NUMBER.findall(typed)]
    yield from _shapes_of(question, numbers)
    if len(numbers) == 1 and len(question.offered()) < 10:
        # "13" for the first and the third box: faster to type, and there is no thirteenth.
        yield from _shapes_of(question, [int(digit) for digit in str(numbers[0])])


def _shapes_of(question: AnyQuestion, numbers: Sequence[int]) -> Iterator[object]:
    """One number; the box it stands in; several boxes; a number written beside every box."""
    ids = [option.id for option in question.offered()]
    if not ids and len(numbers) == 1:
        yield numbers[0]
    # Before and now may be the same step; nobody crosses one box twice.
    may_repeat = question.measure is Measure.CHANGE
    if all(1 <= number <= len(ids) for number in numbers) and (may_repeat or len(set(numbers)) == len(numbers)):
        chosen = tuple(ids[number - 1] for number in numbers)
        yield from chosen if len(chosen) == 1 else ()
        yield chosen
    if len(numbers) == len(ids):
        yield dict(zip(ids, numbers, strict=True))
