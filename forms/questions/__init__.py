"""The question types: one file each, and the one list of them."""

from typing import Annotated, get_args

from pydantic import Field

from forms.questions.base import Question
from forms.questions.choice import ChoiceQuestion
from forms.questions.choices import ChoicesQuestion
from forms.questions.month import MonthQuestion
from forms.questions.number import NumberQuestion
from forms.questions.picture_choice import PictureChoiceQuestion
from forms.questions.points import PointsQuestion
from forms.questions.ranking import RankingQuestion
from forms.questions.scale import ScaleQuestion
from forms.questions.short_text import ShortTextQuestion
from forms.questions.smileys import SmileysQuestion
from forms.questions.text import TextQuestion
from forms.questions.then_now import ThenNowQuestion
from forms.questions.week import WeekQuestion
from forms.questions.yes_maybe_no import YesMaybeNoQuestion

#: The one list. A new type is its file and its line here.
AnyQuestion = Annotated[
    ChoiceQuestion
    | ChoicesQuestion
    | PictureChoiceQuestion
    | ScaleQuestion
    | SmileysQuestion
    | YesMaybeNoQuestion
    | ThenNowQuestion
    | RankingQuestion
    | PointsQuestion
    | NumberQuestion
    | MonthQuestion
    | WeekQuestion
    | ShortTextQuestion
    | TextQuestion,
    Field(discriminator="type"),
]

#: The types of the list under the names that files call them by.
QUESTION_TYPES: dict[str, type[Question]] = {
    get_args(type_.model_fields["type"].annotation)[0]: type_ for type_ in get_args(get_args(AnyQuestion)[0])
}
