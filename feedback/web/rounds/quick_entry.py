"""Quick entry: a pile of returned sheets, typed in with the keyboard, one page a sheet.

Every page begins empty: none shows what stood on the sheet before. Pressing Enter without scripts only looks through
what is typed, so that no half sheet gets into the box.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.i18n import gettext
from feedback.operations.answers.publish import Asked
from feedback.operations.answers.quick_entry import put_in_sheet, takes_sheets
from feedback.operations.errors import AnswersTooLong, BoxFull, NothingAnswered, SlipUnknown, StorageUnavailable
from feedback.operations.rounds.course import round_for
from feedback.privacy.permissions import Action
from feedback.privacy.receipts import is_form_key, new_form_key
from feedback.privacy.slips import normal
from feedback.web.errors import said_of
from feedback.web.place import now, signed_in, the_school
from forms.builder import field_name
from forms.paper import NotOnTheSheet, line_numbers, typed_answer
from forms.piping import with_answers
from forms.questions import AnyQuestion
from forms.questions.base import Answer

bp = Blueprint("quick_entry", __name__, url_prefix="/<language>/desk")

#: Letters of one line that are read; programs may send anything.
_LONGEST = 6000
_MOST_COUNTED = 9999
_Refused = (NothingAnswered, AnswersTooLong, SlipUnknown, BoxFull, StorageUnavailable)


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the sheet, with what was typed; `wrong` where that is no answer to it."""

    question: AnyQuestion
    number: str
    typed: str = ""
    answer: Answer | None = None
    wrong: bool = False

    @property
    def name(self) -> str:
        """The name and id of its field."""
        return field_name(self.question.id)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the boxes that are crossed, as far as the answer is made of boxes."""
        if isinstance(self.answer, str):
            return (self.answer,)
        return self.answer if isinstance(self.answer, tuple) else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet on the page. `done` is how many were typed in before it, as the page itself remembers."""

    form_key: str
    lines: tuple[Line, ...]
    group: str = ""
    slip: str = ""
    done: int = 0
    #: What is wrong with the whole: a name of `web.errors`, or "slip-mistyped".
    problem: str | None = field(default=None)

    @property
    def answers(self) -> dict[str, Answer]:
        """What is answered on it."""
        return {line.question.id: line.answer for line in self.lines if line.answer is not None}

    @property
    def next_place(self) -> str:
        """The id of the field to go on with: the first wrong one, or the one after the last that is filled."""
        wrong = [line.name for line in self.lines if line.wrong]
        filled = [number for number, line in enumerate(self.lines, 1) if line.typed.strip()]
        after = [line.name for line in self.lines[max(filled, default=0) :]]
        return "slip" if (self.problem or "").startswith("slip") else [*wrong, *after, "put-in"][0]


@bp.get("/rounds/<round_id>/sheets")
def show(round_id: str) -> ResponseReturnValue:
    """An empty sheet. The group of the one before is kept: piles come group by group."""
    group = request.args.get("group", "")
    asked = _asked(round_id, group)
    done = request.args.get("done", 0, type=int)
    lines = tuple(Line(question, number) for question, number in _numbered(asked))
    return _page(round_id, asked, Sheet(new_form_key(), lines, group, done=min(max(done, 0), _MOST_COUNTED)))


@bp.post("/rounds/<round_id>/sheets")
def put_in(round_id: str) -> ResponseReturnValue:
    """Into the box, if everything typed is an answer; or only look through it."""
    asked = _asked(round_id, request.form.get("group", ""))
    sheet = _typed(asked, request.form)
    looking = request.form.get("go") != "put-in"
    if looking or sheet.problem or any(line.wrong for line in sheet.lines):
        return _page(round_id, asked, sheet), 200 if looking else 422
    try:
        is_new = put_in_sheet(
            the_school(),
            signed_in(),
            round_id,
            sheet.form_key,
            sheet.answers,
            group=sheet.group,
            slip=sheet.slip,
            now=now(),
        )
    except _Refused as kept:
        status, problem = said_of(kept)
        return _page(round_id, asked, sheet, problem), status
    flash(
        gettext("The sheet is in the box.") if is_new else gettext("This sheet was in the box already. It counts once.")
    )
    done = min(sheet.done + is_new, _MOST_COUNTED)
    return redirect(url_for(".show", round_id=round_id, group=sheet.group or None, done=done), 303)


def _typed(asked: Asked, typed: Mapping[str, str]) -> Sheet:
    key, slip, done = typed.get("form_key", ""), typed.get("slip", ""), typed.get("done", "")
    if not is_form_key(key):
        abort(400)
    return Sheet(
        form_key=key,
        lines=tuple(_line(question, number, typed) for question, number in _numbered(asked)),
        group=asked.group or "",
        slip=slip[:_LONGEST],
        done=int(done) if done.isdecimal() and len(done) < len(str(_MOST_COUNTED)) else 0,
        problem="slip-mistyped" if asked.slips and normal(slip) is None else None,
    )


def _numbered(asked: Asked) -> list[tuple[AnyQuestion, str]]:
    """Every line of the sheet, worded as on paper."""
    instrument = with_answers(asked.instrument, {})
    numbers = line_numbers(instrument)
    return [(question, numbers[question.id]) for question in instrument.questions]


def _line(question: AnyQuestion, number: str, typed: Mapping[str, str]) -> Line:
    text = typed.get(field_name(question.id), "")[:_LONGEST]
    try:
        return Line(question, number, text, typed_answer(question, text))
    except NotOnTheSheet:
        return Line(question, number, text, wrong=True)


def _page(round_id: str, asked: Asked, sheet: Sheet, problem: str | None = None) -> str:
    round_ = round_for(the_school(), signed_in(), round_id, Action.TYPE_SHEETS).round
    return render_template(
        "quick_entry/sheet.html",
        round=round_,
        asked=asked,
        sheet=sheet,
        problem=problem or (sheet.problem if request.form.get("go") == "put-in" else None),
    )


def _asked(round_id: str, group: str) -> Asked:
    return takes_sheets(the_school(), signed_in(), round_id, group=group, now=now())
