"""Until every blueprint exists."""
from flask import Flask
from feedback import i18n
from feedback.config import Settings
from feedback.operations.school import open_school
from feedback.resources import resource_dir
from feedback.web import errors, headers, public, respond
def create_app(settings: Settings) -> Flask:
    app = Flask("feedback.app", template_folder=str(resource_dir("templates")), static_folder=str(resource_dir("static")))
    app.config.update(SECRET_KEY=settings.secret, MAX_CONTENT_LENGTH=256*1024, MAX_FORM_MEMORY_SIZE=256*1024)
    app.extensions["school"] = open_school(settings)
    i18n.init_app(app, settings)
    headers.init_app(app)
    errors.init_app(app)
    app.register_blueprint(respond.bp)
    app.register_blueprint(public.bp)
    return app
