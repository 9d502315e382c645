"""A round on paper as schools have it: the library's family form and a pilot in whole sentences, in five scripts."""

from pathlib import Path
from typing import Any

import yaml

from feedback.operations.reports.form_paper import PaperFacts
from forms import library
from forms.definition import Instrument
from forms.library import open_library
from tests.feedback.reports.papers import SCRIPTS, the_facts

_DATA = Path(__file__).resolve().parents[2] / "data"


def the_family_form() -> Instrument:
    """The library's form in the five scripts of the papers; it has no Amharic of its own, so that is the tests'."""
    instrument = open_library("family-window")
    amharic = yaml.load((_DATA / "family_window_am.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    return library._in_more_languages(instrument, {"am": amharic})


def long_words() -> dict[str, dict[str, str]]:
    """What the pilot says of itself, by language."""
    words: dict[str, dict[str, str]] = yaml.safe_load(
        (_DATA / "pilot_in_five_languages.yaml").read_text(encoding="utf-8")
    )
    return words


def long_facts(language: str, **changed: Any) -> PaperFacts:
    """What the papers of such a round show in this language."""
    plain = {"instrument": the_family_form(), "pilot_words": long_words(), "languages": SCRIPTS, "slips": True}
    return the_facts(language, **{**plain, **changed})
