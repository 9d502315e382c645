"""The page “Privacy”: where everything stands that the officer, an auditor or an administrator keeps, in four groups.

What is due stands on the first page. Here stands all of it, each for whoever may open it; nothing an account may not
open is named.
"""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from feedback.i18n import gettext
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, reach
from feedback.web.forms_desk import N_
from feedback.web.place import signed_in

bp = Blueprint("privacy", __name__, url_prefix="/<language>/desk/privacy")

#: Title of the group, and its pages: endpoint, whose page it is, name. As the tables of who may open which address say.
_GROUPS: tuple[tuple[str, tuple[tuple[str, Action, str], ...]], ...] = (
    (
        N_("To decide"),
        (
            ("form_checks.topics", Action.DECIDE_TOPICS, N_("Topics")),
            ("approvals.index", Action.APPROVE_FORMS, N_("Forms of this school year")),
            ("privacy_rules.show", Action.SEE_RULES, N_("Rules")),
            ("two_people.show", Action.SEE_RULES, N_("What needs two people")),
            ("officer.boxes", Action.OPEN_BOXES, N_("Boxes")),
        ),
    ),
    (
        N_("To delete and to keep"),
        (
            ("retention.show", Action.SEE_RETENTION, N_("What is deleted when, and what is held")),
            ("backups.show", Action.KEEP_ACCOUNTS, N_("Backups")),
            ("held.show", Action.SEE_RETENTION, N_("What we hold, and what we cannot know")),
        ),
    ),
    (
        N_("To prove"),
        (
            ("registers.index", Action.SEE_REGISTERS, N_("Registers and audit pack")),
            ("audit.show", Action.SEE_AUDIT, N_("What staff did")),
            ("access.show", Action.SEE_ACCESS, N_("Who may do what")),
            ("proofs.show", Action.SEE_PROOFS, N_("Check it yourself")),
            ("proof_runs.show", Action.SEE_PROOFS, N_("Proofs")),
            ("months.index", Action.SEE_AUDIT, N_("Reports of each month")),
        ),
    ),
    (
        N_("To answer"),
        (
            ("letters.index", Action.WRITE_LETTERS, N_("Letters")),
            ("incidents.index", Action.SEE_INCIDENTS, N_("Incidents")),
        ),
    ),
)
_WITHIN = frozenset(endpoint for _, pages in _GROUPS for endpoint, _, _ in pages)


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together: (endpoint, name) each."""

    title: str
    pages: list[tuple[str, str]]


@bp.app_template_test("within_privacy")
def is_within(endpoint: str | None) -> bool:
    """Whether the page “Privacy” leads to this one: its link in the head is the current one there."""
    return endpoint in _WITHIN


@bp.get("")
def index() -> str:
    """All pages of these groups that this account may open."""
    allow(signed_in(), Action.SEE_RULES)
    return render_template("officer/pages.html", groups=[each for each in _groups() if each.pages])


def _groups() -> list[Group]:
    """A page that this installation does not have is left out, like one that the account may not open."""
    roles, there = signed_in().roles, current_app.view_functions
    return [
        Group(
            gettext(title),
            [
                (endpoint, gettext(name))
                for endpoint, action, name in pages
                if endpoint in there and reach(action, roles) is not None
            ],
        )
        for title, pages in _GROUPS
    ]
