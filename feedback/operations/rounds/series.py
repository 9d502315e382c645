"""Series: what becomes of a box with too few voices, and which boxes are opened together.

A round that is to *join* waits for the next one of its series: the same pilot, name, owner, questions, audience,
breakdowns and k, opened later. Its envelopes stay in its own box, under its own key, and are counted with that round's.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Round

#: Rounds whose box is shut or open, and was neither opened nor destroyed.
WAITING = ("open", "closed", "too_few", "joined")
_STILL_TO_COME = ("open", "closed")
_THE_SAME = (
    "pilot_id",
    "title",
    "instrument_id",
    "audience",
    # A baseline is not counted with an end.
    "wave",
    # Nor an exit ticket with anything else that the same class was asked.
    "ticket_id",
    "breakdowns",
    "k",
    "slips",
    # What was read for safety in the one has somebody who reads it in the other.
    "read_languages",
    # Whoever may read the results of the one may read those of the other.
    "owner_id",
    "sample",
)


def end_below_k(session: Session, round_: Round, now: datetime) -> None:
    """What happens to a box with too few voices: it opens once more for as long as it was, joins the next round of its
    series, or waits shut for its end. `now` is UTC, naive.

    Part of the count's own transaction, so that no power cut leaves a promised extension out.
    """
    round_.state = "too_few"
    if round_.if_too_few == "join":
        _join(round_, _next_of(session, round_))
    elif round_.if_too_few == "extend" and not round_.extended and round_.promise_on is not None:
        longer = round_.closes_at - round_.opens_at
        # From now on, where the count came late: the computer was off, or the officer was away.
        closes_at = max(round_.closes_at, now) + longer
        round_.promise_on += closes_at - round_.closes_at
        if round_.paper_until is not None:
            round_.paper_until += closes_at - round_.closes_at
        round_.closes_at = closes_at
        round_.extended = True
        round_.state = "open"
        adopt(session, round_)


def adopt(session: Session, round_: Round) -> None:
    """A round opens: boxes of its series that had too few voices, and were to join, join it."""
    for earlier in session.scalars(select(Round).where(Round.state == "too_few", Round.if_too_few == "join")):
        if _is_next(round_, earlier):
            _join(earlier, round_)


def counted_together(session: Session, round_: Round) -> list[Round]:
    """The round, and every round whose box is opened with it: those that joined it, and those that joined them."""
    together = [round_]
    for each in together:
        together += session.scalars(select(Round).where(Round.joined_id == each.id).order_by(Round.id))
    return together


def counted_with(session: Session, round_: Round) -> Round:
    """The round whose count opens this one's box: the last one it joined, or itself.

    An envelope of a joined round can be withdrawn as long as this one's state is among WAITING.
    """
    while round_.joined_id is not None:
        round_ = session.get_one(Round, round_.joined_id)
    return round_


def people_asked(session: Session, round_: Round) -> int | None:
    """How many people were asked in the rounds that are counted together; None where one of them does not say."""
    sizes = [each.group_size for each in counted_together(session, round_)]
    return None if None in sizes else sum(size or 0 for size in sizes)


def slips_printed(session: Session, round_: Round) -> int | None:
    """How many slips were printed in the rounds that are counted together; None where they needed none."""
    return sum(each.slips_printed for each in counted_together(session, round_)) if round_.slips else None


def _next_of(session: Session, round_: Round) -> Round | None:
    later = session.scalars(
        select(Round)
        .where(Round.pilot_id == round_.pilot_id, Round.state.in_(_STILL_TO_COME), Round.id != round_.id)
        .order_by(Round.opens_at, Round.id)
    )
    return next((each for each in later if _is_next(each, round_)), None)


def _is_next(later: Round, earlier: Round) -> bool:
    return (
        later.opens_at > earlier.opens_at
        and not later.imported
        and all(getattr(later, name) == getattr(earlier, name) for name in _THE_SAME)
        and {group["name"] for group in later.groups} == {group["name"] for group in earlier.groups}
        # What people were promised when they answered: their words and counts are kept no longer than that.
        and later.keep_comments_days <= earlier.keep_comments_days
        and later.keep_tallies_days <= earlier.keep_tallies_days
    )


def _join(earlier: Round, later: Round | None) -> None:
    if later is not None:
        earlier.state, earlier.joined_id = "joined", later.id
