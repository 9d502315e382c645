"""Reading the value of one setting: what it must look like, and what to do where it does not."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from feedback.calendar import CalendarUnreadable
from feedback.languages import LANGUAGES

PREFIX = "VOICEBOX_"
#: Fewer people than this are never shown, inside the team and to everybody. Nothing lowers them.
FLOOR_TEAM, FLOOR_PUBLIC = 5, 10
#: Most that can be asked for: beyond, no class would ever hear anything.
MOST_PEOPLE = 50
#: Long enough that a secret typed by hand is noticed; `voicebox make-secret` prints one of 43 characters.
SHORTEST_SECRET = 32
_LEAST_DIFFERENT_CHARACTERS = 12
#: Names of this computer for itself.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_CONTACT = re.compile(r"mailto:[^\s@<>]+@[^\s@<>]+|https://[^\s<>]+|tel:\+[0-9-]+")

_Read = TypeVar("_Read")


class NotConfigured(Exception):
    """The service must not start. The text names the setting and the cure."""


def strong(secret: str) -> str:
    """The secret; NotConfigured where it is missing or weak."""
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < _LEAST_DIFFERENT_CHARACTERS:
        raise NotConfigured(
            f"VOICEBOX_SECRET is {'missing' if not secret else 'too weak'}: it needs at least {SHORTEST_SECRET} "
            "random characters. Run `voicebox make-secret` and put what it prints into VOICEBOX_SECRET."
        )
    return secret


def address(address: str) -> str:
    """The address without a slash at its end; NotConfigured."""
    if not address.startswith(("http://", "https://")):
        raise NotConfigured("VOICEBOX_PUBLIC_ADDRESS must begin with http:// or https://, as families would type it.")
    return address.rstrip("/")


def hosts(names: list[str]) -> tuple[str, ...]:
    """Host names in small letters, without ports; NotConfigured. No wildcards: each name is one that somebody chose."""
    wanted = tuple(name.strip().lower() for name in names)
    for name in wanted:
        if not _HOST.fullmatch(name):
            raise NotConfigured(
                f"VOICEBOX_TRUSTED_HOSTS has {name!r}. Write names or addresses only, without https:// and without a "
                "port, such as voice.school.example,10.0.0.5"
            )
    return wanted


def contact(value: str) -> str:
    """Where weaknesses are reported, as a URI (RFC 9116), "" for nowhere; NotConfigured."""
    found = f"mailto:{value}" if "@" in value and ":" not in value else value
    if found and not _CONTACT.fullmatch(found):
        raise NotConfigured(
            f"VOICEBOX_SECURITY_CONTACT is {value!r}. Use an e-mail address, an address that begins with https://, "
            "or tel: and a number with its country."
        )
    return found


def language(code: str, name: str = "LANGUAGE") -> str:
    """The code of one of our languages; NotConfigured."""
    if code not in LANGUAGES:
        raise NotConfigured(f"{PREFIX}{name} has {code!r}. Use one of: {', '.join(LANGUAGES)}.")
    return code


def listed(given: Mapping[str, str], name: str) -> list[str]:
    """The parts of a setting that is a list."""
    return [part for part in given.get(name, "").split(",") if part.strip()]


def zone(name: str) -> str:
    """The IANA name of a time zone; NotConfigured."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise NotConfigured(
            f"VOICEBOX_TIME_ZONE is {name!r}, which is no time zone. Use a name like Europe/Lisbon."
        ) from unknown
    return name


def whole(given: Mapping[str, str], name: str, otherwise: int, *, most: int) -> int:
    """A whole number from 1 to `most`; NotConfigured."""
    text = given.get(name, str(otherwise))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= most:
        raise NotConfigured(f"{PREFIX}{name.upper()} is {text!r}; it must be a whole number from 1 to {most}.")
    return int(text)


def calendar(name: str, read: Callable[[str], _Read], text: str) -> _Read:
    """What `read` makes of the text; NotConfigured."""
    try:
        return read(text)
    except CalendarUnreadable as unreadable:
        raise NotConfigured(f"{PREFIX}{name} cannot be read: {unreadable}.") from unreadable


def one_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """One of the known words, the first where nothing is set; NotConfigured."""
    value = given.get(name, "") or known[0]
    if value not in known:
        raise NotConfigured(f"{PREFIX}{name.upper()} is {value!r}. Use one of: {', '.join(known)}.")
    return value


def crowd(given: Mapping[str, str], name: str, floor: int) -> int:
    """How many people are a crowd, not fewer than the floor; NotConfigured."""
    found = whole(given, name, floor, most=MOST_PEOPLE)
    return refuse_below(name, found, floor)


def refuse_below(name: str, people: int, floor: int) -> int:
    """The number itself; NotConfigured where it would show fewer people than the floor."""
    if people < floor:
        raise NotConfigured(
            f"{PREFIX}{name.upper()} is {people}. Fewer than {floor} people are never shown; remove it, or raise it."
        )
    return people
