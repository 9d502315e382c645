"""Questions that say which answer is wanted."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.remarks import Remark
from forms.checks.rules.phrases import listed, swapped

#: Praise has no place in what is said before an answer either.
_BEFORE = ("text", "stem", "title", "introduction")


def leading(form: Form) -> Iterator[Remark]:
    """ "Don't you think…", what "everybody knows", and praise."""
    for said in form.said:
        if said.field not in _BEFORE:
            continue
        if pushed := leads(said):
            yield said.remark("leading", "block", pushed, said.lexicon.example("leading"))
        elif praise := said.lexicon.find("praise", said.folded):
            yield said.remark("leading", "block", listed(praise), swapped(said, praise, "leading"))


def leads(said: Said) -> str:
    """The words that push towards an answer; "" for none."""
    return listed(said.lexicon.find("leading", said.folded))
