"""Accounts of the school's staff: adding one, signing in, and who may do what to whose things."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select

from feedback.db import reading, writing
from feedback.languages import LANGUAGES
from feedback.models import Draft, Pilot, Round, SignIn, StaffMember, Ticket
from feedback.operations.errors import NotFound, NotPermitted, NotReady, SignInRefused
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.passwords import LONGEST_PAUSE, SHORTEST_PASSWORD, hash_password, is_password, pause_after
from feedback.privacy.permissions import ROLES, Action, apart, may, reach

#: A sign-in that was not used for this long has ended.
IDLE = timedelta(minutes=30)


def add_staff(
    school: School,
    account: str,
    password: str,
    roles: Collection[str],
    *,
    languages: Collection[str] = (),
    at: str | None = None,
    everywhere: bool = False,
    now: datetime,
) -> StaffMember:
    """A new account; `languages` are those that an interpreter translates from, and a translator into.

    It works at the school with the id `at` (None: the one that is seen, or the only one), or at all (`everywhere`).
    NotReady names what is wrong: "account", "account_taken", "password_short", "roles", "languages", and the codes of
    `permissions.apart`. ChooseSchool where there are several and nobody said which.
    """
    name = account.strip().lower()
    _refuse_unfit(name, password, roles, languages)
    with writing(school.engine) as session:
        same = select(StaffMember.id).where(StaffMember.account == name)
        if session.scalar(same, execution_options={"every_school": True}):
            raise NotReady("account_taken")
        member = StaffMember(
            account=name,
            password_hash=hash_password(password),
            languages=sorted(set(languages)),
            **{f"is_{role}": role in roles for role in ROLES},
            **({"school_id": None if everywhere else at} if everywhere or at else {}),
        )
        session.add(member)
        session.flush()
        record(session, now, "console", "staff_added", member.id, roles=sorted(roles))
        session.expunge(member)
        return member


def set_languages(school: School, account: str, languages: Collection[str], *, now: datetime) -> None:
    """The languages that an interpreter or a translator works in, from now on. NotFound, or NotReady("languages")."""
    with writing(school.engine) as session:
        member = session.scalar(select(StaffMember).where(StaffMember.account == account.strip().lower()))
        if member is None or not (member.is_interpreter or member.is_translator):
            raise NotFound(account)
        if not languages or not set(languages) <= set(LANGUAGES):
            raise NotReady("languages")
        member.languages = sorted(set(languages))
        record(session, now, "console", "staff_languages_set", member.id, languages=member.languages)


def _refuse_unfit(name: str, password: str, roles: Collection[str], languages: Collection[str]) -> None:
    wrong = []
    if not name or len(name) > 120:
        wrong.append("account")
    if len(password) < SHORTEST_PASSWORD:
        wrong.append("password_short")
    if not roles or not set(roles) <= set(ROLES):
        wrong.append("roles")
    wrong.extend(apart(roles))
    if not set(languages) <= set(LANGUAGES) or ({"interpreter", "translator"} & set(roles) and not languages):
        wrong.append("languages")
    if wrong:
        raise NotReady(*wrong)


def sign_in(school: School, account: str, password: str, *, now: datetime) -> str:
    """The id of the account; SignInRefused for a wrong account, a wrong password or an account that is pausing."""
    with reading(school.engine) as session:
        member = session.scalar(select(StaffMember).where(StaffMember.account == account.strip().lower()))
        session.expunge_all()
    # Outside any transaction that writes, because hashing is slow on purpose and respondents must not wait for it; and
    # in every case, so that the time taken tells nothing.
    fits = is_password(password, member.password_hash if member else None)
    if member is None or member.is_disabled:
        raise SignInRefused
    with writing(school.engine) as session:
        kept = session.get_one(StaffMember, member.id)
        # A pause that ends further away was begun while the clock was wrong.
        pausing = kept.locked_until is not None and now < kept.locked_until <= now + LONGEST_PAUSE
        if not pausing:
            kept.failed_sign_ins = 0 if fits else kept.failed_sign_ins + 1
            kept.locked_until = None if fits else pause_after(kept.failed_sign_ins, now)
            record(session, now, kept.account, "signed_in" if fits else "sign_in_failed", kept.id)
    # Raised outside, so that the failure just counted is not rolled back.
    if pausing or not fits:
        raise SignInRefused
    return member.id


def account_of(school: School, staff_id: str) -> StaffMember | None:
    """The account with this id, detached; None if it is gone or disabled."""
    with reading(school.engine) as session:
        member = session.get(StaffMember, staff_id)
        if member is None or member.is_disabled:
            return None
        session.expunge(member)
        return member


def remember_browser(school: School, token: str | None, contents: dict[str, object], *, now: datetime) -> str:
    """Keep a browser's session on the server; the token for its cookie (a new one unless `token` is given)."""
    token = token or secrets.token_urlsafe(32)
    staff_id = contents.get("staff_id")
    with writing(school.engine) as session:
        session.execute(delete(SignIn).where((SignIn.seen_at < now - IDLE) | (SignIn.seen_at > now + IDLE)))
        kept = session.get(SignIn, _hash(token)) or SignIn(token_hash=_hash(token))
        kept.contents = dict(contents)
        kept.staff_id = staff_id if isinstance(staff_id, str) else None
        kept.seen_at = now
        session.add(kept)
    return token


def browser_contents(school: School, token: str, *, now: datetime) -> dict[str, object] | None:
    """What was kept for the browser with this token; None if there is nothing, or it was idle too long."""
    with reading(school.engine) as session:
        kept = session.get(SignIn, _hash(token))
        # Seen in days to come means seen while the clock was wrong: it must not last until then.
        if kept is None or not now - IDLE <= kept.seen_at <= now + IDLE:
            return None
        return dict(kept.contents)


def forget_browser(school: School, token: str) -> None:
    """End a browser's session."""
    with writing(school.engine) as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def allow(member: StaffMember, action: Action, thing: Pilot | Round | Ticket | Draft | None = None) -> None:
    """NotPermitted unless the account may do this at all; NotFound for somebody else's thing, as if it were not."""
    if thing is None:
        if reach(action, member.roles) is None:
            raise NotPermitted(action)
        return
    if reach(action, member.roles) is None:
        raise NotPermitted(action)
    if not may(action, member.roles, owns=thing.owner_id == member.id):
        raise NotFound(thing.id)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
