"""The application factory: reads from top to bottom as a list of what the service is made of."""

import os

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from feedback import i18n
from feedback.config import NotConfigured, Settings, read_settings
from feedback.db import refuse_unsafe_server
from feedback.operations.floor import refuse_below_floor
from feedback.operations.school import open_school
from feedback.resources import resource_dir
from feedback.web import (
    access,
    audit,
    door,
    errors,
    guides,
    headers,
    look,
    looked_at,
    own_site,
    pilots,
    respondents,
    results,
    review,
    rounds,
    scripts,
    security_txt,
    tickets,
    workshop,
)
from feedback.web.door import sign_in
from feedback.web.respondents import kiosk, pictograms
from feedback.web.workshop import editor_preview

#: Bytes of a request; a form of sixteen full text answers is a third of it.
_LARGEST_REQUEST = 256 * 1024
#: Seconds a browser keeps style sheets and drawings, so that a bad line fetches them once a form.
_KEEP_STYLES = 3600

#: What is registered after the respondents' own pages, in any order.
_DESK_AND_PUBLIC = (
    *respondents.READ,
    *(module.bp for module in (access, guides, look, scripts, security_txt)),
    *(view for room in (door, workshop, pilots, rounds, results, tickets, review, audit) for view in room.VIEWS),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application for these settings, or for those in the environment. NotConfigured where they are wrong."""
    settings = settings or read_settings(os.environ)
    app = Flask(__name__, template_folder=str(resource_dir("templates")), static_folder=str(resource_dir("static")))
    if app.debug:
        # A debugger shows the inside of the program, and what people typed, to whoever causes an error.
        raise NotConfigured("FLASK_DEBUG is set, and Voicebox does not start with it. Unset it.")
    app.config.update(
        SECRET_KEY=settings.secret,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST,
        SEND_FILE_MAX_AGE_DEFAULT=_KEEP_STYLES,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in lasts: a slow typist must not lose what was typed
    )
    app.extensions["school"] = open_school(settings)
    # Before the first request: a server that would tell who answered what must never be sent an answer.
    refuse_unsafe_server(app.extensions["school"].engine)
    refuse_below_floor(app.extensions["school"])
    csrf = CSRFProtect(app)
    i18n.init_app(app, settings)
    headers.init_app(app)
    errors.init_app(app)
    pictograms.init_app(app)
    sign_in.init_app(app)
    looked_at.init_app(app)
    # After the sign-in, because each puts itself before all that was there.
    own_site.init_app(app)
    kiosk.init_app(app)
    for view in respondents.ANSWERED_ON:
        app.register_blueprint(view)
        csrf.exempt(view)
    # It keeps and changes nothing, and its buttons are those of respondents' pages.
    csrf.exempt(editor_preview.bp)
    for view in _DESK_AND_PUBLIC:
        app.register_blueprint(view)
    return app
