"""Where the privacy officer's first page leads to; a page that this installation does not have is left out."""

from flask import current_app

from feedback.i18n import gettext
from feedback.web.forms_desk import N_

_PAGES = (
    ("audit.show", N_("What staff did")),
    ("incidents.index", N_("Incidents")),
    ("retention.show", N_("What is deleted when, and what is held")),
    ("approvals.index", N_("Forms of this school year")),
    ("privacy_rules.show", N_("Rules")),
    ("letters.index", N_("Letters")),
    ("registers.index", N_("Registers and audit pack")),
    ("access.show", N_("Who may do what")),
    ("months.index", N_("Reports of each month")),
    ("held.show", N_("What we hold, and what we cannot know")),
)


def officer_pages() -> list[tuple[str, str]]:
    """(endpoint, name) of those that are there."""
    return [(endpoint, gettext(name)) for endpoint, name in _PAGES if endpoint in current_app.view_functions]
