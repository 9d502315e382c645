"""A language is offered where its own catalogue is complete, and nothing starts without English."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask

from feedback import i18n
from feedback.app import create_app
from feedback.config import NotConfigured, Settings
from feedback.i18n import Catalogue, offered, speaking
from feedback.languages import LANGUAGES, Language, direction_of


@pytest.fixture
def translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues of the test's own."""
    _forget()
    monkeypatch.setattr("feedback.i18n.resource_dir", lambda _name: tmp_path)
    yield tmp_path
    _forget()


def _forget() -> None:
    for kept in (offered, i18n._translations, i18n.review_of):
        kept.cache_clear()


def _compile(translations: Path, language: str, **messages: str) -> None:
    catalog = Catalog(locale=None if language not in LANGUAGES else LANGUAGES[language].locale)
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


def test_a_date_in_creole_is_in_creole_though_the_library_writes_it_in_french(app: Flask) -> None:
    with app.test_request_context(), speaking("ht", Catalogue.RESPONDENT):
        assert app.jinja_env.filters["day"](date(2026, 11, 22)) == "22 novanm 2026"


def test_a_language_that_no_library_knows_is_spoken_from_its_own_catalogue(
    app: Flask, translations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "hmn", Language("hmn", "Hmoob", "en"))
    _compile(translations, "hmn", Yes="Yog")
    with app.test_request_context(), speaking("hmn", Catalogue.RESPONDENT):
        assert i18n.gettext("Yes") == "Yog"


def test_unsigned_texts_say_so_in_their_language_and_in_the_schools(app: Flask) -> None:
    with app.test_request_context():
        with speaking("es", Catalogue.RESPONDENT):
            assert i18n.unchecked_texts() == {
                "es": "Traducido por computadora, aún sin revisar.",
                "en": "Translated by computer, not yet checked.",
            }
        with speaking("en", Catalogue.RESPONDENT):
            assert i18n.unchecked_texts() == {}


def test_a_signature_in_the_catalogue_takes_the_words_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "review_of", lambda _code, _catalogue: i18n.Review.SIGNED)
    with app.test_request_context(), speaking("es", Catalogue.RESPONDENT):
        assert i18n.unchecked_texts() == {}
