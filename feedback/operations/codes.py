"""Codes that people type: letters and digits that nobody can guess, and that are told apart when read aloud."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Round
from feedback.privacy.slips import LETTERS


def unused_code(session: Session) -> str:
    """Six letters and digits that no round has."""
    everywhere = {"every_school": True}
    while session.scalar(select(Round.id).where(Round.code == (code := new_code(6))), execution_options=everywhere):
        pass
    return code


def new_code(length: int) -> str:
    """So many letters and digits that nobody can guess, of those that are told apart when read aloud."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
