"""Others read our files: translate-toolkit finds the same texts, and the schemas of XLIFF find nothing wrong."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from translate.storage import po, xliff, xliff2

from forms.translation_files import Sheet, write
from tests.forms.translation_files.sheets import hard_sheet, sheet_of

_SCHEMAS = Path(__file__).parents[2] / "data" / "xliff"
#: What both schemas want of http://www.w3.org/2001/xml.xsd.
_XML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/>
<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName">
<xs:enumeration value="default"/><xs:enumeration value="preserve"/>
</xs:restriction></xs:simpleType></xs:attribute></xs:schema>"""
#: translate-toolkit is typed here and there.
PO: Any = po.pofile
XLIFF_1: Any = xliff.Xliff1File
XLIFF_2: Any = xliff2.Xliff2File
SHEETS = [sheet_of("family-window", "ar"), sheet_of("my-learning-tool", "zh-Hans"), hard_sheet()]


class _OwnXml(etree.Resolver):  # type: ignore[misc]  # lxml publishes no types
    """The schemas ask the Web for xml.xsd; it is here."""

    def resolve(self, system_url: str, _public_id: str, context: Any) -> Any:
        """What stands at the address."""
        return self.resolve_string(_XML, context) if system_url.endswith("xml.xsd") else None


@cache
def _schema(version: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_OwnXml())
    return etree.XMLSchema(etree.parse(str(_SCHEMAS / f"xliff-core-{version}.xsd"), parser))


@pytest.mark.parametrize(("format_", "version"), [("xliff12", "1.2-strict"), ("xliff21", "2.0")])
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.form)
def test_our_xliff_is_valid_by_its_schema(format_: str, version: str, sheet: Sheet) -> None:
    schema = _schema(version)
    schema.validate(etree.fromstring(write(format_, sheet)))
    assert [str(error) for error in schema.error_log] == []


@pytest.mark.parametrize(("format_", "version"), [("xliff12", "1.2-strict"), ("xliff21", "2.0")])
def test_the_schemas_do_find_what_is_wrong(format_: str, version: str) -> None:
    wrong = write(format_, hard_sheet()).replace(b"<source>", b"<sauce>").replace(b"</source>", b"</sauce>")
    assert not _schema(version).validate(etree.fromstring(wrong))


@pytest.mark.parametrize(
    ("format_", "kind"),
    [("xliff12", XLIFF_1), ("xliff21", XLIFF_2), ("po", PO)],
)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.form)
def test_translate_toolkit_reads_the_same_texts(format_: str, kind: Any, sheet: Sheet) -> None:
    units = [unit for unit in kind.parsestring(write(format_, sheet)).units if not unit.isheader()]
    assert [(str(unit.source), str(unit.target or "")) for unit in units] == [
        (unit.source, unit.words) for unit in sheet.units
    ]


def test_translate_toolkit_knows_keys_states_and_notes() -> None:
    sheet = sheet_of("first-look", "es")
    for each, unit in zip(PO.parsestring(write("po", sheet)).units[1:], sheet.units, strict=True):
        assert each.getcontext() == unit.key
        assert each.isfuzzy() == (unit.state in ("machine", "stale"))
        assert unit.note in each.getnotes("developer")
    for each, unit in zip(XLIFF_1.parsestring(write("xliff12", sheet)).units, sheet.units, strict=True):
        assert each.getid().endswith(unit.key)
        assert each.getnotes() == unit.note
        assert each.isapproved() == (unit.state == "signed")


@pytest.mark.parametrize(("format_", "kind"), [("xliff12", XLIFF_1), ("xliff21", XLIFF_2)])
def test_translate_toolkit_knows_the_languages(format_: str, kind: Any) -> None:
    file = kind.parsestring(write(format_, sheet_of("first-look", "es")))
    assert (file.getsourcelanguage(), file.gettargetlanguage()) == ("en", "es")
