"""The sample school on the terminal: made on the first start, and where to find it on every start."""

import re

import click

from feedback.commands.place import Place, in_place, progress_bar, today
from feedback.jobs import run_command
from feedback.operations.sample_files import sign_in_file
from feedback.operations.sample_school import make_sample_school, open_sample_code
from feedback.operations.school import School, now_utc
from feedback.privacy.second_factor import code_at

_LINE = "account {}, password {}, key of the app {}"
_KEY = re.compile(r"account (\S+), password \S+, key of the app (\S+)")


def show_sample(school: School) -> None:
    """Make the sample school in an empty installation, then print the addresses and the sign-in."""
    written = sign_in_file(school)
    with progress_bar("sample responses") as progress:
        made = make_sample_school(
            school,
            now=now_utc(),
            today=today(school),
            progress=progress,
            finish=lambda round_id: _finish(school, round_id),
        )
    if made is not None:
        lines = [_LINE.format(*each) for each in made.sign_ins]
        written.touch(mode=0o600)
        written.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code = open_sample_code(school)
    address = school.settings.public_address
    click.echo("")
    click.echo("Voicebox with a sample school:")
    if code:
        for language in ("en", "ar", "es"):
            click.echo(f"  a family answers    {address}/{language}/r/{code}")
    click.echo(f"  the staff's desk    {address}/en/desk/")
    if written.exists():
        for line in written.read_text(encoding="utf-8").splitlines():
            click.echo(f"  sign in with        {line}")
        click.echo("  the code it asks    make sample-code (in another window), or an app with that key")
    click.echo(f"  the sample report   {school.settings.instance / 'sample-report.pdf'}")
    click.echo("")


def _finish(school: School, round_id: str) -> None:
    run_command("finish-round", round_id)
    run_command("make-report", round_id, "en", "--to", str(school.settings.instance / "sample-report.pdf"))


@click.command()
@in_place
def sample_code(place: Place) -> None:
    """Print the codes that the sample school's accounts are asked for now. Real accounts' codes are in no file."""
    written = sign_in_file(place.school())
    found = _KEY.findall(written.read_text(encoding="utf-8")) if written.exists() else []
    if not found:
        raise click.ClickException("This is no sample school, or its accounts have set up apps of their own.")
    for account, key in found:
        click.echo(f"{account}: {code_at(key, now_utc())}")


COMMANDS = (sample_code,)
