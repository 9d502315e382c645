"""Large bodies come in at the desk and nowhere else, and never many at once."""

from typing import Any

import pytest
from waitress.adjustments import Adjustments

from feedback.commands.room_at_the_desk import LARGEST_AT_THE_DESK, RoomAtTheDesk

_USUAL = 512 * 1024


def _asked(path: str, length: int) -> RoomAtTheDesk:
    limits: Any = Adjustments(max_request_body_size=_USUAL, inbuf_overflow=_USUAL + 1024)
    parser = RoomAtTheDesk(limits)
    parser.received(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode())
    return parser


@pytest.mark.parametrize(
    ("path", "length", "is_taken"),
    [
        ("/en/desk/forms/import", 2_000_000, True),
        ("/zh-Hans/desk/forms/pictures", LARGEST_AT_THE_DESK - 1, True),
        ("/en/desk/forms/pictures", LARGEST_AT_THE_DESK, False),
        ("/en/r/ABC234", 2_000_000, False),
        ("/en/r/desk/x", 2_000_000, False),
        ("/en/k/ABC234", _USUAL - 1, True),
    ],
)
def test_only_the_desk_takes_files(path: str, length: int, is_taken: bool) -> None:
    assert (_asked(path, length).error is None) is is_taken


def test_more_than_eight_at_once_are_told_to_wait() -> None:
    held = [_asked("/en/desk/x", 2_000_000) for _ in range(9)]
    assert [each.error is None for each in held] == [True] * 8 + [False]
    del held
    assert _asked("/en/desk/x", 2_000_000).error is None


def test_somebody_who_sends_far_too_much_to_the_desk_is_told_the_cure() -> None:
    asked = _asked("/en/desk/forms/bring-in", 50_000_000)
    # A browser reads no answer before it has sent everything.
    pieces = []
    while not asked.completed:
        pieces.append(asked.received(bytes(7_000_000)))
    assert (sum(pieces), asked.body_bytes_received) == (50_000_000, 0)
    assert "voicebox unpack FILE --for ACCOUNT" in asked.error.to_response()[2].decode()
    assert _asked("/en/desk/forms/bring-in", 500_000_000).completed
    assert "voicebox" not in _asked("/en/r/ABC234", 2_000_000).error.to_response()[2].decode()
