"""The sample school on the terminal: made on the first start, and where to find it on every start."""

import click

from feedback.commands.place import progress_bar, today
from feedback.jobs import run_command
from feedback.operations.sample_school import make_sample_school, open_sample_code
from feedback.operations.school import School, now_utc


def show_sample(school: School) -> None:
    """Make the sample school in an empty installation, then print the addresses and the sign-in."""
    sign_in_file = school.settings.instance / "sample-sign-in.txt"
    with progress_bar("sample responses") as progress:
        made = make_sample_school(
            school,
            now=now_utc(),
            today=today(school),
            progress=progress,
            finish=lambda round_id: _finish(school, round_id),
        )
    if made is not None:
        lines = [f"account {account}, password {password}" for account, password in made.sign_ins]
        sign_in_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sign_in_file.chmod(0o600)
    code = open_sample_code(school)
    address = school.settings.public_address
    click.echo("")
    click.echo("Voicebox with a sample school:")
    if code:
        for language in ("en", "ar", "es"):
            click.echo(f"  a family answers    {address}/{language}/r/{code}")
    click.echo(f"  the staff's desk    {address}/en/desk/")
    if sign_in_file.exists():
        for line in sign_in_file.read_text(encoding="utf-8").splitlines():
            click.echo(f"  sign in with        {line}")
    click.echo(f"  the sample report   {school.settings.instance / 'sample-report.pdf'}")
    click.echo("")


def _finish(school: School, round_id: str) -> None:
    run_command("finish-round", round_id)
    run_command("make-report", round_id, "en", "--to", str(school.settings.instance / "sample-report.pdf"))
