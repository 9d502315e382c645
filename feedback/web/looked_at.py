"""Which pages show voices, and so leave a note of who opened them; and what is refused leaves one, too."""

from flask import Flask, Response, current_app, g, request

from feedback.operations.door.looked_at import Looks
from feedback.operations.errors import NotPermitted
from feedback.web.place import now, the_school

#: Endpoint -> what is read there. The thing is the round or pilot in the address, or the list itself.
READ = {
    "audit.show": "list of what staff did",
    "exports.show": "exports",
    "incidents.show": "incidents",
    "interpret.any_one": "comments to translate",
    "interpret.one": "comments to translate",
    "reading_queue.show": "words to read",
    "reading_queue.act": "words to act on",
    "reports.page": "reports",
    "reports.pdf": "reports",
    "results.show": "results",
    "results.pdf": "results",
    "review.show": "comments",
    "review.theme": "comments",
    "review.other": "comments",
    "review_sort.quote": "comments",
    "review_sort.sort": "comments",
    "roll_ups.show": "roll-ups",
    "walls.dashboard": "results",
    "walls.wall": "results",
}
_THINGS = ("round_id", "incident_id", "pilot_id", "about", "roll_up_id")


def init_app(app: Flask) -> None:
    """Note it after the answer is made: what was not shown is not noted."""
    app.extensions["looks"] = Looks()
    app.after_request(_note)


def note_refused(error: Exception) -> None:
    """Called where a refusal is turned into a page; notes only what an account's roles do not allow."""
    if isinstance(error, NotPermitted) and g.get("account") is not None:
        _looks().note_refused(the_school(), g.account, request.endpoint or "", now=now())


def _note(response: Response) -> Response:
    what = READ.get(request.endpoint or "")
    if what and response.status_code == 200 and request.method == "GET" and g.get("account") is not None:
        values = request.view_args or {}
        thing = next((str(values[name]) for name in _THINGS if values.get(name)), what)
        _looks().note_read(the_school(), g.account, what, thing, now=now())
    return response


def _looks() -> Looks:
    looks: Looks = current_app.extensions["looks"]
    return looks
