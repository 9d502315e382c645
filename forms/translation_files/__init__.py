"""Files in which the texts of a form leave for translators' tools and come back: XLIFF 1.2 and 2.1, PO, CSV, XLSX.

`write` and `read` are the doors; `compare` says what a file would change. Nothing here stores anything.
"""

from forms.translation_files.compare import Line, Plan, compare
from forms.translation_files.formats import FORMATS, FileFormat, read, write
from forms.translation_files.sheet import LARGEST, FileRefused, FileUnit, Found, Sheet, Unit

__all__ = [
    "FORMATS",
    "LARGEST",
    "FileFormat",
    "FileRefused",
    "FileUnit",
    "Found",
    "Line",
    "Plan",
    "Sheet",
    "Unit",
    "compare",
    "read",
    "write",
]
