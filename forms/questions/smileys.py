"""One of several faces, each with words: a face alone means another thing to everybody."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from forms.problems import fact
from forms.questions.base import Measure, Option, Question
from forms.questions.one_of import OneOf, WithApart
from forms.questions.scale import top_of

#: The pictograms by how many steps there are, from lowest to highest. Warm ones are all at or above neutral: young
#: children then use all of them (domain.md 3.1), and nobody is asked to press an unhappy face.
FACES = {
    "warm": (
        ("face-neutral", "face-smile", "face-delighted"),
        ("face-neutral", "face-content", "face-smile", "face-delighted"),
        ("face-neutral", "face-content", "face-smile", "face-happy", "face-delighted"),
    ),
    "full": (
        ("face-sad", "face-neutral", "face-smile"),
        ("face-unhappy", "face-sad", "face-smile", "face-delighted"),
        ("face-unhappy", "face-sad", "face-neutral", "face-smile", "face-delighted"),
    ),
}
#: The ages of students who may only be shown warm faces.
_ONLY_WARM = {"6-8", "9-11"}


class SmileysQuestion(WithApart, OneOf):
    """Three to five faces from lowest to highest. The file gives their words; which face is where is not its choice."""

    type: Literal["smileys"]
    faces: Literal["warm", "full"]
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=5)]

    measure: ClassVar[Measure] = Measure.SCALE

    @field_validator("options")
    @classmethod
    def _are_faces_with_words(cls, options: tuple[Option, ...], info: ValidationInfo) -> tuple[Option, ...]:
        faces = FACES[info.data.get("faces", "warm")][len(options) - 3]
        for option, face in zip(options, faces, strict=True):
            if option.picture not in (None, face):
                raise fact("own_face", id=option.id, found=option.picture)
            if not all(any(sign.isalpha() for sign in text) for text in option.label.values()):
                raise fact("face_without_words", id=option.id)
        pictured = zip(options, faces, strict=True)
        return tuple(option.model_copy(update={"picture": face}) for option, face in pictured)

    def cells(self) -> tuple[Option, ...]:
        """The faces, from lowest to highest."""
        return self.options

    def favourable(self) -> frozenset[str]:
        """The top, as of a worded scale."""
        return top_of(self.options)


def refuse_unhappy_faces(questions: Iterable[Question], ages: str | None) -> None:
    """Raise if children of these ages would be shown faces below neutral. For the instrument, which knows the ages."""
    for question in questions:
        if ages in _ONLY_WARM and isinstance(question, SmileysQuestion) and question.faces != "warm":
            raise fact("unhappy_faces", id=question.id, ages=ages)
