"""Compile gettext catalogues: as hatchling's build hook, and by hand with `python translations/compile_catalogues.py`.

English is the source, so its catalogue says of each message the message itself; that compiled file is also what
tells, at run time, whether another language is complete. A message without translation is left out of a compiled
catalogue, never filled with English.
"""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "en"


class CompileCatalogues(BuildHookInterface[Any]):
    """Packs only the compiled files into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling names the arguments
        """Compile every catalogue and tell hatchling where each compiled file goes."""
        root = Path(self.root)
        for compiled in compile_all(root / "translations"):
            build_data["force_include"][str(compiled)] = f"feedback/{compiled.relative_to(root)}"


def compile_all(folder: Path) -> list[Path]:
    """Compile each `.po` below the folder beside itself; the paths of the `.mo` files."""
    compiled = []
    for po_path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        language = po_path.parts[-3]
        with po_path.open("rb") as po_file:
            catalog = read_po(po_file, locale=language)
        if language == SOURCE:
            _say_each_message_itself(catalog)
        mo_path = po_path.with_suffix(".mo")
        with mo_path.open("wb") as mo_file:
            write_mo(mo_file, catalog)
        compiled.append(mo_path)
    return compiled


def _say_each_message_itself(catalog: Catalog) -> None:
    for message in catalog:
        if (message.id and not message.string) or (message.pluralizable and not any(message.string)):
            message.string = message.id


if __name__ == "__main__":
    for path in compile_all(Path(__file__).parent):
        print(path)  # noqa: T201 - a command line tells what it made
