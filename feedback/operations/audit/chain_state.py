"""Whether the list of what staff did holds, for pages: a long list is not read anew each time one is opened."""

from datetime import datetime, timedelta

from feedback.operations.heads import first_wrong_entry, last_number
from feedback.operations.school import School
from feedback.privacy.audit import Wrong

#: Up to so many entries are checked within a tenth of a second.
_SHORT = 3000
_LOOK_AGAIN = timedelta(minutes=30)


class ChainState:
    """What the last check found. One for each application."""

    def __init__(self) -> None:
        self._checked_at: datetime | None = None
        self._wrong: Wrong | None = None

    def first_wrong(self, school: School, *, now: datetime) -> Wrong | None:
        """The first entry that does not hold; of a long list as it was found up to half an hour ago."""
        is_fresh = self._checked_at is not None and timedelta() <= now - self._checked_at < _LOOK_AGAIN
        if last_number(school) <= _SHORT or not is_fresh:
            self._wrong, self._checked_at = first_wrong_entry(school), now
        return self._wrong
