"""What a signed review says: the words of a release."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.compare import compare
from analysis.differences import Part
from analysis.disclosure import FEWEST_FOR_WORDS, FLOOR, people_band
from analysis.raised import is_enough
from analysis.summary import People, Reader, TooFew
from analysis.tables import OTHER_GROUPS
from analysis.theme_shares import by_group, theme_share
from analysis.words import QuestionWords, Quote, ThemeFigure, Words
from feedback.models import Round, Theme
from feedback.operations.counting.comments import OpenedComment, open_groups, open_wordings
from feedback.operations.review.heard import Heard, hear
from feedback.operations.review.translations import open_translations
from feedback.operations.rounds.last_words import last_words
from feedback.operations.rules import rules_in
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question's comments as reviewers may read them, its accepted themes, and (variable, group) by comment id."""

    question: str
    heard: Sequence[Heard]
    accepted: Sequence[Theme]
    groups: Mapping[str, tuple[str, str]]

    @property
    def variable(self) -> str | None:
        """What the groups are groups of; None where none were kept."""
        return next((self.groups[one.id][0] for one in self.heard if one.id in self.groups), None)

    def people(self, theme: str | None = None) -> set[str]:
        """The comments that count as people's, of all or of those about a theme."""
        return {one.id for one in self.heard if not one.repeats and (theme is None or theme in one.themes)}


def words_for_readers(
    school: School, session: Session, round_: Round, comments: Iterable[OpenedComment]
) -> tuple[Words, ...]:
    """What each reader may be told of the words: accepted themes that enough people wrote about, approved quotes.

    The team is told of groups and of the last round, too.
    """
    themes, translations = themes_of(session, round_.id), open_translations(school, session, round_.id)
    groups, last = open_groups(school, session, round_.id), last_words(session, round_)
    by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in comments:
        by_question[comment.question].append(comment)
    asked = []
    for question, to_question in sorted(by_question.items()):
        mine = [theme for theme in themes if theme.question == question]
        accepted = [theme for theme in mine if theme.decision == "accepted" and not theme.merged_into]
        heard = hear(to_question, mine, translations, school.settings.language)
        asked.append(_Asked(question, heard, accepted, groups))
    rules = rules_in(session, school.settings)
    public = Words(Reader.PUBLIC, tuple(_question(school, one, Reader.PUBLIC, rules.k_public) for one in asked))
    team = (
        replace(
            _question(school, one, Reader.TEAM, rules.k_team),
            variable=one.variable,
            last_counted_on=last.day_of(one.question),
        )
        for one in asked
    )
    return compare(Words(Reader.TEAM, tuple(team)), last.questions), public


def themes_of(session: Session, round_id: str) -> list[Theme]:
    """A round's themes by question and code."""
    return list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.question, Theme.code)))


def _question(school: School, asked: _Asked, reader: Reader, fewest: int) -> QuestionWords:
    people = asked.people()
    if len(people) < max(FEWEST_FOR_WORDS, fewest):
        return QuestionWords(asked.question, TooFew())
    figures = [_figure(school, theme, asked, reader) for theme in asked.accepted]
    shown = tuple(_raised(figure, reader, fewest) for figure in figures if is_enough(figure.people, fewest))
    ordered = tuple(sorted(shown, key=lambda figure: (-_low(figure), figure.theme)))
    repeated = len(people) < len(asked.heard)
    return QuestionWords(asked.question, people_band(len(people), reader=reader), ordered, repeated)


def _raised(figure: ThemeFigure, reader: Reader, fewest: int) -> ThemeFigure:
    """Where the school asks for larger crowds than the floor, no theme is told by groups."""
    return replace(figure, groups=()) if fewest > FLOOR[reader] else figure


def _figure(school: School, theme: Theme, asked: _Asked, reader: Reader) -> ThemeFigure:
    wordings = open_wordings(school, theme)
    quotes = tuple(
        Quote(wordings.get(one.place, one.shown), one.language, retold=one.retold or one.place in wordings)
        for one in asked.heard
        if theme.code in one.themes and one.id in theme.quotes and not one.waits
    )
    about, everybody = asked.people(theme.code), asked.people()
    told = ThemeFigure(theme.code, theme.label, people_band(len(about), reader=reader), quotes)
    if reader is not Reader.TEAM:
        return told
    total = Part(len(about), len(everybody))
    return replace(told, share=theme_share(total), groups=by_group(total, _parts(asked.groups, about, everybody)))


def _parts(groups: Mapping[str, tuple[str, str]], about: set[str], everybody: set[str]) -> dict[str, Part]:
    """How many of each group wrote about a theme, by name, the other groups last."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for one in everybody & groups.keys():
        members[groups[one][1]].add(one)
    names = sorted(members, key=lambda name: (name == OTHER_GROUPS, name))
    return {name: Part(len(members[name] & about), len(members[name])) for name in names}


def _low(figure: ThemeFigure) -> int:
    return figure.people.low if isinstance(figure.people, People) else 0
