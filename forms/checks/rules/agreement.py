"""Statements to agree or disagree with: people tend to agree with anything."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.remarks import Remark
from forms.checks.rules.phrases import listed
from forms.checks.spelling import fold


def agreement(form: Form) -> Iterator[Remark]:
    """Answers, or a question, about agreeing."""
    for said in form.asked():
        if said.field == "text" and (found := _found(said)):
            yield said.remark("agreement", "warning", found, said.lexicon.example("agreement"))


def wants_agreement(said: Said) -> bool:
    """Whether the answers to this are about agreeing."""
    return len(_labels(said)) >= 2


def _found(said: Said) -> str:
    if asked := said.lexicon.find("agree", said.folded):
        return listed(asked)
    labels = _labels(said)
    return ", ".join(labels) if len(labels) >= 2 else ""


def _labels(said: Said) -> list[str]:
    labels = said.item.labels(said.language) if said.item else ()
    return [label for label in labels if said.lexicon.find("agree", fold(label))]
