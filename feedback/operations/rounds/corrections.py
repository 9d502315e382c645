"""A round's spelling, put right while people answer: texts that staff can correct, and one correction after the other.

Those who have answered were asked the words as they were, and are counted with everybody else; so only spelling is
corrected here (`forms.spelling`). For anything more there is a new round. A corrected translation needs no new
signature: it says what was signed.
"""

from dataclasses import dataclass
from datetime import datetime

from feedback.db import writing
from feedback.models import Round, StaffMember
from feedback.operations.errors import NotFound, NotReady, WrongState
from feedback.operations.record import record
from feedback.operations.rounds.course import find_round, round_for
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.round_form import Corrected, corrections_of, form_of, read_instrument
from feedback.privacy.permissions import Action
from forms.definition import Instrument
from forms.draft import as_data
from forms.spelling import Refusal, refused_as_spelling
from forms.texts import Text, texts_of

#: Letters of a text on a form.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Correctable:
    """An open round with the texts that respondents read in one language, as they are now, and what was put right."""

    round: Round
    instrument: Instrument
    language: str
    texts: tuple[Text, ...]
    corrections: tuple[Corrected, ...]

    def text(self, key: str) -> Text:
        """One of its texts; NotFound."""
        found = next((each for each in self.texts if each.key == key), None)
        if found is None:
            raise NotFound(key)
        return found


def correctable(school: School, by: StaffMember, round_id: str, language: str) -> Correctable:
    """What can be put right. NotPermitted, NotFound for an unknown round or language, WrongState if it is not open."""
    status = round_for(school, by, round_id, Action.CHANGE_ROUNDS)
    _refuse_shut(status.round)
    if language not in status.round.languages:
        raise NotFound(language)
    texts = tuple(_texts(status.instrument, language))
    return Correctable(status.round, status.instrument, language, texts, corrections_of(status.round))


def correct_spelling(
    school: School, by: StaffMember, round_id: str, key: str, language: str, words: str, *, now: datetime
) -> None:
    """Put one text right for everybody who answers from now on.

    NotReady with a code of `forms.spelling.Refusal`, or "same_label" where another answer is called so. What was
    corrected before is held against the version's own words, too: many small steps make no other question.
    """
    with writing(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.CHANGE_ROUNDS, round_)
        _refuse_shut(round_)
        if language not in round_.languages:
            raise NotFound(language)
        now_said = {text.key: text for text in _texts(form_of(round_), language)}
        at_first = {text.key: text for text in _texts(read_instrument(round_.instrument.body), language)}
        if key not in now_said:
            raise NotFound(key)
        before, after = now_said[key].words[language], words.strip()
        if code := _refused(before, at_first[key].words[language], after, language):
            raise NotReady(code)
        if any(other.words[language] == after for other in _beside(key, now_said)):
            raise NotReady("same_label")
        today = school.settings.day_of(now)
        told = {"key": key, "language": language, "before": before, "after": after, "on": today.isoformat()}
        round_.corrections = [*(round_.corrections or ()), told]
        record(session, now, by.account, "round_corrected", round_.id, key=key, language=language)


def _refused(before: str, at_first: str, after: str, language: str) -> Refusal | str | None:
    if len(after) > LONGEST:
        return "too_long"
    if after == at_first != before:
        return None  # a correction is taken back
    return refused_as_spelling(before, after, language) or refused_as_spelling(at_first, after, language)


def _refuse_shut(round_: Round) -> None:
    if round_.state != "open":
        raise WrongState(round_.state)


def _texts(instrument: Instrument, language: str) -> list[Text]:
    """What stands on the form: names of themes are read elsewhere, and what is above several rows is one text."""
    texts = (text for text in texts_of(as_data(instrument)) if text.words.get(language))
    shown = [text for text in texts if text.readers == "respondents" and not text.key.startswith("themes/")]
    stems = {text.words[language]: text.key for text in reversed(shown) if text.field == "stem"}
    return [text for text in shown if text.field != "stem" or stems[text.words[language]] == text.key]


def _beside(key: str, texts: dict[str, Text]) -> list[Text]:
    """The labels of the other answers to the same question."""
    text = texts[key]
    others = (each for each in texts.values() if each.item == text.item and each.key != key)
    return [each for each in others if each.field == text.field == "label"]
