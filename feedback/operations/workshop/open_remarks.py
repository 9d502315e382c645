"""How much the checker remarks on in each of the drafts that somebody writes: numbers for their list."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.db import reading
from feedback.models import Draft, StaffMember
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.form_checks import decisions_by_form, remarks_in_source, with_verdicts
from feedback.privacy.permissions import Action


@dataclass(frozen=True, slots=True)
class OpenRemarks:
    """How many things have to change or be decided before the form can be asked, and how many could be better."""

    blocks: int
    warnings: int


def open_remarks(school: School, by: StaffMember, drafts: Sequence[Draft]) -> dict[str, OpenRemarks]:
    """Draft's id -> what is open in the language that it is written in, as its page "Check" says it."""
    for draft in drafts:
        allow(by, Action.EDIT_INSTRUMENTS, draft)
    with reading(school.engine) as session:
        decided = decisions_by_form(session, *(draft.name for draft in drafts))
    found = {}
    for draft in drafts:
        told = with_verdicts(remarks_in_source(school, draft), decided.get(draft.name, {}))
        blocks = sum(each.stands_in_the_way for each in told)
        warnings = sum(each.remark.weight == "warning" and not each.verdict for each in told)
        found[draft.id] = OpenRemarks(blocks, warnings)
    return found
