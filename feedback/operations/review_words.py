"""What a signed review says: the words of a release."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.compare import compare
from analysis.differences import Part
from analysis.disclosure import FEWEST_FOR_WORDS, people_band
from analysis.summary import People, Reader, TooFew
from analysis.tables import OTHER_GROUPS
from analysis.theme_shares import by_group, theme_share
from analysis.words import QuestionWords, Quote, ThemeFigure, Words
from feedback.models import Round, Theme
from feedback.operations.comments import OpenedComment, open_comments, open_groups, open_wordings
from feedback.operations.heard import Heard, hear
from feedback.operations.last_words import last_words
from feedback.operations.school import School


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question's comments as reviewers may read them; `groups` are comment ids, and empty for the public."""

    question: str
    heard: Sequence[Heard]
    groups: Mapping[str, tuple[str, str]]

    def people(self, theme: str | None = None) -> set[str]:
        """The comments that count as people's, of all or of those about a theme."""
        return {one.id for one in self.heard if not one.repeats and (theme is None or theme in one.themes)}


def words_for(school: School, session: Session, round_: Round, reader: Reader) -> Words:
    """What one reader may be told of the words: accepted themes that enough people wrote about, approved quotes.

    The team is told of groups and of the last round, too.
    """
    themes = themes_of(session, round_.id)
    groups = open_groups(school, session, round_.id) if reader is Reader.TEAM else {}
    questions = []
    for question, comments in sorted(_by_question(school, session, round_.id).items()):
        mine = [theme for theme in themes if theme.question == question]
        asked = _Asked(question, hear(comments, mine, school.settings.language), groups)
        accepted = [theme for theme in mine if theme.decision == "accepted" and not theme.merged_into]
        questions.append(_question(school, asked, accepted, reader))
    words = Words(reader, tuple(questions))
    if reader is not Reader.TEAM:
        return words
    last = last_words(session, round_)
    told = (
        replace(one, last_counted_on=last.counted_on) if one.question in last.questions else one
        for one in words.questions
    )
    return compare(replace(words, questions=tuple(told)), last.questions)


def themes_of(session: Session, round_id: str) -> list[Theme]:
    """A round's themes by question and code."""
    return list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.question, Theme.code)))


def _question(school: School, asked: _Asked, accepted: Sequence[Theme], reader: Reader) -> QuestionWords:
    people = asked.people()
    if len(people) < FEWEST_FOR_WORDS:
        return QuestionWords(asked.question, TooFew())
    figures = [_figure(school, theme, asked, reader) for theme in accepted]
    shown = tuple(figure for figure in figures if isinstance(figure.people, People))
    ordered = tuple(sorted(shown, key=lambda figure: (-_low(figure), figure.theme)))
    repeated = len(people) < len(asked.heard)
    variable = next((asked.groups[one][0] for one in people if one in asked.groups), None)
    return QuestionWords(asked.question, people_band(len(people), reader=reader), ordered, repeated, variable)


def _figure(school: School, theme: Theme, asked: _Asked, reader: Reader) -> ThemeFigure:
    wordings = open_wordings(school, theme)
    quotes = tuple(
        Quote(wordings.get(one.id, one.shown), one.language, retold=one.retold or one.id in wordings)
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


def _by_question(school: School, session: Session, round_id: str) -> dict[str, list[OpenedComment]]:
    found: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in open_comments(school, session, round_id):
        found[comment.question].append(comment)
    return found
