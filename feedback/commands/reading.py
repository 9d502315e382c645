"""What the worker does for the reading queue once a school day: `hand-out`, and `tell-readers` where letters go out."""

import click

from feedback.commands.place import Place, in_place, today
from feedback.i18n import Catalogue, offered, speaking
from feedback.languages import SOURCE
from feedback.operations.counting.tell_readers import NotTold, connect_to_server, tell_readers


@click.command("hand-out")
@in_place
def hand_out_command(place: Place) -> None:
    """Hand out what children wrote to those who read it."""
    from feedback.operations.counting.hand_out import hand_out  # noqa: PLC0415 - loads the analysis stack

    school = place.school()
    hand_out(school, today=today(school), said=click.echo)


@click.command("tell-readers")
@in_place
def tell_command(place: Place) -> None:
    """Write to readers on whose desk something waits, where a mail server is set. Nothing of it is in the letter."""
    app = place.create_app(place.settings())
    school = app.extensions["school"]
    language = school.settings.language if school.settings.language in offered(Catalogue.STAFF) else SOURCE

    def letters(*, late: bool) -> tuple[str, str]:
        address = f"{school.settings.public_address}/{language}/desk/reading/"
        template = app.jinja_env.get_template("reading_queue/letter.html")
        with speaking(language, Catalogue.STAFF):
            subject, _blank, body = template.render(late=late, address=address).strip().partition("\n\n")
        return " ".join(subject.split()), body.strip() + "\n"

    with app.app_context():
        try:
            sent = tell_readers(school, letters, connect=connect_to_server, today=today(school))
        except NotTold as failed:
            raise click.ClickException(f"The mail server took no letter to the readers ({failed}).") from failed
    click.echo(f"{sent} letters were sent.")


COMMANDS = (hand_out_command, tell_command)
