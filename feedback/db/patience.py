"""How long one part of the school waits for another, on either database."""

import time
from collections.abc import Callable

#: Seconds a writer waits for another before the respondent is told to try again.
BUSY_SECONDS = 10
#: How often, and how many seconds apart, deleted bytes are tried to be overwritten while somebody still reads them.
TRIES, BETWEEN_TRIES = 30, 0.2


class NotScrubbed(Exception):
    """Somebody was reading what was to be overwritten; deleted bytes may still be there."""


def until(done: Callable[[], bool], tries: int | None = None) -> None:
    """Try again and again, for some seconds or so many times, until `done` says so; NotScrubbed if it never does."""
    for _ in range(tries or TRIES):
        if done():
            return
        time.sleep(BETWEEN_TRIES)
    raise NotScrubbed
