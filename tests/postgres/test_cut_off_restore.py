"""A restore that the power cut off just before its last step: nobody answers into a copy that will be thrown away."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from feedback.app import create_app
from feedback.commands import service, voicebox
from feedback.commands.place import Place
from feedback.config import Settings
from feedback.copies import mend, postgresql
from feedback.operations.backup import backup
from feedback.operations.doctor import wrong_in
from feedback.operations.restoring.restore import in_place
from feedback.operations.school import School, open_school
from tests.factories import NOW, a_round


class _PowerCut(BaseException):
    pass


@pytest.fixture
def school(settings: Settings) -> Iterator[School]:
    opened = open_school(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def cut_off(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    """All is restored, and the tables from before are not yet let go of."""
    file = backup(school, today=NOW.date(), now=NOW, account="console").file
    a_round(school, title="Class 2B")
    monkeypatch.setattr(postgresql, "_put_back", lambda _connection: None)
    with pytest.raises(_PowerCut), in_place(school, file):
        raise _PowerCut
    monkeypatch.undo()
    school.engine.dispose()
    return school


def _type(school: School, word: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setattr(service, "keep_out_of_dumps", lambda: None)
    monkeypatch.setattr(service, "serve_until_told", lambda *_app, **_where: None)
    environ = {
        "VOICEBOX_SECRET": school.settings.secret,
        "VOICEBOX_INSTANCE": str(school.settings.instance),
        "VOICEBOX_DATABASE_URL": school.settings.database_url,
    }
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        made.append(create_app(settings))
        return made[-1]

    done = CliRunner(env=environ).invoke(voicebox, [word], obj=Place(make))
    for app in made:
        app.extensions["school"].engine.dispose()
    return done


@pytest.mark.parametrize("word", ["serve", "work"])
def test_neither_pages_nor_worker_start_on_it(cut_off: School, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    refused = _type(cut_off, word, monkeypatch)
    assert (refused.exit_code, "run `voicebox upgrade`" in refused.output) == (1, True), refused.output


def test_the_pages_start_once_it_is_undone(cut_off: School, monkeypatch: pytest.MonkeyPatch) -> None:
    mend(cut_off.engine)
    cut_off.engine.dispose()
    served = _type(cut_off, "serve", monkeypatch)
    assert (served.exit_code, "Serving" in served.output) == (0, True), served.output


def test_the_doctor_names_it(cut_off: School) -> None:
    assert "restore" in wrong_in(cut_off)
    mend(cut_off.engine)
    assert "restore" not in wrong_in(cut_off)
