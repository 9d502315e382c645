"""What a signed review says: the words of a release."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure import FEWEST_FOR_WORDS, people_band
from analysis.summary import People, QuestionWords, Quote, Reader, ThemeFigure, TooFew, Words
from feedback.models import Round, Theme
from feedback.operations.comments import OpenedComment, open_comments, open_wordings
from feedback.operations.heard import Heard, hear
from feedback.operations.school import School


def words_for(school: School, session: Session, round_: Round, reader: Reader) -> Words:
    """What one reader may be told of the words: accepted themes that enough people wrote about, approved quotes."""
    themes = themes_of(session, round_.id)
    questions = []
    for question, comments in sorted(_by_question(school, session, round_.id).items()):
        mine = [theme for theme in themes if theme.question == question]
        heard = hear(comments, mine, school.settings.language)
        people = sum(not comment.repeats for comment in heard)
        if people < FEWEST_FOR_WORDS:
            questions.append(QuestionWords(question, TooFew()))
            continue
        accepted = [theme for theme in mine if theme.decision == "accepted" and not theme.merged_into]
        figures = [_figure(school, theme, heard, reader) for theme in accepted]
        shown = tuple(figure for figure in figures if isinstance(figure.people, People))
        ordered = tuple(sorted(shown, key=lambda figure: (-_low(figure), figure.theme)))
        repeated = people < len(heard)
        questions.append(QuestionWords(question, people_band(people, reader=reader), ordered, repeated))
    return Words(reader, tuple(questions))


def themes_of(session: Session, round_id: str) -> list[Theme]:
    """A round's themes by question and code."""
    return list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.question, Theme.code)))


def _figure(school: School, theme: Theme, heard: Sequence[Heard], reader: Reader) -> ThemeFigure:
    behind = [comment for comment in heard if theme.code in comment.themes]
    wordings = open_wordings(school, theme)
    quotes = tuple(
        Quote(wordings.get(one.id, one.shown), one.language, retold=one.retold or one.id in wordings)
        for one in behind
        if one.id in theme.quotes and not one.waits
    )
    people = sum(not comment.repeats for comment in behind)
    return ThemeFigure(theme.code, theme.label, people_band(people, reader=reader), quotes)


def _low(figure: ThemeFigure) -> int:
    return figure.people.low if isinstance(figure.people, People) else 0


def _by_question(school: School, session: Session, round_id: str) -> dict[str, list[OpenedComment]]:
    found: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in open_comments(school, session, round_id):
        found[comment.question].append(comment)
    return found
