"""The command line, `voicebox`: the same operations as the pages, for the person who runs the installation."""

import click

from feedback.commands import install, responses, results, service


@click.group()
def voicebox() -> None:
    """Student and family voice on school pilots, heard as a crowd."""


for module in (install, service, responses, results):
    for command in module.COMMANDS:
        voicebox.add_command(command)
