"""The reading queue at the command line: handing out, and letters that say nothing but that something waits."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from feedback.app import create_app
from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import NotConfigured, Settings, read_settings
from feedback.operations.school import School
from tests.reading import a_read_round, parts_of, write


class _Taking(socketserver.StreamRequestHandler):
    """As much of a mail server (RFC 5321) as one letter needs."""

    taken: list[str]

    def handle(self) -> None:
        """One connection."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                body = iter(self.rfile.readline, b".\r\n")
                self.taken.append(b"".join(body).decode())
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 fine\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def post() -> Iterator[tuple[int, list[str]]]:
    """A mail server's port, and what it has taken."""
    taken: list[str] = []
    handler = type("Handler", (_Taking,), {"taken": taken})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1], taken
        server.shutdown()
        thread.join()


@pytest.fixture
def environ(settings: Settings) -> dict[str, str]:
    return {
        "VOICEBOX_SECRET": settings.secret,
        "VOICEBOX_INSTANCE": str(settings.instance),
        "VOICEBOX_DATABASE_URL": settings.database_url,
    }


def _type(environ: dict[str, str], *words: str) -> Result:
    return CliRunner(env=environ).invoke(voicebox, words, obj=Place(create_app), catch_exceptions=False)


def test_what_waits_is_handed_out_and_readers_get_a_letter_without_a_word_of_it(
    environ: dict[str, str], school: School, post: tuple[int, list[str]]
) -> None:
    port, taken = post
    round_ = a_read_round(school, title="Class 5A")
    write(school, round_, "a secret of mine")
    assert _type(environ, "hand-out").exit_code == 0
    assert [part.state for part in parts_of(school, round_)] == ["handed_out"]
    mail = {"VOICEBOX_SMTP_HOST": "127.0.0.1", "VOICEBOX_SMTP_PORT": str(port), "VOICEBOX_SMTP_SECURITY": "none"}
    told = _type({**environ, **mail, "VOICEBOX_SMTP_FROM": "voicebox@example.org"}, "tell-readers")
    assert told.output == "2 letters were sent.\n"
    assert len(taken) == 2
    for letter in taken:
        assert "Subject: Voicebox: something waits in the reading queue" in letter
        assert "/en/desk/reading/" in letter
        assert "secret" not in letter
        assert "5A" not in letter


def test_a_mail_server_needs_an_address_to_write_from_and_a_known_way(environ: dict[str, str]) -> None:
    with pytest.raises(NotConfigured, match="VOICEBOX_SMTP_FROM"):
        read_settings({**environ, "VOICEBOX_SMTP_HOST": "mail"})
    with pytest.raises(NotConfigured, match="VOICEBOX_SMTP_SECURITY"):
        read_settings({**environ, "VOICEBOX_SMTP_SECURITY": "ssl"})
    assert read_settings(environ).smtp_host == ""
