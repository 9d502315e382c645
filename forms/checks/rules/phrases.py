"""Rules that a list of words is enough for: absolutes, times long past, passives, jargon."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.lexicon import Find
from forms.checks.remarks import Remark

#: Where words of the trade are looked for: everywhere.
_ANYWHERE = ("text", "stem", "hint", "why", "title", "introduction", "label")


def absolute(form: Form) -> Iterator[Remark]:
    """ "Always", "never", "every", "all": hardly anybody can say yes to them and be right."""
    for said in form.asked():
        pushed = said.lexicon.find("leading", said.folded)
        # "As everybody knows" is remarked on as leading already.
        if found := apart_from(said.lexicon.find("absolute", said.folded), pushed):
            yield said.remark("absolute", "warning", listed(found), swapped(said, found, "absolute"))


def recall(form: Form) -> Iterator[Remark]:
    """Times that children up to eleven cannot look back to; older people may be asked about them."""
    if form.band.oldest > 11:
        return
    for said in form.asked():
        if found := said.lexicon.find("recall", said.folded):
            yield said.remark("recall", "warning", listed(found), swapped(said, found, "recall"))


def passive(form: Form) -> Iterator[Remark]:
    """Who does something should be said first."""
    for said in form.asked():
        if found := said.lexicon.find("passive", said.folded):
            yield said.remark("passive", "warning", listed(found), said.lexicon.example("passive"))


def jargon(form: Form) -> Iterator[Remark]:
    """Words of the trade, each with a plain one."""
    for said in form.said:
        if said.field not in _ANYWHERE:
            continue
        if found := said.lexicon.find("jargon", said.folded):
            plain = said.lexicon.instead("jargon", found[0].said) or ""
            better = said.folded.replaced(found[0].start, found[0].end, plain) if plain else ""
            yield said.remark("jargon", "warning", listed(found), better, plain=plain)


def apart_from(found: tuple[Find, ...], others: tuple[Find, ...]) -> tuple[Find, ...]:
    """What was found in places of its own."""
    return tuple(
        each for each in found if not any(other.start < each.end and each.start < other.end for other in others)
    )


def listed(found: tuple[Find, ...]) -> str:
    """What was found, each once."""
    return ", ".join(dict.fromkeys(each.said for each in found))


def swapped(said: Said, found: tuple[Find, ...], example: str) -> str:
    """The text with the first find said otherwise, if the language's list knows how; else an example."""
    other = said.lexicon.instead("swap", found[0].said)
    if other is None:
        return said.lexicon.example(example)
    return said.folded.replaced(found[0].start, found[0].end, other)
