"""The disclosure-control proof: every release, what it hides, and whether it comes out equal when it is made again."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure import EVERY_CELL, FEWEST_FOR_WORDS, FLOOR, WHOLE_PERCENTS
from analysis.summary import Figure, QuestionSummary, Reader, Share, Summary, TooFew, freeze_summary, thaw_summary
from feedback.config import Settings
from feedback.i18n import gettext
from feedback.models import Release, RollUp, Round
from feedback.operations.audit.registers.kind import N_, Register, Section, Statement
from feedback.operations.results.release import figures_for
from feedback.operations.rules import rules_in
from feedback.operations.school import School
from feedback.spoken import day

NAME = "disclosure"

#: What came out when it was made again.
OUTCOMES = {
    "equal": N_("Made again: equal"),
    "differs": N_("Made again: differs. Ask who runs the computer"),
    "purged": N_("Not checkable any more: its counts were deleted on their day"),
    "frozen": N_("Its hash holds; people’s words and sums of classes are not made again"),
    "changed": N_("Changed after it was released: its hash does not hold"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One release. `hidden` figures are not shown, `coded` ones only as a word, a range or an end; None for words."""

    title: str
    part: str
    reader: str
    k: int
    hidden: int | None
    coded: int | None
    outcome: str
    sha256: str
    released: str


def make(session: Session, school: School, _language: str) -> Register:
    """The proof."""
    checked = [*releases_checked(session, school.settings), *_roll_ups(session)]
    equal = sum(each.outcome == "equal" for each in checked)
    bad = sum(each.outcome in ("differs", "changed") for each in checked)
    counted = gettext(
        "Releases and sums: %(all)s. Made again and equal: %(equal)s. Changed or different: %(bad)s.",
        all=len(checked),
        equal=equal,
        bad=bad,
    )
    return Register(
        NAME,
        gettext("Disclosure control: what was released, and what was hidden"),
        (
            Section("thresholds", gettext("Smallest numbers"), (), (gettext("Rule"), gettext("People")), _thresholds()),
            Section("releases", gettext("Releases and sums"), (counted, _ledger()), _head(), tuple(map(_row, checked))),
        ),
        (Statement(counted, "releases"),),
    )


def releases_checked(session: Session, settings: Settings) -> Iterator[Checked]:
    """Every release of a round, in the order of their rounds; figures are made again where their counts are there."""
    rows = select(Release, Round).join(Round, Round.id == Release.round_id)
    for release, round_ in session.execute(rows.order_by(Round.opens_at, Round.id, Release.part, Release.reader)):
        summary = thaw_summary(release.body) if release.part == "figures" else None
        hidden, coded = counts_of(summary) if summary else (None, None)
        outcome = _outcome(session, settings, release, round_)
        yield Checked(
            round_.title,
            release.part,
            release.reader,
            round_.k,
            hidden,
            coded,
            outcome,
            release.sha256,
            day(release.released_on),
        )


def counts_of(summary: Summary) -> tuple[int, int]:
    """How many figures are not shown at all, and how many are coded."""
    figures = [figure for question in summary.questions for figure in _figures(question)]
    shown = [each for each in figures if not isinstance(each, TooFew)]
    coded = (not isinstance(each, Share) or each.shape != "exactly" for each in shown)
    return len(figures) - len(shown), sum(coded)


def _outcome(session: Session, settings: Settings, release: Release, round_: Round) -> str:
    if sha256(release.body.encode()).hexdigest() != release.sha256:
        return "changed"
    if release.part != "figures":
        return "frozen"
    if round_.tallies_purged_on is not None:
        return "purged"
    reader = Reader(release.reader)
    fewest = rules_in(session, settings, on=release.released_on).fewest(reader)
    again = freeze_summary(figures_for(session, round_, reader, fewest=fewest))
    return "equal" if again == release.body else "differs"


def _roll_ups(session: Session) -> Iterator[Checked]:
    for row in session.scalars(select(RollUp).order_by(RollUp.released_on, RollUp.name, RollUp.reader)):
        hidden, coded = counts_of(thaw_summary(row.body))
        k = max((session.get_one(Round, each).k for each in row.round_ids), default=0)
        holds = sha256(row.body.encode()).hexdigest() == row.sha256
        outcome = "frozen" if holds else "changed"
        yield Checked(row.name, "sum", row.reader, k, hidden, coded, outcome, row.sha256, day(row.released_on))


def _figures(question: QuestionSummary) -> Iterator[Figure]:
    yield question.headline
    yield from (bar.figure for bar in question.bars)
    for breakdown in question.breakdowns:
        yield from (one.figure for one in breakdown.groups)
        if not breakdown.groups:
            yield TooFew()


def _thresholds() -> tuple[tuple[str, str], ...]:
    return (
        (gettext("Shown to the team at all, from"), str(FLOOR[Reader.TEAM])),
        (gettext("Shown to everybody, from"), str(FLOOR[Reader.PUBLIC])),
        (gettext("Words of what people wrote, from"), str(FEWEST_FOR_WORDS)),
        (gettext("Whole percents, from"), str(WHOLE_PERCENTS)),
        (gettext("A bar for every answer, from"), str(EVERY_CELL)),
    )


def _ledger() -> str:
    return gettext(
        "A sum of classes was weighed with everything released of its rounds before; what would have told more is "
        "among its hidden figures, and a sum that could not be told at all was refused and is not here."
    )


def _head() -> tuple[str, ...]:
    return (
        gettext("What"),
        gettext("Part"),
        gettext("For whom"),
        gettext("Counted from (people)"),
        gettext("Hidden figures"),
        gettext("Coarsened figures"),
        gettext("Result of the check"),
        gettext("SHA-256"),
        gettext("Released on"),
    )


def _row(each: Checked) -> tuple[str, ...]:
    parts = {"figures": gettext("figures"), "words": gettext("words"), "sum": gettext("sum of classes")}
    readers = {"team": gettext("the team"), "public": gettext("everybody")}
    return (
        each.title,
        parts[each.part],
        readers[each.reader],
        str(each.k),
        "–" if each.hidden is None else str(each.hidden),
        "–" if each.coded is None else str(each.coded),
        gettext(OUTCOMES[each.outcome]),
        each.sha256,
        each.released,
    )
