"""The languages in which comments to a round may be written: those it asks in, and those spoken at home."""

from collections.abc import Iterable

from feedback.config import Settings
from feedback.languages import LANGUAGES


def languages_met(settings: Settings, asked_in: Iterable[str]) -> tuple[str, ...]:
    """Codes, the round's own first; of a school that does not say what is spoken at home, all of ours."""
    return tuple(dict.fromkeys([*asked_in, *(settings.home_languages or LANGUAGES)]))
