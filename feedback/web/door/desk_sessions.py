"""The desk's sessions, whose contents never leave the server.

Only at addresses of the desk (`/<language>/desk/...`). No other page can open, fill or set a session: a respondent's
browser is never given anything to keep.
"""

import re
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from feedback.operations import staff
from feedback.web.place import now, the_school

#: Addresses of the desk.
DESK = re.compile(r"/(?P<language>[^/]+)/desk(/|$)")
#: Between the password and the second step.
_HALF_WAY = timedelta(minutes=10)


class DeskSession(CallbackDict[str, Any], SessionMixin):
    """What one browser holds while it is at the desk. `token` is None until there is something to keep."""

    def __init__(self, contents: dict[str, object], token: str | None) -> None:
        super().__init__(contents, _note_change)
        self.modified = False
        self.token = token
        self.opened_by = contents.get("staff_id")


class DeskSessions(SessionInterface):
    """Sessions kept in the database under the hash of a random token; the cookie holds the token."""

    def open_session(self, app: Flask, request: Request) -> DeskSession | None:
        """The session of a browser at the desk; None anywhere else, which Flask treats as "cannot be written"."""
        if not DESK.match(request.path):
            return None
        token = request.cookies.get(self.get_cookie_name(app))
        contents = staff.browser_contents(the_school(), token, now=now()) if token else None
        opened = DeskSession(contents or {}, token if contents is not None else None)
        # Written at most once a minute, so that reading pages keeps a sign-in alive and costs next to nothing.
        minute = now().isoformat(timespec="minutes")
        if opened.opened_by and opened.get("minute") != minute:
            opened["minute"] = minute
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed. Whenever somebody signs in or out the browser gets a new token and the old one ends."""
        if not isinstance(session, DeskSession) or not session.modified:
            return
        token = session.token
        if token and session.get("staff_id") != session.opened_by:
            staff.forget_browser(the_school(), token)
            token = None
        if not session:
            response.delete_cookie(self.get_cookie_name(app), path="/", secure=_is_https(), httponly=True)
            return
        token = staff.remember_browser(the_school(), token, dict(session), now=now())
        response.set_cookie(
            self.get_cookie_name(app), token, path="/", secure=_is_https(), httponly=True, samesite="Lax"
        )

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask hands it over
        """With `__Host-` browsers refuse the cookie from a subdomain or over plain HTTP (RFC 6265bis, 4.1.3.2)."""
        return "__Host-voicebox" if _is_https() else "voicebox"


def sign_in_as(staff_id: str) -> None:
    """From now on the account is signed in, and has shown just now who it is. The browser gets a new token."""
    session.clear()
    session["staff_id"] = staff_id
    session["proved_at"] = now().isoformat()


def go_half_way(staff_id: str) -> None:
    """The password, or the school's own service, has said who it is; the second step is still to come."""
    session.clear()
    session["half_id"] = staff_id
    session["half_at"] = now().isoformat()


def half_way() -> str | None:
    """The account whose first step was taken in the last minutes; None where there is none."""
    begun = session.get("half_at")
    if not begun or not timedelta(0) <= now() - datetime.fromisoformat(begun) <= _HALF_WAY:
        return None
    return cast(str, session["half_id"])


def this_token() -> str | None:
    """The token of this browser's session, to tell it from the account's others."""
    return cast(DeskSession, session).token


def _is_https() -> bool:
    return the_school().settings.is_https


def _note_change(changed: CallbackDict[str, Any]) -> None:
    if isinstance(changed, DeskSession):
        changed.modified = True
