"""XLIFF 1.2, which most translators' tools speak.

http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
A text's key is the id of its unit; its `extradata` is the mark by which a file that comes back knows what it was
made from.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from forms.translation_files.inline import MarkupUnreadable, text_of
from forms.translation_files.sheet import PRODUCT, VERSION, FileRefused, FileUnit, Found, Said, Sheet, Unit, checked
from forms.translation_files.xml_text import attributes, child, in_text, name_of, space_of

SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Our states as this format says them.
_STATES = {
    "machine": ("needs-review-translation", "leveraged-mt"),
    "stale": ("needs-adaptation", ""),
    "draft": ("translated", ""),
    "identical": ("translated", ""),
    "signed": ("signed-off", ""),
}
_READ: dict[str, Said] = {
    "new": "untranslated",
    "needs-translation": "untranslated",
    "translated": "translated",
    "signed-off": "final",
    "final": "final",
}


def write(sheet: Sheet) -> bytes:
    """The file. Every unit keeps its blanks."""
    about = attributes(original=sheet.form, datatype="plaintext", xml_space="preserve")
    languages = f' source-language="{sheet.source_language}" target-language="{sheet.language}"'
    made = f' product-name="{PRODUCT}" product-version="{VERSION}" build-num="{sheet.made_from}"'
    lines = [
        f'{_HEAD}<xliff xmlns="{SPACE}" version="1.2">',
        f"<file{about}{languages}{made}>",
        "<body>",
        *(_unit(unit) for unit in sheet.units),
        "</body>\n</file>\n</xliff>\n",
    ]
    return "\n".join(lines).encode()


def read(root: Element) -> Found:
    """What the file with this root says. FileRefused."""
    if root.get("version") != "1.2" or space_of(root) not in (SPACE, ""):
        raise FileRefused("version", root.get("version", "")[:20])
    files = [each for each in root if name_of(each) == "file"]
    if len(files) != 1:
        raise FileRefused("not_ours" if not files else "broken")
    (file,) = files
    return checked(
        Found(
            form_named(file.get("original", "")),
            file.get("source-language", ""),
            file.get("target-language", ""),
            tuple(_read_units(file)),
            file.get("build-num", ""),
        )
    )


def form_named(original: str) -> str:
    """The form's name in what a tool made of it: some put a folder before it, or an ending behind."""
    return original.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def _unit(unit: Unit) -> str:
    head = attributes(id=unit.key, resname=unit.key, xml_space="preserve", extradata=unit.mark)
    if unit.state == "signed":
        head += ' approved="yes"'
    if unit.limit:
        head += f' maxwidth="{unit.limit}" size-unit="char"'
    lines = [f"<trans-unit{head}>", f"<source>{in_text(unit.source)}</source>"]
    if unit.words:
        state, qualifier = _STATES[unit.state]
        told = f' state="{state}"' + (f' state-qualifier="{qualifier}"' if qualifier else "")
        lines.append(f"<target{told}>{in_text(unit.words)}</target>")
    if unit.note:
        lines.append(f'<note from="developer">{in_text(unit.note)}</note>')
    return "\n".join([*lines, "</trans-unit>"])


def _read_units(file: Element) -> Iterator[FileUnit]:
    for element in file.iter():
        if name_of(element) == "trans-unit" and space_of(element) == space_of(file):
            yield _read_unit(element)


def _read_unit(element: Element) -> FileUnit:
    source, target = child(element, "source"), child(element, "target")
    key, mark = element.get("resname") or element.get("id") or "", element.get("extradata", "")
    try:
        said_source = None if source is None else text_of(source)
        words = "" if target is None else text_of(target)
    except MarkupUnreadable:
        return FileUnit(key, None, "", mark=mark, wrong="markup")
    return FileUnit(key, said_source, words, _said(element, target), mark)


def _said(element: Element, target: Element | None) -> Said:
    if target is None:
        return "untranslated"
    state = target.get("state", "")
    if element.get("approved") == "yes" and state in ("", "translated"):
        return "final"
    return _READ.get(state, "unsure" if state.startswith("needs-") else "")
