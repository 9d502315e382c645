"""Where to report a weakness: /.well-known/security.txt (RFC 9116), where the school has said who takes reports."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, abort

from feedback.i18n import Catalogue, offered
from feedback.web.place import now, the_school

bp = Blueprint("security_txt", __name__)

#: How long a reader may believe it; RFC 9116 advises less than a year.
_BELIEVED = timedelta(days=180)


@bp.get("/.well-known/security.txt")
def show() -> Response:
    """The file; 404 where VOICEBOX_SECURITY_CONTACT is not set, for a file without a contact is none."""
    settings = the_school().settings
    if not settings.security_contact:
        abort(404)
    lines = {
        "Contact": settings.security_contact,
        "Expires": _expires(now()),
        "Preferred-Languages": ", ".join(offered(Catalogue.STAFF)),
        "Canonical": f"{settings.public_address}/.well-known/security.txt",
        "Policy": f"{settings.public_address}/en/help/security",
    }
    said = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return Response(said, mimetype="text/plain")


def _expires(moment: datetime) -> str:
    # By the day, so that the file tells nothing of the moment somebody asked for it.
    return f"{(moment + _BELIEVED).date().isoformat()}T00:00:00Z"
