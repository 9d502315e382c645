"""Texts that tell people where their answers are, to copy into the school's own channels. Nothing is sent from here."""

from feedback.i18n import Catalogue, speak, speaking
from feedback.operations.reports.form_paper import paper_facts
from feedback.operations.results.replies import RoundReplies
from feedback.operations.rounds.course import RoundStatus
from feedback.spoken import language_now
from feedback.web.place import the_school
from feedback.web.results.summary import words_in
from feedback.web.rounds.paper_desk import SHORT, plain_text_of


def texts_in(status: RoundStatus, found: RoundReplies, spoken: str) -> tuple[str, str]:
    """The short text (one SMS where it fits) and the long one, which has every published answer in this language."""
    desk, facts = language_now().code, paper_facts(the_school(), status.round.id, spoken)
    lines = [each.lines[spoken] for each in found.written if each.is_public and spoken in each.lines]
    with speaking(spoken, Catalogue.RESPONDENT):
        short = plain_text_of("paper/messages/reply_short.html", facts=facts)
        long = plain_text_of(
            "paper/messages/reply_long.html", facts=facts, asked=facts.asked, lines=lines, **words_in(status.instrument)
        )
    speak(desk, Catalogue.STAFF)
    named = f"{facts.asked.school_name}: {short}"
    return (named if len(named) <= SHORT else short), long
