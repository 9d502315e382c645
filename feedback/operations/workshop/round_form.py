"""The form of a round as people read it now: its version, with the spelling that was put right while it was open.

Everything that asks, prints or reports a round reads its form here. Ids and answers are those of the version, and so is
the hash that envelopes are bound to: a corrected form takes every envelope that the uncorrected one did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from feedback.models import Round
from forms.definition import Instrument
from forms.draft import as_data
from forms.texts import Text, texts_of, with_texts


@dataclass(frozen=True, slots=True)
class Corrected:
    """One text that was put right in one language; `key` is one of `forms.texts`."""

    key: str
    language: str
    before: str
    after: str
    on: date

    @property
    def item(self) -> str:
        """The id of the question or notice that the text belongs to."""
        place, _, rest = self.key.partition("/")
        return rest.partition("/")[0] if place == "items" else ""


@lru_cache(maxsize=128)
def read_instrument(body: str) -> Instrument:
    """An instrument version as it is stored. Versions never change, so the parsed one is kept."""
    return Instrument.model_validate_json(body)


def form_of(round_: Round) -> Instrument:
    """What the round asks."""
    return corrected_form(round_.instrument.body, corrections_of(round_))


def corrections_of(round_: Round) -> tuple[Corrected, ...]:
    """What was put right, in the order in which it was."""
    return tuple(Corrected(**{**each, "on": date.fromisoformat(each["on"])}) for each in round_.corrections or ())


def corrected_form(body: str, corrections: Iterable[Corrected]) -> Instrument:
    """A stored version with these corrections in it."""
    told = tuple((each.key, each.language, each.before, each.after) for each in corrections)
    return _corrected(body, told) if told else read_instrument(body)


@lru_cache(maxsize=64)
def _corrected(body: str, told: tuple[tuple[str, str, str, str], ...]) -> Instrument:
    data = as_data(read_instrument(body))
    for key, language, before, after in told:
        keys = [text.key for text in texts_of(data) if text.key == key or _is_shared(key, text, language, before)]
        data = with_texts(data, {each: {language: after} for each in keys})
    return Instrument.model_validate(data)


def _is_shared(key: str, text: Text, language: str, before: str) -> bool:
    """What stands above the rows of a matrix is one text on the form, and stands with each row in its file."""
    return key.endswith("/stem") and text.field == "stem" and text.words.get(language) == before
