"""Names of proofs on pages."""

from flask import Blueprint

from feedback.i18n import gettext
from feedback.operations.audit import proof_words
from feedback.web.audit.action_words import READ_WORDS

bp = Blueprint("proof_names", __name__)


@bp.app_template_filter("proof_name")
def proof_name(name: str) -> str:
    """A check's name, or that of the list of what staff did; anything else, such as a round's title, as it is."""
    if name.removeprefix("the ") in READ_WORDS:
        return gettext(READ_WORDS[name.removeprefix("the ")])
    return proof_words.proof_name(name)
