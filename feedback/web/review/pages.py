"""What the pages of a review share: the round and its comments, who goes where, what every page is made from."""

from functools import partial

from flask import abort, request

from analysis.disclosure import people_band
from analysis.summary import People, Reader
from analysis.theme_codes import OTHER
from feedback.operations.review.heard import Heard
from feedback.operations.review.hours import sign_by
from feedback.operations.review.sort import MOST_QUOTES, WORDS_OF_A_QUOTE
from feedback.operations.review.under_review import QuestionInReview, Review, ThemeInReview, review_of
from feedback.operations.rounds.course import RoundStatus, round_for
from feedback.privacy.permissions import Action
from feedback.web.place import signed_in, the_school, today
from feedback.web.review.forms_review import by_size, name_of

#: Comments on one page. The least sure come first, so the first pages are those that need a person.
_A_PAGE = 20


def the_round(round_id: str) -> tuple[RoundStatus, Review]:
    """The round and its comments, as its reviewers see them."""
    return the_status(round_id), review_of(the_school(), signed_in(), round_id)


def the_status(round_id: str) -> RoundStatus:
    """The round alone."""
    return round_for(the_school(), signed_in(), round_id, Action.REVIEW_COMMENTS)


def about(status: RoundStatus, review: Review | None = None) -> dict[str, object]:
    """What every page of a review is made from."""
    last_day = sign_by(the_school(), status.round)
    return {
        "sign_by": last_day,
        "over": today() > last_day,
        "round": status.round,
        "instrument": status.instrument,
        "last_step": review.last if review else None,
        "own_language": the_school().settings.language,
        "by_size": by_size,
        "can_be_shown": can_be_shown,
        "name_of": partial(name_of, instrument=status.instrument),
        "MOST_QUOTES": MOST_QUOTES,
        "WORDS_OF_A_QUOTE": WORDS_OF_A_QUOTE,
        "OTHER": OTHER,
    }


def find_theme(review: Review, theme_id: str) -> tuple[QuestionInReview, ThemeInReview]:
    """One theme and its question, or 404."""
    both = ((question, found) for question in review.questions for found in question.themes)
    return next((each for each in both if each[1].theme.id == theme_id), None) or abort(404)


def find_question(review: Review, question_id: str) -> QuestionInReview:
    """One question that people may read the comments to, or 404."""
    found = (each for each in review.questions if each.question == question_id and not each.too_few)
    return next(found, None) or abort(404)


def find_comment(review: Review, comment_id: str) -> tuple[QuestionInReview, Heard]:
    """One comment that may be read and its question, or 404."""
    both = ((question, question.comment(comment_id)) for question in review.questions)
    return next(((question, found) for question, found in both if found is not None), None) or abort(404)


def page_of(comments: tuple[Heard, ...]) -> dict[str, object]:
    """One page of a list of comments."""
    last = max(1, -(-len(comments) // _A_PAGE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    return {"at": at, "last": last, "here": comments[(at - 1) * _A_PAGE : at * _A_PAGE]}


def undecided(review: Review) -> list[ThemeInReview]:
    """The themes nobody has decided about, the largest first; only such as could be shown."""
    return [
        each
        for question in review.questions
        for each in by_size(question)
        if each.theme.decision == "suggested" and can_be_shown(each)
    ]


def can_be_shown(found: ThemeInReview) -> bool:
    """Whether enough people wrote about it for the team to hear of it; the release decides again."""
    return isinstance(people_band(found.people, reader=Reader.TEAM), People)
