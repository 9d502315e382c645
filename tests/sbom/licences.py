"""Licences of what an installation is made of, by SPDX expression, and which of them may be there."""

from importlib import metadata

from license_expression import Licensing, get_spdx_licensing

#: Anybody may use, change and pass on; what is asked for is a name and a text that come along.
PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT", "MIT-0", "MIT-CMU"),
        *("PSF-2.0", "Unicode-3.0", "Zlib", "ZPL-2.1"),
    }
)
#: Others, each with why it may be there.
EXCEPTIONS = {
    "pathspec": "MPL-2.0 binds changed files only; it is used as it is, while an installation is made",
    "psycopg": "LGPL-3.0 of a library that is loaded as it is, and only by who chooses PostgreSQL",
    "psycopg-binary": "the same",
    "pyphen": "its user may choose among three; as MPL-1.1 it is used as it is, for hyphens in PDFs (WeasyPrint)",
    "certifi": "MPL-2.0 for a list of certificates, which is used as it is",
    "tqdm": "MPL-2.0 for some files, which are used as they are",
    "Noto fonts": "OFL-1.1 lets fonts be used and embedded in documents; Debian brings them",
}
_BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Zope Public License": "ZPL-2.1",
}
_BY_WORDS = {"3-Clause BSD License": "BSD-3-Clause", "MIT": "MIT", "Apache-2.0": "Apache-2.0"}
#: What their files say where their metadata says nothing or too little, or where they are not for this computer.
_LOOKED_UP = {
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "huey": "MIT",
    "pyasn1": "BSD-2-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "tqdm": "MPL-2.0 AND MIT",
}


class LicenceUnknown(Exception):
    """Neither the package nor this module says under which licence it is."""


def licence_of(name: str) -> str:
    """The SPDX expression of a Python package; LicenceUnknown."""
    if name in _LOOKED_UP:
        return _LOOKED_UP[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise LicenceUnknown(name) from None
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [each.split(" :: ")[-1] for each in told.get_all("Classifier", []) if each.startswith("License")]
    found = {_BY_CLASSIFIER[each] for each in classifiers if each in _BY_CLASSIFIER}
    found = found or {_BY_WORDS[each] for each in told.get_all("License", []) if each in _BY_WORDS}
    if len(found) != 1:
        raise LicenceUnknown(name)
    return found.pop()


def is_permissive(expression: str) -> bool:
    """Whether one of the ways to read the expression asks for nothing but names and texts."""
    licensing: Licensing = get_spdx_licensing()
    return _holds(licensing.parse(expression, validate=True))


def _holds(parsed: object) -> bool:
    parts = getattr(parsed, "args", ())
    if not parts:
        return str(parsed) in PERMISSIVE
    some = any if getattr(parsed, "operator", "AND").strip() == "OR" else all
    return some(_holds(part) for part in parts)
