"""Brings the catalogues of one domain up to date with what was extracted, and keeps their headers short.

`python translations/update_catalogues.py FOLDER TEMPLATE.pot` updates `FOLDER/*/LC_MESSAGES/TEMPLATE.po`: new messages
come in empty, those that are gone go, nothing is guessed. `X-Voicebox-State` stays as it is: "machine draft", or
"signed" once a person who reads the language has signed the texts.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

_STATE = "X-Voicebox-State"
#: What is kept of a header; the rest names people and moments.
_KEPT = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


def main() -> None:
    """For the command line."""
    folder, template = Path(sys.argv[1]), Path(sys.argv[2])
    with template.open("rb") as file:
        extracted = read_po(file)
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{template.stem}.po")):
        update(path, extracted)


def update(path: Path, extracted: Catalog) -> None:
    """The catalogue with exactly the extracted messages, in their order."""
    name, language = path.stem, path.parents[1].name
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain=name)
    state = state_in(path)
    catalog.update(extracted, no_fuzzy_matching=True)
    catalog.header_comment, catalog.fuzzy = "", False
    header = [f'"{key}: {value}\\n"' for key, value in catalog.mime_headers if key in _KEPT]
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True, ignore_obsolete=True)
    _, _, messages = path.read_text(encoding="utf-8").partition("\n\n")
    head = [f"# Voicebox, {name} catalogue, {language.replace('_', '-')}.", 'msgid ""', 'msgstr ""']
    head += ['"Project-Id-Version: voicebox\\n"', *header, f'"{_STATE}: {state}\\n"']
    path.write_text("\n".join(head) + "\n\n" + messages, encoding="utf-8")


def state_in(path: Path) -> str:
    """The state that a catalogue's header says; a draft where it says none."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(f'"{_STATE}:'):
            return line.partition(": ")[2].removesuffix('\\n"')
    return "machine draft"


if __name__ == "__main__":
    main()
