"""When nothing can be stored just now: which errors say so, and the one fact that they become."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from feedback.config import NotConfigured
from feedback.db import reading
from feedback.operations.answers.publish import find_round
from feedback.operations.errors import StorageUnavailable
from feedback.operations.rounds.series import WAITING
from feedback.operations.school import School
from feedback.privacy.keys import KeyGone
from feedback.privacy.queue_keys import NoQueueKey

#: What a database says that is locked, full, read-only, broken or restarting, that has no connection free, or whose
#: server was set to something unsafe meanwhile.
storage_errors: tuple[type[Exception], ...] = (DBAPIError, NoConnectionFree, NotConfigured)
_unavailable: tuple[type[Exception], ...] = (*storage_errors, OSError)


@contextmanager
def storing(school: School, code: str) -> Iterator[None]:
    """A block that uses database and keystore for the round with this code; StorageUnavailable if either fails it.

    KeyGone or NoQueueKey passes only where the round is over, which is why its keys are gone. Keys that are missing
    before that are a folder that is not mounted.
    """
    try:
        yield
    except _unavailable as unavailable:
        raise StorageUnavailable(code) from unavailable
    except (KeyGone, NoQueueKey) as gone:
        if _waits_for_the_count(school, code):
            raise StorageUnavailable(code) from gone
        raise


def _waits_for_the_count(school: School, code: str) -> bool:
    with reading(school.engine) as session:
        return find_round(session, code).state in WAITING
