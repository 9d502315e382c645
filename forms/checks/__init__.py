"""The question checker: remarks on how a form asks (domain.md 3.3), and on topics that the law protects (2.3).

`check` reads an instrument, or an unfinished draft of one, and never raises. Rules about words speak the fifteen core
languages (`words/`); a text in another language is checked for what does not depend on words.
"""

from collections.abc import Collection, Mapping
from typing import Any

from forms.checks.asked import Form
from forms.checks.profiles import STRICTEST, Profile, profile_of, profiles
from forms.checks.remarks import Remark, Weight
from forms.checks.rules import RULES

__all__ = ["STRICTEST", "Profile", "Remark", "Weight", "check", "profile_of", "profiles"]


def check(data: Mapping[str, Any], *, profile: Profile = STRICTEST, silent: Collection[str] = ()) -> tuple[Remark, ...]:
    """All remarks, in the order of the form, those on the whole of it first.

    `silent` are languages in which nothing reads the questions aloud: neither a recording nor a voice.
    """
    if not isinstance(data, dict):
        return ()
    form = Form(data, profile, silent)
    places = {"": -1, **_places(form)}
    remarks = [remark for rule in RULES for remark in rule(form)]
    return tuple(sorted(remarks, key=lambda remark: places.get(remark.key, -1)))


def _places(form: Form) -> dict[str, int]:
    """Key -> its place in the form; a question stands where the first of its texts does."""
    places: dict[str, int] = {}
    for place, said in enumerate(form.said):
        places.setdefault(said.key, place)
        if said.item:
            places.setdefault(said.item.key, place)
    return places
