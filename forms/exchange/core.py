"""What every reader of others' forms gives back: a draft with a list of what could not come along, or a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.exchange.sentences import LOSSES, REFUSALS, Weight
from forms.texts import Data

#: The largest file that is read, in bytes. The one place of this figure.
LARGEST_FILE = 2_000_000
#: More questions, answers or rows than this are no form that people could answer.
MOST_PARTS = 5_000
#: How much of what was found is shown in the list of losses.
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing of the file that the form can not have as it was.

    `place` is in the file's own terms: "survey, row 7", "pages[0].elements[2].validators", a LimeSurvey element.
    `found` is what stood there; `values` are further values that the sentence names.
    """

    code: str
    place: str
    found: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """How much it is: gone ("left_out"), here as something else ("changed"), nothing lost ("note")."""
        return LOSSES[self.code][0]

    @property
    def sentence(self) -> str:
        """The sentence in English, with named placeholders; it is filled with `said`."""
        return LOSSES[self.code][1]

    @property
    def said(self) -> dict[str, str]:
        """The values for the sentence, each short enough to be read."""
        return {"found": shown(self.found), **{key: shown(value) for key, value in self.values.items()}}


@dataclass(frozen=True, slots=True)
class Imported:
    """A form as it was read: a draft in the shape of `forms.draft`, which may lack much, and all that it lost."""

    data: Data
    losses: tuple[Loss, ...] = ()


class FileRefused(Exception):
    """The whole file is not read; `code` has its sentences, what is wrong and the cure, in `REFUSALS`.

    `losses` are what was found in it and has no place, where nothing is left beside it.
    """

    def __init__(self, code: str, /, losses: Sequence[Loss] = (), **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.losses = tuple(losses)
        self.values = {key: shown(str(value)) for key, value in values.items()}

    @property
    def sentences(self) -> tuple[str, str]:
        """What is wrong and the cure, in English, with named placeholders for `values`."""
        return REFUSALS[self.code]

    def __str__(self) -> str:
        return " ".join(sentence % self.values for sentence in self.sentences)


def refuse_too_big(content: bytes) -> None:
    """Raise FileRefused for a file that is empty or larger than is read."""
    if not content:
        raise FileRefused("empty")
    if len(content) > LARGEST_FILE:
        raise FileRefused("too_big", most=LARGEST_FILE // 1_000_000)


def shown(text: str) -> str:
    """As much of a text as a list shows, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
