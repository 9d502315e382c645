"""Whether a form asks nothing that another one does not: the same words, with questions left out."""

from forms.definition import Instrument, digest
from forms.problems import InstrumentRefused
from forms.tailor import tailor


def is_part_of(asked: Instrument, whole: Instrument) -> bool:
    """Whether `asked` is the `whole` form, or what is left of it without some of its questions."""
    if digest(asked) == digest(whole):
        return True
    there = {item.id for item in asked.items}
    if asked.id != whole.id or not there < {item.id for item in whole.items}:
        return False
    # A notice goes with its questions by itself.
    left_out = [item.id for item in whole.items if item.id not in there]
    try:
        return digest(tailor(whole, without=left_out)) == digest(asked)
    except InstrumentRefused:
        return False
