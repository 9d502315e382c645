"""Review: what a person who reads the comments of a counted round sees of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from analysis.disclosure import FEWEST_FOR_WORDS
from feedback.db import reading
from feedback.models import Comment, Release, Round, StaffMember, Theme
from feedback.operations.counting.comments import OpenedComment, open_comments, open_phrases, open_wordings
from feedback.operations.review.heard import Heard, hear
from feedback.operations.review.hours import refuse_ended, sign_by
from feedback.operations.review.steps import LastStep, last_step
from feedback.operations.review.translations import Translation, open_translations
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action, may, reach

#: Comments to one question that a person has sorted: fewer teach nothing but chance.
FEWEST_CORRECTIONS = 5


@dataclass(frozen=True, slots=True)
class ThemeInReview:
    """One theme of one question with the comments behind it that may be read, the least sure reading first.

    `people` counts those that wait for a translation too, and a repeated text once; `moods` likewise. `languages` are
    those that may be told, with their people; `other_languages` says that there are more.
    """

    theme: Theme
    comments: tuple[Heard, ...]
    people: int
    moods: Counter[str]
    waits: bool
    languages: tuple[tuple[str, int], ...]
    other_languages: bool
    phrases: tuple[str, ...] = ()
    wordings: dict[str, str] = field(default_factory=dict)

    @property
    def quoted(self) -> tuple[Heard, ...]:
        """The comments chosen as quotes."""
        return tuple(comment for comment in self.comments if comment.id in self.theme.quotes)

    @property
    def one_sided(self) -> bool:
        """Whether all quotes are for it, or all against, though at least a quarter of the people say the opposite."""
        moods = {comment.mood for comment in self.quoted}
        opposite = {"positive": "negative", "negative": "positive"}.get(next(iter(moods), ""), "")
        return bool(opposite) and len(moods) == 1 and 4 * self.moods[opposite] >= self.people > 0

    def worded(self, comment: Heard) -> str:
        """A quote as it will be shown."""
        return self.wordings.get(comment.place, comment.shown)


@dataclass(frozen=True, slots=True)
class QuestionInReview:
    """What people wrote to one question: `too_few` where nobody may look, for so few could be known by their words.

    `other` are the comments without a theme. `repeats` is how many texts only say at length what another one says.
    """

    question: str
    too_few: bool
    themes: tuple[ThemeInReview, ...] = ()
    other: tuple[Heard, ...] = ()
    other_waits: bool = False
    repeats: int = 0

    @property
    def sorted_by_hand(self) -> int:
        """How many of its comments a person has sorted."""
        return len({comment.id for comment in self._comments() if comment.by_hand})

    def comment(self, comment_id: str) -> Heard | None:
        """One of its comments, if it may be read."""
        return next((comment for comment in self._comments() if comment.id == comment_id), None)

    def _comments(self) -> tuple[Heard, ...]:
        return (*self.other, *(comment for theme in self.themes for comment in theme.comments))


@dataclass(frozen=True, slots=True)
class Review:
    """A round's comments as its reviewers see them, and the last step, which can be undone."""

    questions: tuple[QuestionInReview, ...]
    last: LastStep | None


def review_of(school: School, by: StaffMember, round_id: str) -> Review:
    """The round's comments for its reviewers; NotPermitted for others, AlreadyReleased once the words are out."""
    with reading(school.engine) as session:
        round_ = find_round(session, round_id)
        allow(by, Action.REVIEW_COMMENTS, round_)
        refuse_ended(session, round_)
        themes = list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.code)))
        by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
        for comment in open_comments(school, session, round_id):
            by_question[comment.question].append(comment)
        last = last_step(school, session, round_id)
        translations = open_translations(school, session, round_id)
        session.expunge_all()
    return Review(
        tuple(
            _question(school, question, comments, [each for each in themes if each.question == question], translations)
            for question, comments in sorted(by_question.items())
        ),
        last,
    )


def rounds_to_review(school: School, by: StaffMember, *, today: date) -> frozenset[str]:
    """Ids of the counted rounds whose comments wait for this account's review; reads no comment."""
    if reach(Action.REVIEW_COMMENTS, by.roles) is None:
        return frozenset()
    mine = [r.id for r in under_review(school, today=today) if may(Action.REVIEW_COMMENTS, by.roles, owns=_owns(r, by))]
    return frozenset(mine)


def under_review(school: School, *, today: date) -> list[Round]:
    """The counted rounds whose comments are there, not signed, and in time; detached."""
    with reading(school.engine) as session:
        signed = select(Release.round_id).where(Release.part == "words")
        written = (
            select(Comment.round_id)
            .where(Comment.round_id.not_in(signed))
            .group_by(Comment.round_id, Comment.question)
            .having(func.count() >= FEWEST_FOR_WORDS)
        )
        found = list(session.scalars(select(Round).where(Round.state == "scrubbed", Round.id.in_(written))))
        session.expunge_all()
    in_time = [round_ for round_ in found if today <= sign_by(school, round_)]
    return [round_ for round_ in in_time if school.keystore.has_data_key(round_.id)]


def _owns(round_: Round, by: StaffMember) -> bool:
    return round_.owner_id == by.id


def _question(
    school: School,
    question: str,
    comments: Sequence[OpenedComment],
    themes: Sequence[Theme],
    translations: Mapping[str, Translation],
) -> QuestionInReview:
    heard = hear(comments, themes, translations, school.settings.language)
    repeats = sum(comment.repeats for comment in heard)
    if len(heard) - repeats < FEWEST_FOR_WORDS:
        return QuestionInReview(question, too_few=True)
    # The least sure first, for these need a person most; the order among the equally sure is that of random ids.
    heard.sort(key=lambda comment: (comment.by_hand, comment.confidence))
    here = [theme for theme in themes if not theme.merged_into]
    known = {theme.code for theme in here}
    rest = [comment for comment in heard if known.isdisjoint(comment.themes)]
    return QuestionInReview(
        question,
        too_few=False,
        themes=tuple(_theme(school, theme, [one for one in heard if theme.code in one.themes]) for theme in here),
        other=tuple(comment for comment in rest if not comment.waits),
        other_waits=any(comment.waits for comment in rest),
        repeats=repeats,
    )


def _theme(school: School, theme: Theme, behind: Sequence[Heard]) -> ThemeInReview:
    people = [comment for comment in behind if not comment.repeats]
    told = Counter(comment.language for comment in people if not (comment.waits or comment.retold))
    return ThemeInReview(
        theme,
        comments=tuple(comment for comment in behind if not comment.waits),
        people=len(people),
        moods=Counter(comment.mood for comment in people),
        waits=any(comment.waits for comment in behind),
        languages=tuple(told.most_common()),
        other_languages=any(comment.waits or comment.retold for comment in behind),
        phrases=open_phrases(school, theme),
        wordings=open_wordings(school, theme),
    )
