"""After the count, in a worker: what language, theme and mood each comment has. Makes suggestions; a person decides."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from analysis.text.encoder import CharacterNgrams
from analysis.text.language import identify
from analysis.text.mood import mood_of
from analysis.text.phrases import label_phrases
from analysis.text.themes import OTHER, Example, ThemeModel, WrongEncoder, digest_of, read_examples
from feedback.db import writing
from feedback.models import Comment, Theme
from feedback.operations.comments import OpenedComment, Reading, open_comments, seal_phrases, seal_reading
from feedback.operations.rounds import find_round
from feedback.operations.school import School
from feedback.operations.translations import make_room_for_translations
from feedback.resources import resource_dir

#: Comments read in one go; between two of them progress is told.
_BATCH = 500
#: Languages looked for besides the round's own: families write in the language they think in.
_ALSO = ("en", "es", "ar", "fr", "de", "pt", "zh-Hans", "vi", "uk", "ru", "so", "ht", "tl", "hi", "ur")


def read_comments(school: School, round_id: str, *, progress: Callable[[int, int], None] = lambda _d, _n: None) -> int:
    """Read every comment of a counted round that was not read yet; how many there are. Repeatable."""
    model = theme_model(school)
    with writing(school.engine) as session:
        languages = list(dict.fromkeys([*find_round(session, round_id).languages, *_ALSO]))
        comments = list(open_comments(school, session, round_id))
    unread = [comment for comment in comments if comment.reading is None]
    for start in range(0, len(unread), _BATCH):
        batch = unread[start : start + _BATCH]
        _keep(school, round_id, batch, _read(model, batch, languages))
        progress(min(start + _BATCH, len(unread)), len(unread))
    _suggest_themes(school, round_id)
    return len(comments)


def theme_model(school: School) -> ThemeModel:
    """The first tier's model, trained on the sample comments at set-up, or now if its file is missing or outdated."""
    examples = read_examples(resource_dir("sample") / "school_comments_15_languages.csv")
    path: Path = school.settings.instance / "models" / "themes.npz"
    kept = _kept_model(path, examples)
    if kept is not None:
        return kept
    model = ThemeModel.train(examples, CharacterNgrams())
    path.parent.mkdir(parents=True, exist_ok=True)
    model.save(path)
    return model


def _kept_model(path: Path, examples: Sequence[Example]) -> ThemeModel | None:
    try:
        model = ThemeModel.load(path, CharacterNgrams())
    except (FileNotFoundError, WrongEncoder, ValueError):
        return None
    return model if model.trained_on == digest_of(examples) else None


def _read(model: ThemeModel, batch: Sequence[OpenedComment], languages: Sequence[str]) -> list[Reading]:
    spoken = [identify(comment.text, languages) for comment in batch]
    suggested = model.suggest([comment.text for comment in batch], spoken)
    return [
        Reading(
            () if suggestion.theme == OTHER else (suggestion.theme,),
            round(suggestion.confidence, 3),
            language,
            mood_of(comment.text, language).mood.value,
            lexicon_mood=mood_of(comment.text, language).mood.value if language == "en" else "",
        )
        for comment, language, suggestion in zip(batch, spoken, suggested, strict=True)
    ]


def _keep(school: School, round_id: str, batch: Sequence[OpenedComment], readings: Sequence[Reading]) -> None:
    with writing(school.engine) as session:
        for comment, reading in zip(batch, readings, strict=True):
            kept = session.get(Comment, comment.id)
            # Purged in between: then there is nothing left to say about it.
            if kept is not None:
                kept.sealed_reading = seal_reading(school, round_id, comment.question, reading)


def _suggest_themes(school: School, round_id: str) -> None:
    with writing(school.engine) as session:
        make_room_for_translations(school, session, round_id)
        behind: defaultdict[str, defaultdict[str, list[OpenedComment]]] = defaultdict(lambda: defaultdict(list))
        for comment in open_comments(school, session, round_id):
            if comment.reading is not None:
                for code in comment.reading.themes or (OTHER,):
                    behind[comment.question][code].append(comment)
        known = {(t.question, t.code) for t in session.scalars(select(Theme).where(Theme.round_id == round_id))}
        for question, themes in sorted(behind.items()):
            for code in sorted(set(themes) - {OTHER}):
                if (question, code) not in known:
                    phrases = _phrases(themes[code], [c for other in set(themes) - {code} for c in themes[other]])
                    sealed = seal_phrases(school, round_id, question, phrases)
                    session.add(Theme(round_id=round_id, question=question, code=code, label="", sealed_phrases=sealed))


def _phrases(comments: Sequence[OpenedComment], beside: Sequence[OpenedComment]) -> list[str]:
    """What the English comments of a theme say more than the others do: a hint for whoever words the theme."""
    return list(label_phrases(_english(comments), beside=_english(beside)))


def _english(comments: Sequence[OpenedComment]) -> list[str]:
    return [comment.text for comment in comments if comment.reading and comment.reading.language == "en"]
