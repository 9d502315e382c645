"""gettext PO: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html. The key is the `msgctxt`.

Own reading, because a catalogue in memory holds one message a key: a text that is there twice would go unnoticed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from forms.translation_files.sheet import PRODUCT, VERSION, FileRefused, FileUnit, Found, Said, Sheet, Unit, checked

_OUT = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_BACK = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LINE = re.compile(r'(msgctxt|msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"\s*\Z')
#: What has no place in a file of ours: a text has no plural forms.
_PLURAL = ("msgid_plural", "msgstr[")
_MARK = f"{PRODUCT} "


@dataclass(slots=True)
class _Entry:
    """A message while it is read."""

    said: dict[str, str] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    mark: str = ""
    #: The keyword whose text goes on.
    last: str = ""


def write(sheet: Sheet) -> bytes:
    """The file, in UTF-8."""
    head = {
        "Project-Id-Version": f"{PRODUCT} {VERSION}",
        "Language": sheet.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": sheet.source_language,
        "X-Voicebox-Form": sheet.form,
        "X-Voicebox-Made-From": sheet.made_from,
        "X-Voicebox-Texts": str(len(sheet.units)),
    }
    lines = ['msgid ""', 'msgstr ""', *(_quoted(f"{name}: {value}\n") for name, value in head.items()), ""]
    for unit in sheet.units:
        lines += [*_entry(unit), ""]
    return "\n".join(lines).encode()


def read(raw: bytes) -> Found:
    """What the file says; entries that a tool put aside (#~) say nothing. FileRefused."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as unreadable:
        raise FileRefused("encoding") from unreadable
    entries = list(_entries(text))
    if not entries or entries[0].said.get("msgid") != "" or "msgctxt" in entries[0].said:
        raise FileRefused("not_ours")
    head = _head(entries[0].said.get("msgstr", ""))
    charset = re.search(r"charset=([\w-]+)", head.get("content-type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise FileRefused("encoding", charset[1][:40])
    return checked(
        Found(
            head.get("x-voicebox-form", ""),
            head.get("x-source-language", ""),
            head.get("language", ""),
            _units(entries[1:], head.get("x-voicebox-texts", "")),
            head.get("x-voicebox-made-from", ""),
        )
    )


def _entry(unit: Unit) -> Iterator[str]:
    for line in unit.note.splitlines():
        yield f"#. {line}"
    if unit.limit:
        yield f"#. max-length:{unit.limit}"
    yield f"#. {_MARK}{unit.mark}"
    yield f"#: {unit.key}"
    if unit.state in ("machine", "stale"):
        yield "#, fuzzy"
    yield "msgctxt " + _quoted(unit.key)
    yield from _message("msgid", unit.source)
    yield from _message("msgstr", unit.words)


def _message(keyword: str, text: str) -> Iterator[str]:
    """One line, or one for each line of the text."""
    lines = text.split("\n")
    if len(lines) == 1:
        yield f"{keyword} {_quoted(text)}"
        return
    yield f'{keyword} ""'
    ended = [line + "\n" for line in lines[:-1]] + lines[-1:]
    yield from (_quoted(line) for line in ended if line)


def _quoted(text: str) -> str:
    return f'"{text.translate(_OUT)}"'


def _entries(text: str) -> Iterator[_Entry]:
    entry = _Entry()
    # Not `splitlines`: what other scripts end a line with may stand in a text.
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = raw.strip(" \t")
        is_next = line.startswith(("#", "msgctxt")) or (line.startswith("msgid") and "msgid" in entry.said)
        if "msgstr" in entry.said and (not line or is_next):
            yield entry
            entry = _Entry()
        if line.startswith("#"):
            _note(entry, line)
        elif line:
            _take(entry, line, number)
    if "msgstr" in entry.said:
        yield entry
    elif entry.said:
        raise FileRefused("broken")


def _note(entry: _Entry, line: str) -> None:
    if line.startswith("#,"):
        entry.flags.update(flag.strip() for flag in line[2:].split(","))
    elif line.startswith(f"#. {_MARK}"):
        entry.mark = line.removeprefix(f"#. {_MARK}").strip()


def _take(entry: _Entry, line: str, number: int) -> None:
    found = _LINE.match(line)
    if line.startswith(_PLURAL) or found is None or (not found[1] and not entry.last):
        raise FileRefused("broken", str(number))
    keyword = found[1] or entry.last
    if found[1] and keyword in entry.said:
        raise FileRefused("broken", str(number))
    entry.last = keyword
    entry.said[keyword] = entry.said.get(keyword, "") + _ESCAPED.sub(_unescaped, found[2])


def _unescaped(found: re.Match[str]) -> str:
    if found[1] not in _BACK:
        raise FileRefused("broken", found[0][:10])
    return _BACK[found[1]]


def _head(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.split("\n") if ":" in line)
    return {name.strip().casefold(): value.strip() for name, _, value in pairs}


def _units(entries: list[_Entry], texts: str) -> tuple[FileUnit, ...]:
    """The texts. Where there are fewer than there were, the file may end in the midst of the last one."""
    units = [_unit(entry) for entry in entries]
    if units and texts.isdecimal() and len(texts) < 6 and len(units) < int(texts):
        units[-1] = replace(units[-1], words="", wrong="half")
    return tuple(units)


def _unit(entry: _Entry) -> FileUnit:
    words = entry.said.get("msgstr", "")
    said: Said = "untranslated" if not words else "unsure" if "fuzzy" in entry.flags else "translated"
    source = entry.said.get("msgid", "")
    return FileUnit(entry.said.get("msgctxt", ""), source, words, said, entry.mark)
