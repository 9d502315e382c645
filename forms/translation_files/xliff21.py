"""XLIFF 2.1 (and 2.0, of which it is a superset): https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html.

A unit's id may have no slash here, so the key is its name, and the id is the key with colons.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from forms.translation_files.inline import MarkupUnreadable, text_of
from forms.translation_files.sheet import FileRefused, FileUnit, Found, Said, Sheet, Unit, checked
from forms.translation_files.xliff12 import form_named
from forms.translation_files.xml_text import attributes, child, in_text, name_of, space_of

SPACE = "urn:oasis:names:tc:xliff:document:2.0"
#: Of our own attributes: the mark of a text, and what the file was made from.
OURS = "urn:voicebox:texts:1"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STATES = {
    "machine": ("initial", "voicebox:machine"),
    "stale": ("initial", "voicebox:stale"),
    "draft": ("translated", ""),
    "identical": ("translated", ""),
    "signed": ("final", ""),
}
_READ: dict[str, Said] = {"translated": "translated", "reviewed": "final", "final": "final"}
_RANK: tuple[Said, ...] = ("untranslated", "unsure", "", "translated", "final")


def write(sheet: Sheet) -> bytes:
    """The file. Every unit keeps its blanks."""
    about = attributes(id=sheet.form, original=sheet.form, xml_space="preserve", vb_made=sheet.made_from)
    languages = f'srcLang="{sheet.source_language}" trgLang="{sheet.language}"'
    lines = [
        f'{_HEAD}<xliff xmlns="{SPACE}" xmlns:vb="{OURS}" version="2.1" {languages}>',
        f"<file{about}>",
        *(_unit(unit) for unit in sheet.units),
        "</file>\n</xliff>\n",
    ]
    return "\n".join(lines).encode()


def read(root: Element) -> Found:
    """What the file with this root says. FileRefused."""
    if root.get("version") not in ("2.0", "2.1") or space_of(root) not in (SPACE, ""):
        raise FileRefused("version", root.get("version", "")[:20])
    files = [each for each in root if name_of(each) == "file"]
    if len(files) != 1:
        raise FileRefused("not_ours" if not files else "broken")
    (file,) = files
    return checked(
        Found(
            form_named(file.get("original") or file.get("id") or ""),
            root.get("srcLang", ""),
            root.get("trgLang", ""),
            tuple(_read_units(file)),
            file.get(f"{{{OURS}}}made", ""),
        )
    )


def _unit(unit: Unit) -> str:
    head = attributes(id=unit.key.replace("/", ":"), name=unit.key, xml_space="preserve", vb_mark=unit.mark)
    lines = [f"<unit{head}>"]
    if unit.note:
        lines.append(f'<notes><note category="context">{in_text(unit.note)}</note></notes>')
    state, more = _STATES.get(unit.state, ("initial", ""))
    lines.append(f"<segment{attributes(state=state, subState=more)}>")
    lines.append(f"<source>{in_text(unit.source)}</source>")
    if unit.words:
        lines.append(f"<target>{in_text(unit.words)}</target>")
    return "\n".join([*lines, "</segment>", "</unit>"])


def _read_units(file: Element) -> Iterator[FileUnit]:
    for element in file.iter():
        if name_of(element) == "unit" and space_of(element) == space_of(file):
            yield _read_unit(element)


def _read_unit(unit: Element) -> FileUnit:
    key = unit.get("name") or unit.get("id", "").replace(":", "/")
    mark = unit.get(f"{{{OURS}}}mark", "")
    parts = [each for each in unit if name_of(each) in ("segment", "ignorable") and space_of(each) == space_of(unit)]
    try:
        data = _data_of(unit)
        source = "".join(_text(part, "source", data) or "" for part in parts)
        words, is_half = _words(parts, data)
    except MarkupUnreadable:
        return FileUnit(key, None, "", mark=mark, wrong="markup")
    if is_half:
        return FileUnit(key, source, "", mark=mark, wrong="half")
    return FileUnit(key, source, words, _said(parts, words), mark)


def _words(parts: list[Element], data: Mapping[str, str]) -> tuple[str, bool]:
    """The target of all segments, and whether some of them have none though others do.

    What a tool calls ignorable is what stands between segments: without a target it is as in the source.
    """
    segments = [_text(part, "target", data) for part in parts if name_of(part) == "segment"]
    if not any(segments):
        return "", False
    if not all(segments):
        return "", True
    said = []
    for part in parts:
        words = _text(part, "target", data)
        said.append(words if words is not None else _text(part, "source", data) or "")
    return "".join(said), False


def _text(part: Element, name: str, data: Mapping[str, str]) -> str | None:
    found = child(part, name)
    return None if found is None else text_of(found, data)


def _data_of(unit: Element) -> dict[str, str]:
    """The codes of the unit's marks by their id."""
    kept = child(unit, "originalData")
    return {} if kept is None else {each.get("id", ""): text_of(each) for each in kept if name_of(each) == "data"}


def _said(parts: list[Element], words: str) -> Said:
    """What the least sure segment says."""
    if not words:
        return "untranslated"
    states = [part.get("state", "initial") for part in parts if name_of(part) == "segment"]
    return min((_READ.get(state, "unsure") for state in states), key=_RANK.index, default="")
