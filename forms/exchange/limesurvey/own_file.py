"""A file that we wrote, known by its column `voicebox`: it comes back as it was, with the words that it has now."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from forms.draft import as_data, finished
from forms.exchange.core import FileRefused, Imported
from forms.exchange.limesurvey.writing import OWN, rows_of
from forms.exchange.markup import refuse_acting
from forms.exchange.opening import json_object
from forms.problems import InstrumentRefused
from forms.texts import texts_of, with_texts
from forms.wording import Words

_BREAK = re.compile(r"<br ?/?>")
_PIPE = re.compile(r"\{if\(is_empty\((\w+)\.NAOK\), \"((?:[^\"\\]|\\.)*)\", \1\.shown\)\}")
Row = Mapping[str, str]


def own_instrument(rows: Sequence[Row]) -> Imported | None:
    """The form in our own file; None where it is another's, or was changed in more than its words."""
    noted = "".join(row.get(OWN, "") for row in rows if row.get("class") == "S")
    if not noted:
        return None
    try:
        data = json_object(noted.encode())
        said = {key: words for key, words in _words(rows).items() if key in {text.key for text in texts_of(data)}}
        instrument = finished(with_texts(data, said))
    except (FileRefused, InstrumentRefused, AttributeError, TypeError, KeyError, ValueError) as changed:
        if isinstance(changed, FileRefused) and changed.code == "script":
            raise
        return None
    # Whatever was changed beside words is not what we know any more: then the whole file is read as another tool's.
    return Imported(as_data(instrument)) if _same(rows_of(instrument), rows) else None


def _words(rows: Sequence[Row]) -> dict[str, Words]:
    ids = {row["name"]: row[OWN].removeprefix("items/") for row in rows if row.get("class") == "Q" and row.get(OWN)}
    found: dict[str, Words] = {}
    for row in rows:
        key, language = row.get(OWN, ""), row.get("language", "")
        if key and row.get("class") != "S":
            for place, cell in _cells(row, key):
                said = _PIPE.sub(lambda pipe: _piped(pipe, ids), _BREAK.sub("\n", cell))
                found.setdefault(place, {})[language] = unescape(said)
                refuse_acting(found[place][language], place)
    return found


def _cells(row: Row, key: str) -> list[tuple[str, str]]:
    if row.get("class") == "SL":
        return [(key, row.get("text", ""))]
    if row.get("class") == "G":
        return [(f"{key}/title", row.get("name", ""))]
    if row.get("class") == "Q":
        return [(f"{key}/text", row.get("text", "")), (f"{key}/hint", row.get("help", ""))]
    return [(f"{key}/label", row.get("text", ""))]


def _piped(pipe: re.Match[str], ids: Mapping[str, str]) -> str:
    said = re.sub(r"\\(.)", r"\1", pipe[2])
    return f"{{{ids[pipe[1]]}|{said}}}" if pipe[1] in ids else pipe[0]


def _same(ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    # Our own column says what it said before the words were changed.
    plain = [
        [{name: cell for name, cell in row.items() if name != OWN or row.get("class") != "S"} for row in rows]
        for rows in (ours, theirs)
    ]
    return plain[0] == plain[1]
