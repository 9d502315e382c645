"""How much may come in at once: little from respondents, a file or a picture at the desk.

Waitress has one limit for every address. Answers are small, and what is larger is refused before it is read; forms of
other tools, translations and pictures are larger, and come to pages of the desk alone. Above half a megabyte waitress
puts a body into a temporary file while it arrives: that is a file of staff, and never an answer.
"""

import copy
import re
from functools import lru_cache
from typing import Any, ClassVar
from weakref import WeakSet

from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

#: Bytes of the largest request at the desk: a picture of 10 MB and what a form sends around it.
LARGEST_AT_THE_DESK = 12 * 1024 * 1024
#: So many large ones at the same time; more would fill the disk of a small computer before anybody signs in.
_MOST_AT_ONCE = 8
#: Before there is a page, and so in English: what is cut off here was sent past what the pages say.
_CURE = (
    "Nothing was taken in. The desk takes files of at most 10 megabytes.\r\n"
    "A larger pack of another school comes in with the command: voicebox unpack FILE --for ACCOUNT"
)
#: Bytes of the largest request that is let run past: that of the largest pack.
_PASSING = 256 * 1024 * 1024
_DESK = re.compile(rb"[A-Z]+ /[A-Za-z+-]{2,24}/desk/")


class RoomAtTheDesk(HTTPRequestParser):  # type: ignore[misc]  # waitress publishes no types
    """Reads a request; one for the desk may be larger than all others.

    What is too large even there is let run past, and kept nowhere: a browser that is answered while it still sends
    shows a broken connection, and not the answer.
    """

    adj: Any
    error: Any
    _passing: int = 0
    _large: ClassVar[WeakSet[HTTPRequestParser]] = WeakSet()

    def parse_header(self, header_plus: bytes) -> None:
        """Called once the header is there, before any of the body is."""
        if _DESK.match(header_plus) and len(self._large) < _MOST_AT_ONCE:
            self.adj = _roomier(self.adj)
        super().parse_header(header_plus)
        if self.adj.max_request_body_size == LARGEST_AT_THE_DESK and self.content_length > self.adj.inbuf_overflow:
            self._large.add(self)

    def received(self, data: bytes) -> int:
        """Take what arrived; how many bytes of it. Somebody at the desk who sends too much is told the cure."""
        if self._passing:
            taken = min(len(data), self._passing)
            self._passing -= taken
            self.completed = not self._passing
            return taken
        taken = int(super().received(data))
        if isinstance(self.error, RequestEntityTooLarge) and self.adj.max_request_body_size == LARGEST_AT_THE_DESK:
            self.error = RequestEntityTooLarge(_CURE)
            self._passing = self.content_length if self.content_length <= _PASSING else 0
            self.completed = not self._passing
        return taken


@lru_cache(maxsize=4)
def _roomier(limits: Any) -> Any:
    """The server's limits with a larger body."""
    larger = copy.copy(limits)
    larger.max_request_body_size = LARGEST_AT_THE_DESK
    return larger
