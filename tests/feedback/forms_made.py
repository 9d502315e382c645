"""Forms of the school's own: drafts, changed, published, and asked."""

from collections.abc import Callable
from typing import Any

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, draft_for, start_draft
from feedback.operations.workshop.publish_form import publish_form, to_publish
from forms.draft import as_data
from forms.texts import Data
from tests.factories import NOW, a_family_instrument


def a_draft(school: School, by: StaffMember, **changes: Any) -> str:
    """The id of a draft named "ours" with a question of every type for families, in English, Arabic and Spanish."""
    data = as_data(a_family_instrument(id="ours"))
    # As the checker wants it: with as many steps on either side.
    the_question(data, "ease")["options"][1]["label"] = {
        "en": "In between",
        "ar": "بين بين",
        "es": "Ni lo uno ni lo otro",
    }
    return start_draft(school, by, data | changes, now=NOW)


def change(school: School, by: StaffMember, draft_id: str, step: Callable[[Data], object]) -> int:
    """Change the draft as it is now; its new revision. `step` changes what it gets."""

    def changed(data: Data) -> Data:
        step(data)
        return data

    seen = draft_for(school, by, draft_id)
    return change_draft(school, by, draft_id, changed, revision=seen.draft.revision, code="changed", now=NOW)


def reword(question: str, words: str) -> Callable[[Data], object]:
    """A step that puts a question in other English words."""
    return lambda data: the_question(data, question)["text"].update(en=words)


def the_question(data: Data, question: str) -> Data:
    """One question of a draft."""
    return next(each for part in data["sections"] for each in part["questions"] if each["id"] == question)


def publish(school: School, by: StaffMember, draft_id: str, note: str = "", **changes: Any) -> int:
    """The draft's next version in all of its complete languages; its number."""
    ready = to_publish(school, by, draft_id)
    facts = {"revision": ready.draft.revision, "change_note": note, "adapted_from": "", **changes}
    return publish_form(school, by, draft_id, facts.pop("languages", ready.languages), now=NOW, **facts)


def with_a_condition(data: Data) -> Data:
    """The form whose last question is asked only of those who chose the first answer to its first question."""
    first, last = data["sections"][0]["questions"][0], data["sections"][-1]["questions"][-1]
    last["show_if"] = {"question": first["id"], "is": [first["options"][0]["id"]]}
    return data
