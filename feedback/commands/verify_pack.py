"""What `voicebox verify` says of an audit pack: the signature, then every file by name."""

from pathlib import Path

import click

from feedback.privacy.evidence import Genuine
from feedback.privacy.packs import LARGEST_PACK, NoPack, What, check_pack

_WHY = {
    "unreadable": "It is not a ZIP that can be read.",
    "manifest": "It has no manifest.json, or more than one: it is no audit pack.",
    "too_large": "It unpacks to more than an audit pack ever has. Nothing of it was read.",
    "shape": "Its manifest.json is not one of an audit pack.",
    "signature": "Its manifest.json was changed after it was signed, or another key signed it.",
}
_WHAT = {
    What.CHANGED: "was changed",
    What.MISSING: "is missing",
    What.ADDED: "was added",
    What.UNSAFE: "has a name or a form that no file of a pack has; do not unpack it",
    What.TWICE: "is in it twice",
    What.TOO_LARGE: "is larger than it says",
}
_MOST_NAMED = 20


def verify_pack(file: Path) -> Genuine:
    """Check a pack; its manifest where all holds. ClickException that names every file that does not."""
    if file.stat().st_size > LARGEST_PACK:
        raise click.ClickException(f"{file.name} does not hold. {_WHY['too_large']}")
    try:
        with file.open("rb") as opened:
            checked = check_pack(opened)
    except NoPack as refused:
        raise click.ClickException(f"{file.name} does not hold. {_WHY[refused.why]}") from refused
    if checked.wrong:
        named = [f"  {_shown(name)} {_WHAT[what]}" for name, what in list(checked.wrong.items())[:_MOST_NAMED]]
        more = len(checked.wrong) - len(named)
        rest = [f"  and {more} more"] if more else []
        raise click.ClickException("\n".join([f"{file.name} does not hold.", *named, *rest]))
    click.echo(f"All {checked.files} files are as they were signed.")
    return checked.manifest


def _shown(name: str) -> str:
    """A name without what could move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
