"""Redaction of written words: characters that deceive, then numbers, addresses and names that lead to a person.

A person reads every comment before anybody else does; this makes that reading safer, it does not replace it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analysis.text.han_names import find_han_names
from analysis.text.lexicon import shape
from analysis.text.name_lists import NO_NAMES, NameWords, Span, apart
from analysis.text.names import NameFinder
from analysis.text.phone import phone_numbers
from analysis.text.whereabouts import addresses, birthdays, classes

NAME = "[name]"
#: What stands for what was taken out, as it is stored; pages show it in the reader's language.
MARKS = (NAME, "[phone]", "[email]", "[handle]", "[link]", "[address]", "[class]", "[birthday]")

#: More characters than this are cut off.
LONGEST = 5_000
# Read beyond the end before cutting, so that no address is cut in two and left standing.
_READ_AHEAD = 400
# More combining marks in a row than any script needs.
_MARKS_IN_A_ROW = 4
_JOINERS = "\u200c\u200d"
_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS))
_MOST_ROUNDS = 4
# Format characters that are seen: the Arabic number and verse signs.
_SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd"

_DOT = r"(?:\.|\s\.\s)"
_DOMAIN = rf"(?:[a-z0-9-]{{1,63}}{_DOT}){{1,4}}[a-z]{{2,24}}|(?:[\w-]{{1,63}}\.){{1,4}}[^\W\d_]{{2,24}}"
_SPELT = r"(?:\s?[(\[{]\s?(?:at|arroba|arobase)\s?[)\]}]\s?|\s(?:at|arroba|arobase)\s)"
_SPELT_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punto|point)\s?[)\]}]\s?|\s(?:dot|punto|point)\s)"
_EMAIL = re.compile(
    # An address in a script without spaces starts where its Latin letters start.
    rf"(?:[a-z0-9._%+'-]{{1,64}}|[\w.-]{{0,63}}[^\W\x00-\x7f])\s?@\s?(?:{_DOMAIN})"
    rf"|[a-z0-9._%+-]{{1,64}}{_SPELT}[a-z0-9-]{{1,63}}(?:{_SPELT_DOT}[a-z0-9-]{{1,63}}){{0,3}}{_SPELT_DOT}[a-z]{{2,24}}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|(?<![a-z0-9.])(?:(?:wa|t|m|fb)\.me|discord\.gg|(?:[a-z]{1,9}\.)?(?:instagram|facebook|fb|tiktok|snapchat|twitter|x"
    r"|youtube|linkedin|discord|telegram|threads|weibo|vk)\.(?:com|net|org|me))/[^\s<>\"]+",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    # A name of an account: with an underscore in it, or with letters and numbers after a word for accounts.
    r"(?<![\w@/.-])(?=[a-z])[a-z0-9.]{1,30}_[a-z0-9._]{0,30}[a-z0-9_](?![\w@])"
    rf"|(?<![^\W_])(?:{shape('accounts')})\W{{1,3}}(?:[^\W\d_]{{1,8}}\s){{0,2}}?(?P<account>(?=[a-z._]{{0,30}}[\d._])[a-z][a-z0-9._]{{3,30}}[a-z0-9_])(?![\w@])"
    r"|(?<![\w@])@[^\W\d][\w.]{0,62}\w"
    r"|(?<![\w.#])[\w.]{2,32}#\d{4}(?!\d)"
    r"|(?:(?<=insta[:=]\s)|(?<=instagram[:=]\s)|(?<=snap[:=]\s)|(?<=snapchat[:=]\s)|(?<=tiktok[:=]\s)|(?<=discord[:=]\s)"
    r"|(?<=telegram[:=]\s)|(?<=whatsapp[:=]\s)|(?<=wechat[:=]\s)|(?<=微信[:=]))[\w.]{3,64}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that may be read on, and what was put into it: one mark for each replacement, kind by kind."""

    text: str
    marks: tuple[str, ...]


def redact(text: str, *, language: str = "und", names: NameWords = NO_NAMES) -> Redacted:
    """As `Redactor.redact`, for one text."""
    return Redactor(names).redact(text, language)


class Redactor:
    """Redacts many texts with a school's own list of name words."""

    def __init__(self, names: NameWords = NO_NAMES) -> None:
        self._names = names
        self._finders: dict[str, NameFinder] = {}

    def redact(self, text: str, language: str = "und") -> Redacted:
        """Clean `text` and replace what leads to a person by MARKS: "[name]", "[phone]" and so on.

        `language` is that of the text (BCP 47, "und" if unknown). The result is NFC, at most LONGEST characters, and
        without control, zero-width and direction characters (but for the joiners that Persian and Indic spelling
        needs). Doing it twice changes nothing.
        """
        marks: list[str] = []
        text = _clean(text)[: LONGEST + _READ_AHEAD]
        for _ in range(_MOST_ROUNDS):
            found = len(marks)
            for mark, find in _STEPS:
                spans = list(find(_plain(text)))
                if spans:
                    text = self._mark(text, mark, spans, marks)
            text = self._mark(text, NAME, self._names_in(text, language), marks)
            # What was taken out may have stood between two parts of something else.
            if len(marks) == found:
                break
        return Redacted(text[:LONGEST].strip(), tuple(marks))

    def _names_in(self, text: str, language: str) -> list[Span]:
        finder = self._finders.get(language) or self._finders.setdefault(language, NameFinder(language, self._names))
        return apart([*finder.find(text), *find_han_names(text, self._names)])

    def _mark(self, text: str, mark: str, spans: list[Span], marks: list[str]) -> str:
        inside = [found.span() for found in _MARK.finditer(text)]
        outside = [span for span in spans if not any(start < span[1] and span[0] < end for start, end in inside)]
        marks += [mark] * len(outside)
        return _replace(text, outside, mark)


def _found(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (match.span(match.lastgroup or 0) for match in pattern.finditer(text))


_STEPS: tuple[tuple[str, Callable[[str], Iterable[Span]]], ...] = (
    ("[link]", _found(_LINK)),
    ("[email]", _found(_EMAIL)),
    ("[handle]", _found(_HANDLE)),
    ("[birthday]", birthdays),
    ("[address]", addresses),
    ("[phone]", phone_numbers),
    ("[class]", classes),
)


def _replace(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    for start, end in reversed(spans):
        text = text[:start] + mark + text[end:]
    return text


def _plain(text: str) -> str:
    """The text character for character, digits of every script and full-width signs as ASCII, to look for patterns."""
    return text if text.isascii() else text.translate(_PLAIN)


class _PlainSigns(dict[int, str]):
    """What stands for a character in plain text, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _plain_character(chr(code))
        return found


_PLAIN = _PlainSigns()


def _plain_character(character: str) -> str:
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isascii() else character


def _clean(text: str) -> str:
    """Without what nobody can see; separators of lines become line feeds."""
    kept: list[str] = []
    marks = 0
    for place, character in enumerate(text.replace("\r\n", "\n")):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if character in "\n\r\u2028\u2029\x85":
            kept.append("\n")
        elif category == "Zs" or character == "\t":
            kept.append(" ")
        elif marks <= _MARKS_IN_A_ROW and (_is_seen(character, category) or _joins(text, place)):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _is_seen(character: str, category: str) -> bool:
    return category not in {"Cc", "Cf", "Cs", "Co", "Cn"} or character in _SEEN


def _joins(text: str, place: int) -> bool:
    """Is this a joiner between two letters of a script that spells with it?"""
    if text[place] not in _JOINERS:
        return False
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(sign > "\u0600" and unicodedata.category(sign)[0] in "LM" for sign in around)
