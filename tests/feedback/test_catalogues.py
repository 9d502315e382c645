"""Catalogues: fresh, complete, with every placeholder in its place."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from feedback.i18n import Catalogue, offered
from feedback.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


def _path(catalogue: Catalogue, code: str) -> Path:
    return ROOT / "translations" / LANGUAGES[code].folder / "LC_MESSAGES" / f"{catalogue}.po"


KEPT = [(catalogue, code) for catalogue in Catalogue for code in LANGUAGES if _path(catalogue, code).exists()]


@pytest.mark.parametrize(("catalogue", "code"), KEPT)
def test_every_kept_catalogue_is_complete_and_offered(catalogue: Catalogue, code: str) -> None:
    with _path(catalogue, code).open("rb") as file:
        catalog = read_po(file, locale=LANGUAGES[code].locale)
    if code != "en":
        untranslated = [message.id for message in catalog if message.id and not all(_strings(message.string))]
        assert untranslated == []
    wrong = [
        str(error) for message, errors in catalog.check() for error in errors if not _is_of_the_plural(message, error)
    ]
    assert wrong == []
    assert code in offered(catalogue)


def _is_of_the_plural(message: Message, error: Exception) -> bool:
    """Babel compares with the singular, which may leave a number out that a language with one form has to say."""
    return any(f"%({name})s" in message.id[1] for name in re.findall(r"'(\w+)'", str(error)) if message.pluralizable)


def _strings(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string),)


@pytest.mark.parametrize(("catalogue", "code"), [pair for pair in KEPT if pair[1] != "en"])
def test_a_machine_drafted_catalogue_says_so_in_its_header(catalogue: Catalogue, code: str) -> None:
    text = _path(catalogue, code).read_text(encoding="utf-8")
    assert "X-Voicebox-State: machine draft" in text or "X-Voicebox-State: signed" in text


def test_the_catalogues_hold_exactly_the_texts_of_the_product(tmp_path: Path) -> None:
    fresh = tmp_path / "translations"
    shutil.copytree(ROOT / "translations", fresh)
    subprocess.run([str(ROOT / ".setup" / "messages.sh"), str(fresh)], check=True, capture_output=True)
    for catalogue, code in KEPT:
        now, then = (
            _ids(_path(catalogue, code)),
            _ids(fresh / LANGUAGES[code].folder / "LC_MESSAGES" / f"{catalogue}.po"),
        )
        assert now == then, "run `make messages` and translate what is new"


def _ids(path: Path) -> set[str]:
    with path.open("rb") as file:
        return {str(message.id) for message in read_po(file)}


_TAGS = re.compile(r"<[^>]+>")
_TRANSLATED = [pair for pair in KEPT if pair[1] != "en"]


@pytest.mark.parametrize(("catalogue", "code"), _TRANSLATED)
def test_tags_are_those_of_the_source_and_no_sentence_is_left_in_english(catalogue: Catalogue, code: str) -> None:
    with _path(catalogue, code).open("rb") as file:
        messages = [message for message in read_po(file, locale=LANGUAGES[code].locale) if message.id]
    wrong = [
        (source, text)
        for message in messages
        for source in [str(_strings(message.id)[-1])]
        for text in _strings(message.string)
        if sorted(_TAGS.findall(source)) != sorted(_TAGS.findall(text)) or _is_left_in_english(source, text)
    ]
    assert wrong == []


def test_a_sentence_that_was_left_in_english_is_noticed() -> None:
    assert _is_left_in_english("Please fold the sheet.", "Please fold the sheet.")
    assert not _is_left_in_english("Poster: %(title)s", "Poster: %(title)s")
    assert not _is_left_in_english("Please fold the sheet.", "Doble la hoja, por favor.")


def _is_left_in_english(source: str, text: str) -> bool:
    """Names of things and single words may be the same in two languages; three words in a row are not."""
    return source == text and len(re.sub(r"%\(\w+\)s", "", source).split()) >= 3


def test_every_sentence_of_a_page_is_in_a_catalogue() -> None:
    # A folder that the extraction does not name would be English in every language.
    named = set(re.findall(r"templates/[\w./]+", (ROOT / ".setup" / "messages.sh").read_text(encoding="utf-8")))
    pages = [path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html")]
    speaking = [page for page in pages if "{% trans" in (ROOT / page).read_text(encoding="utf-8")]
    forgotten = [page for page in speaking if not {page.as_posix(), f"templates/{page.parts[1]}"} & named]
    # What both catalogues share stands in two variables of its own.
    assert len(speaking) > 50
    assert forgotten == []
