"""The access review: every account of the staff with its roles, when it was last used, and what it took away."""

from sqlalchemy.orm import Session

from feedback.i18n import gettext
from feedback.operations.audit.registers.kind import Register, Section, Statement
from feedback.operations.door.access_review import Reviewed, reviewed
from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from feedback.role_names import ROLE_NAMES
from feedback.spoken import day, whole

NAME = "access"


def make(session: Session, school: School, _language: str) -> Register:
    """All accounts, by name; files taken away as far back as the list of what staff did goes."""
    found = reviewed(session, school, since=None)
    used = [each for each in found if not each.is_disabled]
    counted = gettext(
        "Accounts that can sign in: %(used)s. Disabled accounts: %(off)s. Nobody who answers has one.",
        used=whole(len(used)),
        off=whole(len(found) - len(used)),
    )
    apart = gettext(
        "These are never one person: privacy officer and administrator; administrator and pilot lead or reader. An "
        "auditor has no other role."
    )
    accounts = Section("accounts", gettext("Accounts"), (counted, apart), _head(), tuple(map(_row, found)))
    return Register(NAME, gettext("Access review"), (accounts,), (Statement(counted, "accounts"),))


def _head() -> tuple[str, ...]:
    return (
        gettext("Account"),
        gettext("Roles"),
        gettext("State"),
        gettext("Last signed in"),
        gettext("Second step at sign-in"),
        gettext("Files taken away"),
    )


def _row(each: Reviewed) -> tuple[str, ...]:
    factor = {None: "", True: gettext("yes"), False: gettext("no")}[each.has_second_factor]
    return (
        each.account,
        ", ".join(gettext(ROLE_NAMES[role]) for role in ROLES if role in each.roles),
        gettext("Disabled") if each.is_disabled else gettext("In use"),
        day(each.last_used) if each.last_used else gettext("never"),
        factor,
        whole(each.exports),
    )
