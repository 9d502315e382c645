"""What to say first: at most three findings, in an order that the same figures always give."""

from collections.abc import Sequence

from analysis.summary import Figure, Finding, FindingKind, Level, QuestionSummary, Share, TooFew, Verdict
from analysis.verdict import verdict

#: A page with more than this is put aside (domain.md 4.1: teachers are overwhelmed by amount).
MOST_FINDINGS = 3
#: Findings that are not the criterion's are held against one half: "most people" or "few people".
HALF = 50
#: A share whose whole interval lies in here is known to be neither high nor low.
MIDDLE = (30, 70)

_POINT_OF_WORD = {"most": 75, "about_half": 50, "few": 25}


def finding_of(
    question: QuestionSummary,
    kind: FindingKind,
    cells: tuple[str, ...],
    *,
    rate: Figure | None,
    target: int = HALF,
    minimum_voices: int = 0,
) -> Finding | None:
    """The question's headline as a finding, None where it may not be shown.

    It is held against one half, or against the pilot's own target where the question is the criterion's: a page that
    says "leaning no" must not say "the answers do not tell" beside it.
    """
    figure = question.headline
    if isinstance(figure, TooFew):
        return None
    word = verdict(figure, target, rate=rate, people=question.people, minimum_voices=minimum_voices)
    return Finding(kind, question.question, cells, figure, word, _level(kind, figure, word))


def choose(findings: Sequence[Finding], *, first: str | None) -> tuple[Finding, ...]:
    """At most three: the question `first`, then the strongest high and low, then what is furthest from the middle.

    Only favourable answers are high or low; an answer that is neither better nor worse counts for how far it is the
    common one. What is equally strong keeps the order of the form.
    """
    leading = [finding for finding in findings if finding.question == first]
    others = [finding for finding in findings if finding.question != first]
    by_distance = sorted(others, key=lambda finding: -_distance(finding))
    ends = [finding for finding in by_distance if finding.kind is FindingKind.FAVOURABLE]
    high = [finding for finding in ends if _point(finding) > HALF][:1]
    low = [finding for finding in ends if _point(finding) < HALF][:1]
    return tuple(dict.fromkeys([*leading, *high, *low, *by_distance]))[:MOST_FINDINGS]


def _level(kind: FindingKind, figure: Figure, word: Verdict) -> Level | None:
    # Nothing is advised on what cannot be told, nor where no answer is better than another.
    if kind is FindingKind.CHOSEN or word is Verdict.CANNOT_TELL or not isinstance(figure, Share):
        return None
    if figure.interval[0] >= MIDDLE[0] and figure.interval[1] <= MIDDLE[1]:
        return Level.MIDDLE
    return Level.HIGH if word in {Verdict.CLEAR_YES, Verdict.LEANING_YES} else Level.LOW


def _point(finding: Finding) -> int:
    match finding.figure:
        case Share(point=point):
            return point
        case TooFew():
            return HALF
        case direction:
            return _POINT_OF_WORD[direction.word]


def _distance(finding: Finding) -> int:
    beyond = _point(finding) - HALF
    return max(beyond, 0) if finding.kind is FindingKind.CHOSEN else abs(beyond)
