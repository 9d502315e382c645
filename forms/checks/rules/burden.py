"""How much is asked of people: questions, minutes, open answers (domain.md 3.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.checks.asked import OPEN, Form, Item
from forms.checks.bands import SECONDS, WORDS_A_MINUTE
from forms.checks.profiles import STRICTEST
from forms.checks.remarks import Remark

#: Seconds before the first question and after the last.
_AROUND = 20


def burden(form: Form) -> Iterator[Remark]:
    """Over the limit of the age: a block that can be overridden. Minutes promised too low: advice."""
    band, count = form.band, len(form.questions)
    if count > band.items:
        yield form.remark("too_many_questions", "block", "", count=count, most=band.items)
    opens = [question for question in form.questions if question.type in OPEN]
    if len(opens) > band.open_items:
        yield form.remark("too_many_open", "block", "", count=len(opens), most=band.open_items)
    for question in opens:
        limit = question.data.get("max_length", 1000 if question.type == "text" else 0)
        if isinstance(limit, int) and limit > band.characters:
            yield form.remark("long_answer", "block", question.key, count=limit, most=band.characters)
    yield from _of_minutes(form)


def estimated_minutes(data: Mapping[str, Any]) -> float:
    """How long answering takes this audience, from the words of the longest language and the kinds of questions."""
    return _estimate(Form(data, STRICTEST))


def _of_minutes(form: Form) -> Iterator[Remark]:
    named, most = form.data.get("minutes"), form.band.minutes
    minutes = _estimate(form)
    longest = max(minutes, named if isinstance(named, int) else 0)
    if round(longest) > most:
        yield form.remark("too_many_minutes", "block", "", count=round(longest), most=most)
    elif isinstance(named, int) and minutes > named + 1:
        yield form.remark("minutes_too_few", "warning", "", count=round(minutes), named=named)


def _estimate(form: Form) -> float:
    answering = sum(_seconds(question) for question in form.questions)
    words: dict[str, float] = {}
    for said in form.said:
        ratio = said.lexicon.figure("ratio") or 1.0
        length = len(said.words) if said.lexicon.is_unspaced else len(said.words.split())
        words[said.language] = words.get(said.language, 0) + length / ratio
    reading = max(words.values(), default=0) * 60 / WORDS_A_MINUTE
    return (_AROUND + answering + reading) * form.band.pace / 60 if form.questions else 0.0


def _seconds(question: Item) -> int:
    return SECONDS.get(question.type, SECONDS["scale"])
