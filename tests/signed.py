"""Words that somebody who reads the language has signed: a round opens in no others."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Engine, delete
from sqlalchemy.dialects import postgresql, sqlite

from feedback.i18n import Catalogue, offered
from feedback.models import TextSignature
from feedback.models.base import new_id
from feedback.operations.school import School
from feedback.operations.workshop.product_words import notice_words
from forms.definition import Instrument
from forms.draft import as_data
from forms.library import names, open_library
from forms.texts import texts_of, words_hash

_ON = date(2026, 9, 1)


def sign_usual(engine: Engine, *instruments: Instrument) -> None:
    """Sign the product's notice in every language, the library and these forms; once for all tests."""
    notices = ((code, *each) for code in offered(Catalogue.RESPONDENT) for each in notice_words(code))
    forms = [*map(open_library, names()), *instruments]
    _sign(engine, [*notices, *(each for form in forms for each in _texts(form))])


def sign_form(school: School, instrument: Instrument, source: str = "en") -> None:
    """Sign all that this form says, in all of its languages."""
    _sign(school.engine, _texts(instrument, source))


def sign_nothing(school: School, *languages: str) -> None:
    """Take back all signatures, or those in these languages."""
    with school.engine.begin() as connection:
        gone = delete(TextSignature)
        connection.execute(gone.where(TextSignature.language.in_(languages)) if languages else gone)


def _texts(instrument: Instrument, source: str = "en") -> Iterable[tuple[str, str, str]]:
    for text in texts_of(as_data(instrument)):
        for language, words in text.words.items():
            if language != source:
                yield language, text.words[source], words


def _sign(engine: Engine, texts: Iterable[tuple[str, str, str]]) -> None:
    rows = [
        {"id": new_id(), "language": code, "source_hash": words_hash(source), "words_hash": words_hash(words)}
        | {"signed_on": _ON}
        for code, source, words in sorted(set(texts))
    ]
    if rows:
        # What was signed before stays as it is.
        insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        with engine.begin() as connection:
            connection.execute(insert(TextSignature).on_conflict_do_nothing(), rows)
