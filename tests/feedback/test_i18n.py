"""A language is offered where its own catalogue is complete, and nothing starts without English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from feedback.app import create_app
from feedback.config import NotConfigured, Settings
from feedback.i18n import Catalogue, direction_of, offered


@pytest.fixture
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues of the test's own."""
    offered.cache_clear()
    monkeypatch.setattr("feedback.i18n.resource_dir", lambda _name: tmp_path)
    yield tmp_path
    offered.cache_clear()


def _compile(translations: Path, language: str, **messages: str) -> None:
    catalog = Catalog(locale=language)
    for message, text in messages.items():
        catalog.add(message, text)
    path = translations / language / "LC_MESSAGES" / "respondent.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def test_a_language_with_one_message_missing_is_not_offered(translations: Path) -> None:
    _compile(translations, "en", Yes="Yes", No="No")
    _compile(translations, "ar", Yes="نعم", No="لا")
    _compile(translations, "es", Yes="Sí")
    assert offered(Catalogue.RESPONDENT) == ("en", "ar")


def test_a_service_without_its_catalogues_does_not_start_and_names_the_cure(
    translations: Path, settings: Settings
) -> None:
    assert translations.is_dir()
    with pytest.raises(NotConfigured, match="make messages"):
        create_app(settings)


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("en", "ltr"), ("ur", "rtl"), ("fa-AF", "rtl"), ("so", "ltr"), ("und", "ltr")],
)
def test_every_language_reads_in_its_direction_even_one_the_table_does_not_know(code: str, direction: str) -> None:
    assert direction_of(code) == direction
