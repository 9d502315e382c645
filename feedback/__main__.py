"""`voicebox`, and `python -m feedback`."""

from flask import Flask

from feedback.commands import voicebox
from feedback.commands.place import Place
from feedback.config import NotConfigured, Settings


def main() -> None:
    """Run the command line; a wrong setting is told in one sentence."""
    try:
        voicebox(obj=Place(_create_app), prog_name="voicebox")
    except NotConfigured as refused:
        raise SystemExit(f"Voicebox does not start: {refused}") from refused


def _create_app(settings: Settings) -> Flask:
    from feedback.app import create_app  # noqa: PLC0415 - commands that render nothing stay light

    return create_app(settings)


if __name__ == "__main__":
    main()
