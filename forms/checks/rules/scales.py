"""Answers that rise from low to high: as many good ones as bad ones, each in words."""

from collections import Counter
from collections.abc import Iterator

from forms.checks.asked import SCALES, Form, Item
from forms.checks.lexicon import Lexicon, lexicon_of
from forms.checks.remarks import Remark, Weight, digest_of
from forms.checks.spelling import fold

#: A choice may be a scale in all but name.
_MAYBE_SCALES = (*SCALES, "choice", "picture-choice")
_SIDES = ("negative", "middle", "positive")


def scales(form: Form) -> Iterator[Remark]:
    """Unbalanced answers, answers without words, too many steps, and a middle that may mean anything."""
    for item in form.questions:
        if item.type not in _MAYBE_SCALES:
            continue
        for language in sorted({said.language for said in form.said_by(item)}):
            if (lexicon := lexicon_of(language)) and (labels := item.labels(language)):
                yield from _of_labels(form, item, lexicon, language, labels)
        if item.type in SCALES and len(item.options) > form.band.steps:
            yield form.remark("too_many_steps", "warning", item.key, count=len(item.options), most=form.band.steps)


def _of_labels(form: Form, item: Item, lexicon: Lexicon, language: str, labels: tuple[str, ...]) -> Iterator[Remark]:
    def remark(rule: str, weight: Weight, found: str, **values: object) -> Remark:
        about = digest_of(rule, item.key, language, *labels)
        return Remark(rule, weight, item.key, language, found, lexicon.example("scale"), values, about)

    bare = [label for label in labels if not any(sign.isalpha() for sign in label)]
    if bare and item.type in SCALES and form.band.oldest <= 14:
        yield remark("numbers_only", "block", ", ".join(bare))
    sides = Counter(_side(lexicon, label) for label in labels)
    if not sides[""] and len(labels) > 2 and not _may_be_warm(form, item):
        good, bad = sides["positive"], sides["negative"]
        if good != bad:
            rule = "unbalanced" if good and bad else "only_one_side"
            yield remark(rule, "block", ", ".join(labels), good=good, bad=bad)
    if form.band.oldest <= 11 and item.type in SCALES and len(labels) % 2:
        middle = labels[len(labels) // 2]
        if lexicon.is_one_of("middle", fold(middle)):
            yield remark("midpoint", "block", middle)


def _side(lexicon: Lexicon, label: str) -> str:
    """Which side of a scale a label is on; "" where it is none that the language's lists know."""
    return next((side for side in _SIDES if lexicon.is_one_of(side, fold(label))), "")


def _may_be_warm(form: Form, item: Item) -> bool:
    """Young children are shown no unhappy faces (domain.md 3.1), so theirs are not balanced."""
    return item.type == "smileys" and form.band.oldest <= 11
