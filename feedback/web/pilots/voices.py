"""What released rounds say, as the pages of thinking show it: each round with the words of its form."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from feedback.operations.evidence.pilot_voices import Voices, voices_of
from feedback.web.place import signed_in, the_school
from feedback.web.results.summary import words_in


@dataclass(frozen=True, slots=True)
class Spoken:
    """A released round, and its questions' and answers' words: (text, language) by question, and by cell."""

    voices: Voices
    questions: dict[str, Any]
    labels: dict[str, Any]


def spoken_of(pilot_id: str) -> list[Spoken]:
    """The pilot's released rounds that this account may see, the last one first."""
    return [_spoken(each) for each in voices_of(the_school(), signed_in(), pilot_id)]


def link_if_there(endpoint: str, page: str, pilot_id: str) -> str | None:
    """The address of the pilot's page on which something can be done; None where nothing here can do it."""
    return url_for(page, pilot_id=pilot_id) if endpoint in current_app.view_functions else None


def _spoken(voices: Voices) -> Spoken:
    words = words_in(voices.instrument)
    return Spoken(voices, words["questions"], words["labels"])
