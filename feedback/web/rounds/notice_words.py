"""The letter to families, as a page to print and as the words that are kept of it."""

import re
from collections.abc import Iterable
from html import unescape

from flask import render_template, url_for
from markupsafe import Markup

from feedback.i18n import Catalogue, gettext, offered, speak, speaking
from feedback.operations.answers.publish import Asked
from feedback.operations.rounds.family_notices import CHANNELS, NoticeClock
from feedback.spoken import language_now
from feedback.web.place import the_school
from feedback.web.respondents.round_pages import about_the_pilot
from forms.definition import Instrument
from forms.wording import say

_GAPS, _TAGS, _NO_WORDS = (
    re.compile(r"\s*\n\s*"),
    re.compile(r"<[^>]+>"),
    re.compile(r"<(svg|style).*?</\1>", re.DOTALL),
)


def letter(asked: Asked, clock: NoticeClock, spoken: str) -> Markup:
    """The letter of a round in one of its languages, without what surrounds it."""
    desk = language_now().code
    address = the_school().settings.public_address
    with speaking(spoken, Catalogue.RESPONDENT):
        path = url_for("public.questions", language=spoken, code=asked.code)
        said = render_template(
            "public/notice.html",
            asked=asked,
            instrument=asked.instrument,
            pilot=about_the_pilot(asked),
            consent=str(clock.consent),
            gift=clock.gift_words,
            address=address + path,
        )
    speak(desk, Catalogue.STAFF)
    return Markup(said)  # noqa: S704 - rendered by a template of ours above


def words_of_letter(said: Markup) -> str:
    """What the letter says, as plain lines."""
    plain = unescape(_TAGS.sub("", str(said)))
    return _GAPS.sub("\n", plain).strip()


def year_notice_words(instrument: Instrument, languages: Iterable[str]) -> dict[str, str]:
    """Language -> what was told of a form for a whole school year: which form it is, and what it says of itself."""
    wanted = [code for code in languages if code in offered(Catalogue.RESPONDENT)]
    return {code: f"{say(instrument.title, code)[0]}\n{say(instrument.introduction, code)[0]}" for code in wanted}


def channel_names() -> dict[str, tuple[str, str]]:
    """How families can be told, for the options of a form."""
    return {code: (gettext(name), "") for code, name in CHANNELS.items()}
