"""The command line, `voicebox`: the same operations as the pages, for the person who runs the installation."""

import click

from feedback.commands import (
    backup,
    check,
    comments,
    doctor,
    evaluate,
    evidence,
    export,
    install,
    keystore,
    look,
    month,
    name_words,
    packs,
    proof_run,
    prove,
    reading,
    recordings,
    responses,
    results,
    service,
    texts,
    verify,
)


@click.group()
def voicebox() -> None:
    """Student and family voice on school pilots, heard as a crowd."""


_DAILY = (
    install,
    look,
    check,
    keystore,
    service,
    texts,
    responses,
    recordings,
    name_words,
    results,
    month,
    export,
    comments,
    reading,
    evidence,
    packs,
)
for module in (*_DAILY, backup, doctor, prove, proof_run, verify, evaluate):
    for command in module.COMMANDS:
        voicebox.add_command(command)
