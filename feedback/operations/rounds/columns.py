"""Where `forms` and `analysis` meet: an instrument's questions as columns, and stored tallies as sums."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.tables import Column, Measure
from analysis.tables import Tally as Sum
from feedback.models import Round, Tally
from forms.definition import Instrument


def columns_of(instrument: Instrument) -> tuple[Column, ...]:
    """One column for each question, in the order of the form."""
    return tuple(
        Column(
            question=question.id,
            measure=Measure(question.measure.value),
            cells=tuple(option.id for option in question.cells()),
            favourable=question.favourable(),
            apart=tuple(option.id for option in question.apart()),
            places=question.places(),
            steps=tuple(option.id for option in question.steps()),
        )
        for question in instrument.questions
    )


def stored_sums(session: Session, round_id: str) -> tuple[Sum, ...]:
    """The round's tallies as the count wrote them: totals first, then by each variable in the order of declaration."""
    declared = ["", *session.get_one(Round, round_id).breakdowns]
    rows: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for tally in session.scalars(select(Tally).where(Tally.round_id == round_id)):
        rows[tally.question, tally.breakdown, tally.group][tally.cell] = tally.people
    return tuple(
        Sum(
            question=question,
            answered=cells.get("", 0),
            counts={cell: people for cell, people in cells.items() if cell},
            breakdown=breakdown or None,
            group=group or None,
        )
        for (question, breakdown, group), cells in sorted(
            rows.items(), key=lambda row: (declared.index(row[0][1]), row[0])
        )
    )
