"""The teacher's page as a PDF: the same release and the same figures as on the results page, on two sides of A4.

Whoever calls this is inside an application context and speaks the report's language (`i18n.speaking`).
"""

import unicodedata
from dataclasses import dataclass, replace
from hashlib import sha256

from flask import current_app

from analysis.tables import OTHER_GROUPS
from analysis.words import QuestionWords, ThemeFigure, Words
from feedback.languages import direction_of
from feedback.reports.teacher_page import TeacherPage

SIDES = 2


@dataclass(frozen=True, slots=True)
class _Room:
    """How closely a page is set (a class of static/report.css), how many themes and quotes it has room for, and
    whether groups that differ have bars beside the words."""

    name: str
    themes: int
    quotes: int
    groups: bool = True


@dataclass(frozen=True, slots=True)
class _Themed:
    """A theme, and the question that it was written in answer to."""

    theme: ThemeFigure
    asked: QuestionWords


#: Tried in this order until the page fits: teachers read two sides and do not act on more (domain.md 4.1).
_ROOMS = (
    _Room("roomy", themes=4, quotes=6),
    _Room("plain", themes=4, quotes=6),
    _Room("plain", themes=3, quotes=3),
    _Room("snug", themes=4, quotes=6),
    _Room("snug", themes=3, quotes=3),
    _Room("tight", themes=3, quotes=3, groups=False),
    _Room("tight", themes=2, quotes=0, groups=False),
)


def render_teacher_report(page: TeacherPage) -> bytes:
    """The page as tagged PDF/UA-1. The same page and language give the same bytes."""
    # WeasyPrint takes two seconds to import, and most commands and every web request do without it.
    from feedback.reports import tagged  # noqa: PLC0415 - see above

    for room in _ROOMS:
        html = _html(page, room)
        document = tagged.lay_out(html)
        if len(document.pages) <= SIDES:
            break
    return tagged.write(document, identifier=sha256(html.encode()).hexdigest()[:32])


def _html(page: TeacherPage, room: _Room) -> str:
    themes, left_out = _words_for(page.words, room)
    # Not flask.render_template: a document must not depend on what the pages' context processors add to a request.
    template = current_app.jinja_env.get_template("reports/teacher.html")
    return template.render(
        page=page, room=room, words=themes, left_out=left_out, reads=_reads, OTHER_GROUPS=OTHER_GROUPS
    )


def _words_for(words: Words | None, room: _Room) -> tuple[list[_Themed], bool]:
    """The themes that there is room for, each with its share of the quotes; and whether something was left out."""
    found = [_Themed(theme, asked) for asked in words.questions for theme in asked.themes] if words else []
    themes = [one.theme for one in found]
    shown = themes[: room.themes]
    # One quote of each theme before the second of any, so that no theme is heard twice before the others once.
    turns = sorted((place, number) for number, theme in enumerate(shown) for place in range(len(theme.quotes)))
    kept = set(turns[: room.quotes])
    fitted = [
        replace(theme, quotes=tuple(quote for place, quote in enumerate(theme.quotes) if (place, number) in kept))
        for number, theme in enumerate(shown)
    ]
    told = [replace(one, theme=theme) for one, theme in zip(found, fitted, strict=False)]
    return told, fitted != themes


def _reads(text: str, language: str) -> str:
    """ "rtl" or "ltr"; by the first letter that says so where the language is unknown."""
    if language != "und":
        return direction_of(language)
    letters = (unicodedata.bidirectional(letter) for letter in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in letters if kind in {"L", "R", "AL"}), "ltr")
