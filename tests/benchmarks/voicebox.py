"""Voicebox with open rounds of ten questions on one page, served as in production."""

import logging
from multiprocessing.connection import Connection
from pathlib import Path

from waitress import create_server

from feedback.app import create_app
from feedback.config import Settings
from feedback.migrations import upgrade
from feedback.operations.school import School
from tests.factories import NOW, a_family_instrument, a_round

_QUESTIONS = 10
#: One for each run, for a box is looked into before an envelope goes in: a school is asked by the hundred.
_ROUNDS, _GROUP = 9, 1000


def serve_voicebox(pipe: Connection, folder: str) -> None:
    """Serve until killed; sends (port, path, form) through the pipe."""
    instance = Path(folder)
    settings = Settings("bench " * 8, instance, instance / "keystore", f"sqlite:///{instance / 'voicebox.db'}")
    app = create_app(settings)
    school: School = app.extensions["school"]
    upgrade(school.engine)
    scale = a_family_instrument().questions[0].model_dump(mode="json")
    questions = [{**scale, "id": f"q{number}"} for number in range(_QUESTIONS)]
    instrument = a_family_instrument(questions=questions)
    rounds = [a_round(school, instrument, group_size=_GROUP) for _ in range(_ROUNDS)]
    app.extensions["clock"] = lambda: NOW
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    form = {f"q-q{number}": "easy" for number in range(_QUESTIONS)}
    pipe.send((server.effective_port, [f"/en/r/{each.code}" for each in rounds], form))
    server.run()
