"""Headers of every answer: nothing from outside, nothing kept, nothing framed but a draft in the editor."""

from flask import Flask, Response, request

from feedback.web.look import policy_of_styles
from feedback.web.place import the_school

_POLICY = (
    "default-src 'none'; style-src {styles}; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; object-src 'none'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: A year, and for every name below this one, too: what was once reached over TLS is never asked for without.
_ONLY_TLS = "max-age=31536000; includeSubDomains"
#: The editor shows a draft beside its questions: in a frame of its own, which runs no scripts, and nowhere else.
_FRAMED = "editor_preview.show"
_FRAMING = {"editor.show", "editor_items.item", "editor_items.change"}
#: Where staff record themselves.
_MICROPHONE = {"clips.show", "clips.add"}
#: Files that hold nothing of anybody, and say themselves how long they may be kept.
_SAME_FOR_EVERYBODY = {
    "static",
    "look.styles",
    "look.logo",
    "scripts.form",
    "scripts.form_and_voice",
    "scripts.worker",
    "aloud.listen",
}


def init_app(app: Flask) -> None:
    """Put the headers on every answer of the app."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _policy()
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # For browsers that do not know frame-ancestors.
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if request.endpoint == _FRAMED else "DENY"
    if the_school().settings.is_https:
        response.headers["Strict-Transport-Security"] = _ONLY_TLS
    microphone = "self" if request.endpoint in _MICROPHONE else ""
    response.headers["Permissions-Policy"] = f"camera=(), geolocation=(), microphone=({microphone})"
    if request.endpoint not in _SAME_FOR_EVERYBODY or response.status_code >= 400:
        # On a shared tablet the next child must not find the last one's page in the cache (privacy.md, L8).
        response.headers["Cache-Control"] = "no-store"
    return response


def _policy() -> str:
    policy = _POLICY.format(styles=policy_of_styles())
    if request.endpoint == _FRAMED:
        return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'").replace(
            "script-src 'self'", "script-src 'none'"
        )
    return f"{policy}; frame-src 'self'" if request.endpoint in _FRAMING else policy
