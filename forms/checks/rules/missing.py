"""What a question lacks: why it is asked, pictures, a voice, and the line that keeps free text off private matters."""

from collections.abc import Iterator

from forms.checks.asked import OPEN, Form, words_of
from forms.checks.remarks import Remark


def missing(form: Form) -> Iterator[Remark]:
    """Questions without a reason; answers without a picture, and forms without a voice, where people need them."""
    pictured = form.band.oldest <= 8 or bool(form.data.get("audio"))
    for question in form.questions:
        if not any(words_of(question.data.get("why")).values()):
            yield form.remark("missing_why", "block", question.key)
        bare = [str(option.get("id", "")) for option in question.options if not option.get("picture")]
        # A face goes by its place, and needs no name.
        if pictured and bare and question.type != "smileys":
            yield form.remark("missing_picture", "block", question.key, found=", ".join(bare))
        if question.type in OPEN and form.audience != "staff" and not any(words_of(question.data.get("hint")).values()):
            yield form.remark("no_hint", "warning", question.key)
    if pictured and form.silent:
        yield form.remark("missing_audio", "block", "", found=", ".join(sorted(form.silent)))
