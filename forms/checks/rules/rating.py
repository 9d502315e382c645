"""Questions that rate a person: the tool asks about tools and lessons (domain.md 3.3, 3.7)."""

from collections.abc import Iterator

from forms.checks.asked import Form, Said
from forms.checks.remarks import Remark

#: How far the judgement may stand from the person, in signs: a few words.
_REACH, _REACH_UNSPACED = 18, 5


def rates_a_person(form: Form) -> Iterator[Remark]:
    """A member of staff and a judgement close together."""
    for said in form.asked():
        if found := _found(said):
            yield said.remark("rates_a_person", "block", found, said.lexicon.example("rating"))


def _found(said: Said) -> str:
    reach = _REACH_UNSPACED if said.lexicon.is_unspaced else _REACH
    judged = said.lexicon.find("rating", said.folded)
    for person in said.lexicon.find("person", said.folded):
        for each in judged:
            gap = max(person.start - each.end, each.start - person.end)
            if 0 <= gap <= reach:
                return f"{person.said}, {each.said}"
    return ""
