"""What a respondent typed, read from the body of a request."""

import re
from urllib.parse import unquote_to_bytes

from flask import abort, request
from werkzeug.datastructures import MultiDict

_HALF_AN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def typed_fields() -> MultiDict[str, str]:
    """What was typed, if the body is percent-encoded UTF-8. Flask would put U+FFFD where it is not."""
    body = request.get_data()
    if request.mimetype != "application/x-www-form-urlencoded" or _HALF_AN_ESCAPE.search(body):
        abort(400)
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        abort(400)
    return request.form
