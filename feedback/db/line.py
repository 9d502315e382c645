"""The writers of one database in this process: one at a time, and those who only put something in, together.

A commit waits for the disk. On a slow one (20 ms for each sync) a commit for each answer lets forty people a second in;
so everybody who came while the disk was busy shares the next commit, and is told so after it. Of old known as group
commit (DeWitt et al., "Implementation techniques for main memory database systems", SIGMOD 1984, section 5).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError  # noqa: A004 - a pool's, which every caller expects

from feedback.db import patience as waits

Done = TypeVar("Done")


class Work(Generic[Done]):
    """Something to be done in one transaction with others, and how it ended."""

    def __init__(self, do: Callable[[Connection], Done]) -> None:
        self._do = do
        self._ended: list[Done] = []
        self.failed: Exception | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is committed, or was refused."""
        return bool(self._ended) or self.failed is not None

    def run(self, connection: Connection) -> Callable[[], None]:
        """Do it; returns how to say so once it is committed."""
        done = self._do(connection)
        return lambda: self._ended.append(done)

    def result(self) -> Done:
        """What `do` returned; raises what it, or the commit, raised."""
        if self.failed is not None:
            raise self.failed
        return self._ended[0]


class Line:
    """Where the threads of a process queue. At the database's own lock they would poll, and some wait for seconds."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_taken = False
        #: Their results concern nobody but those who brought them.
        self._waiting: list[Work[Any]] = []

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block that nobody else of this process writes in; TimeoutError after BUSY_SECONDS in the line."""
        self._take(lambda: False)
        try:
            yield
        finally:
            self._leave()

    def together(self, do: Callable[[Connection], Done], commit: Callable[[Sequence[Work[Any]]], None]) -> Done:
        """Have `do` done and committed with what others bring meanwhile; whoever is first in line commits for all.

        `commit` gets everything that waits and settles each. TimeoutError after BUSY_SECONDS: then it is not done.
        """
        mine = Work(do)
        with self._changed:
            self._waiting.append(mine)
        try:
            is_first = self._take(lambda: mine.is_over)
        except TimeoutError:
            if self._forget(mine):
                raise
            is_first = self._take(lambda: mine.is_over, for_ever=True)
        if is_first:
            try:
                commit(self._all_who_wait())
            finally:
                self._leave()
        return mine.result()

    def _take(self, is_settled: Callable[[], bool], for_ever: bool = False) -> bool:
        """Wait for one's turn; False, without a turn, if the matter was settled meanwhile."""
        until = None if for_ever else time.monotonic() + waits.BUSY_SECONDS
        with self._changed:
            while self._is_taken and not is_settled():
                if not self._changed.wait(None if until is None else until - time.monotonic()):
                    raise TimeoutError("another writer of this process takes too long")
            if is_settled():
                return False
            self._is_taken = True
        return True

    def _leave(self) -> None:
        with self._changed:
            self._is_taken = False
            self._changed.notify_all()

    def _all_who_wait(self) -> list[Work[Any]]:
        with self._changed:
            waiting, self._waiting = self._waiting, []
        return waiting

    def _forget(self, work: object) -> bool:
        """Whether it still waited. If not, somebody is committing it now."""
        with self._changed:
            still = [waiting for waiting in self._waiting if waiting is not work]
            was_waiting = len(still) < len(self._waiting)
            self._waiting = still
        return was_waiting
