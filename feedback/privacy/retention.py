"""What is due for deletion on a given day. Decides only; `operations.retention.purge` deletes."""

from dataclasses import dataclass
from datetime import date, timedelta

#: Days after closing for which a code that nobody used is kept; it lets nobody in any more.
DAYS_OF_UNUSED_SLIPS = 7
#: Days a box that never filled waits, closed, before it is destroyed unopened.
DAYS_UNTIL_DESTROYED = 30
#: Days a box that nobody opened waits, closed: its passphrase or its key is lost, and what people wrote may not lie
#: about for ever. Longer than most summer holidays keep an officer away.
DAYS_UNTIL_GIVEN_UP = 60


@dataclass(frozen=True, slots=True)
class Due:
    """What has to go from one round."""

    comments: bool = False
    tallies: bool = False
    box: bool = False
    slips: bool = False

    def __bool__(self) -> bool:
        return self.comments or self.tallies or self.box or self.slips

    @property
    def layers(self) -> tuple[str, ...]:
        """Their names in `privacy.schedule`; what goes with the figures is not named apart."""
        return tuple(name for name in LAYERS if getattr(self, name))


#: The layers of a round that are deleted one by one.
LAYERS = ("comments", "tallies", "box", "slips")


def unused_slips_are_due(*, state: str, closed_on: date, opens_again: bool, today: date) -> bool:
    """Whether a shut round's codes that nobody used are due; `opens_again`: it may be extended yet."""
    return state in _SHUT and not opens_again and today - closed_on >= timedelta(days=DAYS_OF_UNUSED_SLIPS)


_SHUT = ("closed", "too_few", "joined")


def due(
    *,
    state: str,
    closed_on: date,
    counted_on: date | None,
    keep_comments_days: int,
    keep_tallies_days: int,
    today: date,
    imported: bool = False,
) -> Due:
    """Which of a round's comments, tallies and unopened box are due for deletion today.

    An imported round may have closed years before it was imported, so that its box waits for as long as it takes.
    """
    if state == "too_few":
        return Due(box=today - closed_on >= timedelta(days=DAYS_UNTIL_DESTROYED))
    if state in ("closed", "counting"):
        return Due(box=not imported and today - closed_on >= timedelta(days=DAYS_UNTIL_GIVEN_UP))
    if counted_on is None:
        return Due()
    # In days, not as a date to come: a number of days that leads beyond the calendar must stop no purge.
    age = (today - counted_on).days
    return Due(comments=age >= keep_comments_days, tallies=age >= keep_tallies_days)
