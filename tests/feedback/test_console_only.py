"""Commands are for whoever has the console of the computer, and for nobody else: each is listed, none is on a page."""

from collections.abc import Iterator

import click

from feedback.commands import voicebox

#: All commands. A new one is added by somebody who has asked who may run it: only the operator, as the service's user.
CONSOLE_ONLY = {
    "add-recordings",
    "audit-pack",
    "backup",
    "catch-up",
    "check",
    "clock-is-right",
    "doctor",
    "evaluate",
    "export",
    "finish-round",
    "hand-out",
    "import-evidence",
    "import-responses",
    "keystore new-keeper",
    "keystore remove-passphrase",
    "keystore set-passphrase",
    "look",
    "make-audit-pack",
    "make-certificate",
    "make-letter",
    "make-month",
    "make-papers",
    "make-report",
    "make-secret",
    "name-words",
    "pack",
    "proof-run",
    "prove",
    "purge",
    "read-again",
    "read-comments",
    "recordings",
    "restore",
    "restore-drill",
    "sample-code",
    "schools add",
    "schools list",
    "serve",
    "shake",
    "staff add",
    "staff languages",
    "staff link",
    "start",
    "tell-readers",
    "texts export",
    "texts take",
    "train",
    "unpack",
    "upgrade",
    "verify",
    "work",
}


def test_every_command_is_listed_as_the_operators() -> None:
    assert set(_names(voicebox)) == CONSOLE_ONLY


def _names(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _names(command, f"{before}{name} ")
        else:
            yield before + name
