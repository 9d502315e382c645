"""The kinds of report there are: one module each, listed here and nowhere else."""

from feedback.operations.errors import NotFound
from feedback.operations.reports.kinds.annex import ANNEX, ROUND_ANNEX
from feedback.operations.reports.kinds.brief import BRIEF
from feedback.operations.reports.kinds.conversation import CONVERSATION
from feedback.operations.reports.kinds.kind import Report, Scope
from feedback.operations.reports.kinds.leadership import LEADERSHIP
from feedback.operations.reports.kinds.pdsa import PDSA
from feedback.operations.reports.kinds.pilot import PILOT
from feedback.operations.reports.kinds.public_round import FAMILY, FAMILY_NASTALIQ, PUPIL
from feedback.operations.reports.kinds.teacher import TEACHER

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
