"""What reviewers may read of each comment: a language that only a few people wrote in is a name tag.

A comment in such a language counts like every other. Reviewers read it in its translation only, and are not told from
which language; before there is one they are told that something waits. The school's own language is no name tag: it is
the language of the translations, too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import FEWEST_FOR_WORDS
from analysis.passages import first_of
from feedback.models import Theme
from feedback.operations.counting.comments import OpenedComment, Reading
from feedback.operations.review.translations import Translation

#: Fewer people than this wrote to a question in a language, and the language is told to nobody.
FEWEST_OF_A_LANGUAGE = FEWEST_FOR_WORDS
_UNREAD = Reading((), 0.0, "und", "unclear")
_NOT_TRANSLATED = Translation("", "")


@dataclass(frozen=True, slots=True)
class Heard:
    """One comment as reviewers know it: without its own words, and their language, where those are a name tag.

    `shown` is what may be read, in `language`; both are "" while it `waits` for a translation. `retold` says that it is
    a translation; `translation` is what stands below a comment in a language that many wrote in. `repeats` says that
    it only says at length what another one says, and does not count. `themes` are codes, merged ones followed.
    """

    id: str
    shown: str
    language: str
    waits: bool
    retold: bool
    repeats: bool
    translation: str
    translated_by: str
    themes: tuple[str, ...]
    confidence: float
    mood: str
    mood_confidence: float
    lexicon_mood: str
    by_hand: bool

    @property
    def place(self) -> str:
        """Under what a quote's wording is kept: in another language it would be another quote."""
        return f"{self.id} {self.language}"


def hear(
    comments: Sequence[OpenedComment],
    themes: Iterable[Theme],
    translations: Mapping[str, Translation],
    own_language: str,
) -> list[Heard]:
    """The comments to one question, in their order, each as reviewers may read it."""
    told = common_languages(comments) | {own_language}
    first = first_of([comment.text for comment in comments])
    goes_to = {theme.code: theme.merged_into for theme in themes}
    return [
        _heard(
            comment,
            translations.get(comment.id, _NOT_TRANSLATED),
            own_language,
            is_told=_reading(comment).language in told,
            repeats=first[place] != place,
            themes=followed(_reading(comment).themes, goes_to),
        )
        for place, comment in enumerate(comments)
    ]


def common_languages(comments: Iterable[OpenedComment]) -> set[str]:
    """The languages that enough people wrote in to be told; "und" among them where many are not known."""
    spoken = Counter(_reading(comment).language for comment in comments)
    return {language for language, people in spoken.items() if people >= FEWEST_OF_A_LANGUAGE}


def followed(codes: Iterable[str], goes_to: dict[str, str]) -> tuple[str, ...]:
    """The codes, with themes that were merged replaced by those they went into; each once."""
    found = []
    for code in codes:
        end = code
        # At most as many steps as there are themes, so that no circle holds anybody up.
        for _ in goes_to:
            end = goes_to.get(end) or end
        found.append(end)
    return tuple(dict.fromkeys(found))


def _reading(comment: OpenedComment) -> Reading:
    return comment.reading or _UNREAD


def _heard(
    comment: OpenedComment,
    translation: Translation,
    own_language: str,
    *,
    is_told: bool,
    repeats: bool,
    themes: tuple[str, ...],
) -> Heard:
    read = _reading(comment)
    retold = not is_told and bool(translation.words)
    waits = not is_told and not retold
    if is_told:
        shown, language = comment.text, read.language
    else:
        shown, language = (translation.words, own_language) if retold else ("", "")
    return Heard(
        id=comment.id,
        shown=shown,
        language=language,
        waits=waits,
        retold=retold,
        repeats=repeats,
        translation=translation.words if is_told else "",
        translated_by=translation.by,
        themes=themes,
        confidence=read.confidence,
        mood=read.mood,
        mood_confidence=read.mood_confidence,
        # The word list is English, and would say so.
        lexicon_mood=read.lexicon_mood if is_told else "",
        by_hand=read.by_hand,
    )
