"""Which PDFs somebody asked for and nobody has made yet, as commands for the worker."""

from sqlalchemy import select

from feedback.db import reading
from feedback.models import ReportRequest
from feedback.operations.audit.letters import letters_asked_for
from feedback.operations.audit.month_reports import months_asked_for
from feedback.operations.audit.pack import packs_asked_for
from feedback.operations.reports.form_paper import PAPERS
from feedback.operations.reports.report import MOST_TRIES, Wanted, pilot_reports_asked_for
from feedback.operations.school import School


def documents_asked_for(school: School) -> list[tuple[str, ...]]:
    """Our commands that make them; those that were tried too often wait for a person to ask again."""
    with reading(school.engine) as session:
        about_rounds = session.scalars(select(ReportRequest).where(ReportRequest.tries < MOST_TRIES))
        commands = [_command_for(one) for one in about_rounds]
        of_pilots = [wanted.command for wanted in pilot_reports_asked_for(session)]
        letters = [("make-letter", letter_id) for letter_id in letters_asked_for(session)]
        months = [("make-month", *each) for each in months_asked_for(session)]
        return [*commands, *of_pilots, *letters, *months, *packs_asked_for(session)]


def _command_for(asked: ReportRequest) -> tuple[str, ...]:
    if asked.kind == PAPERS:
        return ("make-papers", asked.round_id, asked.language, f"--group={asked.group}")
    return Wanted(asked.round_id, asked.language, asked.kind).command
