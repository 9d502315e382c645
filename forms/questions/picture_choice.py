"""One answer out of several, each with a picture that says it, too."""

from typing import Literal

from pydantic import field_validator

from forms.problems import fact
from forms.questions.base import Option, Options
from forms.questions.choice import OneChoice


class PictureChoiceQuestion(OneChoice):
    """A choice whose every option has a picture, shown large, and never without its words."""

    type: Literal["picture-choice"]

    @field_validator("options")
    @classmethod
    def _all_have_a_picture(cls, options: Options) -> tuple[Option, ...]:
        bare = [option.id for option in options if option.picture is None]
        if bare:
            raise fact("no_picture", bare=", ".join(bare))
        return options
