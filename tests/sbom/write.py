"""The parts as CycloneDX 1.6 in JSON, checked against the format's own schema. The same parts give the same bytes."""

import tomllib
import uuid

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tests.sbom.parts import BESIDE, ROOT, Part, locked

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "pkg:pypi/voicebox")


class NotValid(Exception):
    """What was written is not CycloneDX; the text says why."""


def sbom() -> str:
    """The list. LicenceUnknown, NotValid."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    whole = _component(Part("voicebox", project["version"], project["license"]), ComponentType.APPLICATION)
    parts = [_component(part, ComponentType.DATA if part.is_data else ComponentType.LIBRARY) for part in _all()]
    bom = Bom(components=parts)
    bom.metadata.component = whole
    bom.register_dependency(whole, parts)
    # Neither a moment nor a number drawn at random: who makes the list again can compare.
    bom.serial_number = uuid.uuid5(_NAMES, "".join(sorted(f"{part.name}{part.version}" for part in _all())))
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the format lets it be left out; the library's type does not
    written = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    if refused := JsonStrictValidator(SchemaVersion.V1_6).validate_str(written):
        raise NotValid(str(refused))
    return written


def _all() -> list[Part]:
    return [*locked(), *BESIDE]


def _component(part: Part, kind: ComponentType) -> Component:
    return Component(
        name=part.name,
        version=part.version or None,
        type=kind,
        bom_ref=f"{part.name}@{part.version}",
        licenses=[LicenseExpression(part.licence)],
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        properties=[Property(name="voicebox:only-where", value=part.only_where)] if part.only_where else [],
    )
