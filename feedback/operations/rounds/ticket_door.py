"""What is behind an exit ticket's code: the round that is open just now, or a page that says that none is.

Respondents come through here. Nothing is written, and nothing depends on what anybody answered.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from feedback.db import reading
from feedback.models import Release, Round, Ticket
from feedback.operations.errors import LanguageUnknown, RoundUnknown
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class Behind:
    """`open_code` is the code of the round that is open now, `heard_code` that of the last one with results."""

    languages: tuple[str, ...]
    open_code: str | None
    heard_code: str | None


def behind(school: School, code: str, language: str, *, now: datetime) -> Behind:
    """What is behind the code. RoundUnknown where there is no such ticket, LanguageUnknown."""
    with reading(school.engine) as session:
        ticket = session.scalar(select(Ticket).where(Ticket.code == code.upper()))
        if ticket is None:
            raise RoundUnknown(code)
        if language not in ticket.languages:
            raise LanguageUnknown(code, ticket.languages)
        rounds = select(Round.code).where(Round.ticket_id == ticket.id).order_by(Round.opens_at.desc(), Round.id)
        now_open = rounds.where(Round.state == "open", Round.opens_at <= now, Round.closes_at > now)
        told = select(Release.round_id).where(Release.reader == "public")
        heard = rounds.where(Round.state == "scrubbed", Round.tallies_purged_on.is_(None), Round.id.in_(told))
        return Behind(tuple(ticket.languages), session.scalar(now_open.limit(1)), session.scalar(heard.limit(1)))
