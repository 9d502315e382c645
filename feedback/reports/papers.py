"""Making a round's papers: each is a page of templates/paper in the respondents' words, as tagged PDF/UA-1."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

import segno
from flask import current_app
from markupsafe import Markup

from feedback.i18n import Catalogue, speaking
from feedback.languages import dialled
from feedback.operations.reports.form_paper import (
    Paper,
    PaperFacts,
    begin_papers,
    keep_papers,
    kept_papers,
    paper_facts,
    papers_in,
)
from feedback.operations.school import School
from feedback.two_languages import set_below
from forms.paper import line_numbers
from forms.piping import with_answers

#: How closely a page is set (classes of static/paper.css): the first that needs the fewest sides is taken.
_ONE_SIDE = ("roomy", "plain", "snug", "tight")
_ROOMS = {
    Paper.FORM: ("roomy", "snug"),
    Paper.LETTER: _ONE_SIDE,
    Paper.POSTER: _ONE_SIDE,
    Paper.SCRIPT: ("roomy", "snug"),
    Paper.NASTALIQ: _ONE_SIDE,
}
#: White around a square, in its own modules: QR readers need four (ISO/IEC 18004).
_QUIET = 4


def make_papers(school: School, round_id: str, language: str, group: str = "") -> dict[Paper, bytes]:
    """All papers of a round in one of its languages; made once, then read back. Called in an application context.

    NotFound, or WrongState where nobody is asked here.
    """
    facts = paper_facts(school, round_id, language, group)
    kept = kept_papers(school, facts)
    if len(kept) == len(papers_in(language)):
        keep_papers(school, facts, kept)
        return kept
    begin_papers(school, facts)
    with speaking(language, Catalogue.RESPONDENT):
        bodies = {paper: kept.get(paper) or render_paper(facts, paper) for paper in papers_in(language)}
    keep_papers(school, facts, bodies)
    return bodies


def render_paper(facts: PaperFacts, paper: Paper) -> bytes:
    """One paper in the language that is spoken. The same facts give the same bytes."""
    # WeasyPrint takes two seconds to import, and most commands and every web request do without it.
    from feedback.reports import tagged  # noqa: PLC0415 - see above

    tried = []
    for room in _ROOMS[paper]:
        html = paper_html(facts, paper, room)
        tried.append((tagged.lay_out(html), html))
        if len(tried[-1][0].pages) == 1:
            break
    document, html = min(tried, key=lambda one: len(one[0].pages))
    return tagged.write(document, identifier=sha256(html.encode()).hexdigest()[:32])


def paper_html(facts: PaperFacts, paper: Paper, room: str) -> str:
    """The page that a paper is printed from."""
    asked = facts.asked
    instrument = with_answers(asked.instrument, {})
    parts = ("title", "trying", "why", "promise", "contacts")
    said = {
        part: {spoken: dialled(words[part], spoken) for spoken, words in asked.pilot_words.items() if part in words}
        for part in parts
    }
    # Not flask.render_template: a document must not depend on what the pages' context processors add to a request.
    page = current_app.jinja_env.get_template(f"paper/{paper}.html").render(
        asked=asked,
        instrument=instrument,
        numbers=facts.numbers or line_numbers(instrument),
        pilot=said,
        facts=facts,
        room=room,
        typed=typed_address,
        square=square,
    )
    return set_below(page)


def typed_address(address: str) -> list[str]:
    """What has to be typed, in pieces between which a line may end: nobody types the scheme."""
    parts = urlsplit(address)
    return re.findall(r"[^./]+[./]*|[./]+", parts.netloc + parts.path)


def square(address: str, title: str) -> Markup:
    """The address as a QR code to put into a page; `title` is what it is called aloud."""
    drawn = segno.make_qr(address, error="m").svg_inline(border=_QUIET, light="#fff", omitsize=True, title=title)
    return Markup(drawn)  # noqa: S704 - drawn by segno, which escapes the title
