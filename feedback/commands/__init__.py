"""The command line, `voicebox`: the same operations as the pages, for the person who runs the installation."""

import click

from feedback.commands import (
    audit_pack,
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
    retention,
    sample,
    service,
    texts,
    verify,
)


@click.group()
def voicebox() -> None:
    """Student and family voice on school pilots, heard as a crowd."""


_DAILY = (
    install,
    sample,
    look,
    check,
    keystore,
    service,
    texts,
    responses,
    recordings,
    name_words,
    results,
    retention,
    month,
    export,
    comments,
    reading,
    evidence,
    packs,
)
for module in (*_DAILY, backup, doctor, prove, proof_run, audit_pack, verify, evaluate):
    for command in module.COMMANDS:
        voicebox.add_command(command)
