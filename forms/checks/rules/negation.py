"""No, not and never: children who read less well answer such questions at random (domain.md 0.10)."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.remarks import Remark, Weight
from forms.checks.rules.agreement import wants_agreement
from forms.checks.rules.leading import leads
from forms.checks.rules.phrases import apart_from, listed


def negation(form: Form) -> Iterator[Remark]:
    """Negations, and two of them in one question. A block up to fourteen, advice above."""
    weight: Weight = "block" if form.band.oldest <= 14 else "warning"
    for said in form.asked():
        # "Don't you think" is remarked on as leading already.
        if not leads(said):
            yield from _of(said, weight)


def _of(said: Said, weight: Weight) -> Iterator[Remark]:
    nots, turned = said.lexicon.find("not", said.folded), said.lexicon.find("un", said.folded)
    apart = apart_from(turned, nots)
    better = said.lexicon.example("negation")
    # In "no … nunca" two words say no once.
    if nots and (apart or (len(nots) > 1 and not said.lexicon.concord)):
        yield said.remark("double_negation", weight, listed((*nots, *apart)), better)
    elif nots:
        yield said.remark("negation", weight, listed(nots), better)
    elif turned and wants_agreement(said):
        yield said.remark("negation", weight, listed(turned), better)
