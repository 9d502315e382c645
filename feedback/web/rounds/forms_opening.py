"""Opening a round: a reason, where words are asked that nobody has signed; and how unsigned languages are named."""

from collections.abc import Iterable

from feedback.i18n import gettext
from feedback.languages import LANGUAGES
from feedback.operations.workshop.language_gate import LONGEST_REASON
from feedback.web.forms_desk import DeskForm, WordsField


class OpeningForm(DeskForm):
    """The reason for asking in a language that nobody has signed; empty for most rounds."""

    unchecked_because = WordsField(longest=LONGEST_REASON)

    def blame_unsigned(self, languages: Iterable[str]) -> None:
        """Say which languages keep the round from opening."""
        self.form_errors.append(
            gettext("Nobody who reads it has signed the words in: %(languages)s.", languages=named(languages))
        )


def named(languages: Iterable[str]) -> str:
    """Languages by the names their readers use, each kept apart from the direction of the others."""
    # U+2068 and U+2069: a name from the right in a line from the left, and the other way round.
    return ", ".join(f"\u2068{LANGUAGES[code].endonym if code in LANGUAGES else code}\u2069" for code in languages)
