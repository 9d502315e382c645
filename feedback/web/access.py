"""Who may do what: the table of permissions in words, and the access review, on a page and as a file."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template

from feedback.i18n import gettext
from feedback.operations.door.access_review import DAYS_LOOKED_BACK, Reviewed, review_access
from feedback.operations.results.export.files import no_formula
from feedback.operations.schools import schools_of
from feedback.operations.staff import allow
from feedback.privacy.permissions import PERMISSIONS, ROLES, Action, Reach
from feedback.web.place import now, signed_in, the_installation, the_school, today
from feedback.web.role_names import action_said, role_said

bp = Blueprint("access", __name__, url_prefix="/<language>/desk/access")


@bp.get("")
def show() -> str:
    """The table, and every account with its roles, when it was last used, and what it took away."""
    allow(signed_in(), Action.SEE_ACCESS)
    return render_template(
        "access/access.html",
        roles=[role_said(role) for role in ROLES],
        rows=[(action_said(action), [_reach(found.get(role)) for role in ROLES]) for action, found in _permissions()],
        reviewed=review_access(the_school(), signed_in(), now=now()),
        role_said=role_said,
        days=DAYS_LOOKED_BACK,
        several=len(schools_of(the_installation())) > 1,
    )


@bp.get("/review.csv")
def review_file() -> Response:
    """The access review to sign and file."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_head())
    for each in review_access(the_school(), signed_in(), now=now()):
        writer.writerow([no_formula(text) for text in _line(each)])
    answer = Response(lines.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"access-review-{today()}.csv")
    return answer


def _permissions() -> list[tuple[Action, dict[str, Reach]]]:
    return [(action, PERMISSIONS[action]) for action in Action]


def _reach(found: Reach | None) -> tuple[str, str]:
    """A code for how it looks, and the word."""
    if found is None:
        return "no", gettext("no")
    return ("own", gettext("own")) if found is Reach.OWN else ("yes", gettext("yes"))


def _head() -> list[str]:
    return [
        gettext("Account"),
        gettext("Roles"),
        gettext("Works for"),
        gettext("State"),
        gettext("Last signed in"),
        gettext("Second step at sign-in"),
        gettext("Files taken away in the last %(days)s days", days=DAYS_LOOKED_BACK),
    ]


def _line(each: Reviewed) -> list[str]:
    factor = {None: "", True: gettext("yes"), False: gettext("no")}[each.has_second_factor]
    return [
        each.account,
        ", ".join(role_said(role) for role in ROLES if role in each.roles),
        gettext("All schools") if each.of_district else the_school().settings.school_name,
        gettext("Disabled") if each.is_disabled else gettext("In use"),
        each.last_used.isoformat() if each.last_used else gettext("never"),
        factor,
        str(each.exports),
    ]
