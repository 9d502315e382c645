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
from feedback.operations.proving import prove_password
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.privacy.passwords import hash_password, is_password, weaknesses
from feedback.privacy.permissions import ROLES, Action, apart, may, reach

#: A sign-in that was not used for this long has ended; and one that began this long ago, used or not.
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


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
    NotReady names what is wrong: "account", "account_taken", "roles", "languages", the codes of `permissions.apart`, or
    one of `privacy.passwords.weaknesses`. ChooseSchool where there are several and nobody said which.
    """
    name = account.strip().lower()
    refuse_unfit(school, name, roles, languages, password)
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


def refuse_unfit(
    school: School, name: str, roles: Collection[str], languages: Collection[str], password: str | None = None
) -> None:
    """NotReady where an account cannot be made so; see `add_staff`. None is a password that is chosen later."""
    wrong = []
    if not name or len(name) > 120:
        wrong.append("account")
    if password is not None:
        wrong += weaknesses(password, name, school.settings.school_name)
    if not roles or not set(roles) <= set(ROLES):
        wrong.append("roles")
    wrong.extend(apart(roles))
    if not set(languages) <= set(LANGUAGES) or ({"interpreter", "translator"} & set(roles) and not languages):
        wrong.append("languages")
    if wrong:
        raise NotReady(*wrong)


def sign_in(school: School, account: str, password: str, *, now: datetime) -> str:
    """The id of the account whose password this is: the first of two steps, which signs nobody in yet.

    SignInRefused for a wrong account, a wrong password, and an account that is pausing or disabled.
    """
    with reading(school.engine) as session:
        member = session.scalar(select(StaffMember).where(StaffMember.account == account.strip().lower()))
        session.expunge_all()
    if member is None or member.is_disabled:
        # The same work, so that the time taken tells nothing.
        is_password(password, None)
        raise SignInRefused
    prove_password(school, member, password, now=now, action=None)
    return member.id


def account_of(school: School, staff_id: str) -> StaffMember | None:
    """The account with this id, detached; None if it is gone or disabled."""
    with reading(school.engine) as session:
        member = session.get(StaffMember, staff_id)
        if member is None or member.is_disabled:
            return None
        session.expunge(member)
        return member


def account_named(school: School, account: str) -> StaffMember | None:
    """The account of this name, detached; None where there is none."""
    with reading(school.engine) as session:
        member = session.scalar(select(StaffMember).where(StaffMember.account == account))
        if member is not None:
            session.expunge(member)
        return member


def remember_browser(school: School, token: str | None, contents: dict[str, object], *, now: datetime) -> str:
    """Keep a browser's session on the server; the token for its cookie (a new one unless `token` is given).

    Who is signed in from now on has just shown who they are, unless `contents` says when. A session that was ended
    meanwhile is not kept again.
    """
    staff_id = contents.get("staff_id")
    if staff_id and "proved_at" not in contents:
        contents = {**contents, "proved_at": now.isoformat()}
    with writing(school.engine) as session:
        session.execute(delete(SignIn).where((SignIn.seen_at < now - IDLE) | (SignIn.seen_at > now + IDLE)))
        kept = session.get(SignIn, _hash(token)) if token else None
        if token and kept is None:
            return token
        token = token or secrets.token_urlsafe(32)
        kept = kept or SignIn(token_hash=_hash(token), begun_at=now)
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
        if kept is None or not now - IDLE <= kept.seen_at <= now + IDLE or now >= kept.begun_at + LONGEST:
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
