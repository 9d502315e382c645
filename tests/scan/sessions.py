"""A school for scanners: served as it is shipped, with an open round, and a session for each role they attack in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feedback.config import read_settings
from feedback.operations.school import now_utc, open_school
from feedback.operations.staff import remember_browser
from tests.factories import a_staff_member
from tests.served import install, serving

#: What would end the attacker's own sign-in, or another's, or asks for it again: no scanner goes there.
KEPT_FROM = ("/sign-out", "/sign-in", "/my-sign-in", "/again", "/end", "/disable", "/password", "/factor")
#: Who attacks, and where each begins.
ROLES = {"respondent": "", **dict.fromkeys(("teacher", "administrator", "lead", "officer"), "/en/desk/")}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a scanner begins, as whom, and how it gets the cookie of a new sign-in ("" is none)."""

    who: str
    address: str
    sign_in: Callable[[], str]


@contextmanager
def targets(folder: Path) -> Iterator[list[Target]]:
    """A served school and an attacker of every role, as long as the block lasts."""
    installed = install(folder)
    school = open_school(read_settings(installed.environ))
    members = {
        role: a_staff_member(school, role, account=f"{role}@example.org").id for role in ROLES if role != "respondent"
    }

    def signed_in(role: str) -> str:
        if role not in members:
            return ""
        return f"voicebox={remember_browser(school, None, {'staff_id': members[role]}, now=now_utc())}"

    with serving(installed) as port:
        root = f"http://127.0.0.1:{port}"
        yield [Target(who, root + (start or installed.path), partial(signed_in, who)) for who, start in ROLES.items()]
    school.engine.dispose()
