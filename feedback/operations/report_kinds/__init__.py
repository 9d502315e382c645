"""The kinds of report there are: one module each, listed here and nowhere else."""

from feedback.operations.errors import NotFound
from feedback.operations.report_kinds.annex import ANNEX, ROUND_ANNEX
from feedback.operations.report_kinds.brief import BRIEF
from feedback.operations.report_kinds.conversation import CONVERSATION
from feedback.operations.report_kinds.kind import Report, Scope
from feedback.operations.report_kinds.leadership import LEADERSHIP
from feedback.operations.report_kinds.pdsa import PDSA
from feedback.operations.report_kinds.pilot import PILOT
from feedback.operations.report_kinds.public_round import FAMILY, FAMILY_NASTALIQ, PUPIL
from feedback.operations.report_kinds.teacher import TEACHER

#: In the order in which they are offered.
KINDS: dict[str, Report] = {
    report.kind: report
    for report in (
        TEACHER,
        CONVERSATION,
        FAMILY,
        FAMILY_NASTALIQ,
        PUPIL,
        ROUND_ANNEX,
        PILOT,
        LEADERSHIP,
        BRIEF,
        PDSA,
        ANNEX,
    )
}


def find_kind(kind: str, scope: Scope | None = None) -> Report:
    """The kind of this name, if it is about such a thing; NotFound."""
    report = KINDS.get(kind)
    if report is None or scope not in (None, report.scope):
        raise NotFound(kind)
    return report


def kinds_of(scope: Scope) -> tuple[Report, ...]:
    """All kinds about a round, or about a pilot."""
    return tuple(report for report in KINDS.values() if report.scope == scope)
