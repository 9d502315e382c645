"""A school for scanners: served as it is shipped, with an open round, and a session for each role they attack in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from feedback.config import read_settings
from feedback.operations.school import now_utc, open_school
from feedback.operations.staff import remember_browser
from tests.factories import a_staff_member
from tests.served import install, serving

#: Who attacks, and where each begins.
ROLES = {"respondent": "", **dict.fromkeys(("teacher", "administrator", "lead", "officer"), "/en/desk/")}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a scanner begins, as whom, and with which cookie ("" is none)."""

    who: str
    address: str
    cookie: str


@contextmanager
def targets(folder: Path) -> Iterator[list[Target]]:
    """A served school and an attacker of every role, as long as the block lasts."""
    installed = install(folder)
    school = open_school(read_settings(installed.environ))
    cookies = {"respondent": ""}
    for role in ROLES:
        if role != "respondent":
            member = a_staff_member(school, role, account=f"{role}@example.org")
            token = remember_browser(school, None, {"staff_id": member.id}, now=now_utc())
            cookies[role] = f"voicebox={token}"
    school.engine.dispose()
    with serving(installed) as port:
        root = f"http://127.0.0.1:{port}"
        yield [Target(who, root + (start or installed.path), cookies[who]) for who, start in ROLES.items()]
