"""Changing one's own password while signed in (ASVS 5.0, 6.2.2 and 6.2.3: the old one is asked for as well)."""

from datetime import datetime

from feedback.db import writing
from feedback.models import StaffMember
from feedback.operations.door.sessions import end_sign_ins
from feedback.operations.errors import NotReady
from feedback.operations.proving import prove_password
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.passwords import hash_password, weaknesses


def change_password(school: School, by: StaffMember, old: str, new: str, *, here: str | None, now: datetime) -> None:
    """Put a new password in the old one's place, and end one's other sign-ins; `here` is the token of this one.

    SignInRefused for a wrong old one, which counts; NotReady as `privacy.passwords.weaknesses`, before the old one is
    looked at, so that a weak new one costs no try.
    """
    wrong = weaknesses(new, by.account, school.settings.school_name)
    if wrong:
        raise NotReady(*wrong)
    prove_password(school, by, old, now=now, action=None)
    # Outside the transaction, because hashing is slow on purpose.
    hashed = hash_password(new)
    with writing(school.engine) as session:
        member = session.get_one(StaffMember, by.id)
        member.password_hash = hashed
        end_sign_ins(session, member.id, but=here)
        record(session, now, member.account, "password_set", member.id)
