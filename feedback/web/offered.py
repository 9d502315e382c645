"""The forms that pages offer: the school's own and then the library's, read once for each page."""

from flask import g

from feedback.operations.workshop.published import Askable, askable
from feedback.web.place import the_school
from forms.definition import Instrument
from forms.library import by_readers


def offered_forms() -> list[Askable]:
    """Every form that can be asked, the school's own first."""
    if "offered_forms" not in g:
        g.offered_forms = askable(the_school())
    found: list[Askable] = g.offered_forms
    return found


def offered_to_students() -> list[Askable]:
    """Those that a class can be asked."""
    return [each for each in offered_forms() if each.instrument.audience == "students"]


def on_shelves(offered: list[Askable]) -> list[list[Askable]]:
    """The school's own together, and then the library's by whom they are for."""
    own = [each for each in offered if each.is_own]
    library = {each.instrument.id: each for each in offered if not each.is_own}
    shelves = by_readers(each.instrument for each in library.values())
    return [*([own] if own else []), *([library[each.id] for each in shelf] for shelf in shelves)]


def form_names() -> list[str]:
    """The ids of all of them."""
    return [each.instrument.id for each in offered_forms()]


def form_named(name: str) -> Instrument:
    """One of them; KeyError."""
    found = next((each.instrument for each in offered_forms() if each.instrument.id == name), None)
    if found is None:
        raise KeyError(name)
    return found
