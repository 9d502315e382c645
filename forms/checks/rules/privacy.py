"""Questions after a person, and topics that the law protects."""

from collections.abc import Iterator

from forms.checks.asked import ASKED, Form, Said
from forms.checks.remarks import Remark
from forms.checks.rules.phrases import listed

_FIELDS = (*ASKED, "label", "hint", "introduction")


def identity(form: Form) -> Iterator[Remark]:
    """Name, birthday, address, numbers, a teacher's name, siblings: with them nobody is anonymous."""
    for said in _open_to_answers(form):
        if found := said.lexicon.find("identity", said.folded):
            yield said.remark("identity", "block", listed(found), said.lexicon.example("identity"))


def demographic(form: Form) -> Iterator[Remark]:
    """Age, gender, class: only where the question says by its goal what the answer is for."""
    for said in form.asked():
        if said.item and said.item.data.get("goal"):
            continue
        if found := said.lexicon.find("demographic", said.folded):
            yield said.remark("demographic", "block", listed(found), said.lexicon.example("identity"))


def protected(form: Form) -> Iterator[Remark]:
    """Topics of the profile in a question, its hint or its answers: a block until the officer has decided."""
    for said in _open_to_answers(form):
        for topic in form.profile.topics:
            if found := said.lexicon.find(f"topics/{topic}", said.folded):
                better = said.lexicon.example("topic")
                yield said.remark("protected", "block", listed(found), better, topic=topic)


def _open_to_answers(form: Form) -> Iterator[Said]:
    """What asks, or invites to tell; not what asks to leave something out."""
    for said in form.said:
        asks = said.field in ASKED and said.item is not None and not said.item.is_notice
        if asks or (said.field in _FIELDS and not said.lexicon.find("keep_out", said.folded)):
            yield said
