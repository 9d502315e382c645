"""What a signed review says: the words of a release."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure import FEWEST_FOR_WORDS, people_band
from analysis.summary import People, QuestionWords, Quote, Reader, ThemeFigure, TooFew, Words
from feedback.models import Theme
from feedback.operations.comments import OpenedComment, open_wordings
from feedback.operations.heard import Heard, hear
from feedback.operations.school import School
from feedback.operations.translations import open_translations


def words_for_readers(
    school: School, session: Session, round_id: str, comments: Iterable[OpenedComment]
) -> tuple[Words, ...]:
    """What each reader may be told of the words: accepted themes that enough people wrote about, approved quotes."""
    themes, translations = themes_of(session, round_id), open_translations(school, session, round_id)
    by_question: defaultdict[str, list[OpenedComment]] = defaultdict(list)
    for comment in comments:
        by_question[comment.question].append(comment)
    heard = []
    for question, to_question in sorted(by_question.items()):
        mine = [theme for theme in themes if theme.question == question]
        heard.append((question, mine, hear(to_question, mine, translations, school.settings.language)))
    return tuple(Words(reader, tuple(_question(school, *each, reader) for each in heard)) for reader in Reader)


def themes_of(session: Session, round_id: str) -> list[Theme]:
    """A round's themes by question and code."""
    return list(session.scalars(select(Theme).where(Theme.round_id == round_id).order_by(Theme.question, Theme.code)))


def _question(
    school: School, question: str, themes: Sequence[Theme], heard: Sequence[Heard], reader: Reader
) -> QuestionWords:
    people = sum(not comment.repeats for comment in heard)
    if people < FEWEST_FOR_WORDS:
        return QuestionWords(question, TooFew())
    accepted = [theme for theme in themes if theme.decision == "accepted" and not theme.merged_into]
    figures = [_figure(school, theme, heard, reader) for theme in accepted]
    shown = tuple(figure for figure in figures if isinstance(figure.people, People))
    ordered = tuple(sorted(shown, key=lambda figure: (-_low(figure), figure.theme)))
    return QuestionWords(question, people_band(people, reader=reader), ordered, repeated=people < len(heard))


def _figure(school: School, theme: Theme, heard: Sequence[Heard], reader: Reader) -> ThemeFigure:
    behind = [comment for comment in heard if theme.code in comment.themes]
    wordings = open_wordings(school, theme)
    quotes = tuple(
        Quote(wordings.get(one.place, one.shown), one.language, retold=one.retold or one.place in wordings)
        for one in behind
        if one.id in theme.quotes and not one.waits
    )
    people = sum(not comment.repeats for comment in behind)
    return ThemeFigure(theme.code, theme.label, people_band(people, reader=reader), quotes)


def _low(figure: ThemeFigure) -> int:
    return figure.people.low if isinstance(figure.people, People) else 0
