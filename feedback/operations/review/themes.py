"""What a reviewer does with themes: accept, reject and name them, merge two, make one of some comments."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from analysis.theme_codes import MADE
from feedback.models import StaffMember
from feedback.operations.errors import NotReady
from feedback.operations.review.sort import by_hand
from feedback.operations.review.steps import reviewing
from feedback.operations.school import School

#: Letters that a theme's name may have.
LONGEST_LABEL = 120
_DECISIONS = ("accepted", "rejected", "suggested")


def decide_theme(
    school: School,
    by: StaffMember,
    round_id: str,
    theme_id: str,
    *,
    decision: str,
    label: str,
    suggested_label: str = "",
    now: datetime,
) -> None:
    """Accept or reject a theme and word it. NotReady: "decision", "label".

    `suggested_label` is the name it was offered with, so that it is known whether people had to rename it.
    """
    wrong = [] if decision in _DECISIONS else ["decision"]
    if not (_is_label(label) or (decision != "accepted" and not label.strip())):
        wrong.append("label")
    if wrong:
        raise NotReady(*wrong)
    with reviewing(school, by, round_id, f"theme_{decision}", now=now) as step:
        theme = step.theme(theme_id)
        theme.decision, theme.label = decision, label.strip()
        theme.renamed = bool(suggested_label) and theme.label != suggested_label.strip()


def merge_themes(school: School, by: StaffMember, round_id: str, theme_id: str, into: str, *, now: datetime) -> None:
    """Let one theme go into another one of its question: their comments stand together. NotReady: "into"."""
    with reviewing(school, by, round_id, "theme_merged", now=now) as step:
        theme = step.theme(theme_id)
        target = step.themes(theme.question).get(into)
        if target is None or target.id == theme.id or target.merged_into or theme.merged_into:
            raise NotReady("into")
        theme.merged_into = target.code
        # Its quotes were chosen under another name, so somebody chooses anew.
        theme.quotes = []
        theme.sealed_wordings = None


def make_theme(
    school: School,
    by: StaffMember,
    round_id: str,
    question: str,
    *,
    comments: Collection[str],
    label: str,
    out_of: str = "",
    now: datetime,
) -> str:
    """A new theme of some comments, which leave the theme `out_of`; its id. NotReady: "label", "comments"."""
    wrong = [] if _is_label(label) else ["label"]
    if not comments:
        wrong.append("comments")
    if wrong:
        raise NotReady(*wrong)
    with reviewing(school, by, round_id, "theme_made", now=now) as step:
        themes = step.themes(question)
        numbers = [int(code.removeprefix(MADE)) for code in themes if code.startswith(MADE)]
        made = step.make_theme(question, f"{MADE}{max(numbers, default=0) + 1}", label.strip())
        leaves = {out_of} | {code for code, theme in themes.items() if out_of and theme.merged_into == out_of}
        for comment_id in sorted(set(comments)):
            comment = step.comment(comment_id)
            if comment.question != question or comment.reading is None:
                raise NotReady("comments")
            stay = tuple(code for code in comment.reading.themes if code not in leaves)
            step.read_anew(comment, replace(by_hand(comment.reading), themes=(*stay, made.code)))
        return made.id


def _is_label(label: str) -> bool:
    return 0 < len(label.strip()) <= LONGEST_LABEL
