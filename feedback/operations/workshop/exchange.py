"""Bring in a form of another tool: looked at first, item by item; nothing is stored before somebody says so.

Between the two presses the form travels through the browser, signed, so that what is kept is what was looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeSerializer

from feedback.models import StaffMember
from feedback.operations.errors import WrongState
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import start_draft
from feedback.privacy.permissions import Action
from forms.exchange.core import Imported, Loss
from forms.exchange.sentences import Weight
from forms.wording import Words, say

if TYPE_CHECKING:
    from forms.exchange.formats import Format

#: What is shown of the losses, in this order.
WEIGHTS: tuple[Weight, ...] = ("left_out", "changed", "note")
_SEAL = "a form that was looked at"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the form with the language that they are in, and the labels of its answers."""

    text: str
    language: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A form in short, whatever it lacks: its languages, its title, and what each section says and asks."""

    data: Mapping[str, Any]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the form is complete in, the source first."""
        return tuple(self.data["languages"])

    @property
    def title(self) -> Said:
        """What the form is called; "" where the file does not say."""
        return self._said(self.data.get("title", {}))

    def sections(self) -> Iterator[tuple[Said, list[Said]]]:
        """Each section's title, with what is said and asked in it."""
        for section in self.data["sections"]:
            yield self._said(section.get("title", {})), [self._item(item) for item in section["questions"]]

    def _item(self, item: Mapping[str, Any]) -> Said:
        said = self._said(item.get("text", {}))
        offered = (*item.get("options", ()), *item.get("apart", ()))
        return Said(said.text, said.language, tuple(self._said(each["label"]).text for each in offered))

    def _said(self, words: Words) -> Said:
        # A draft may lack any of its words.
        return Said(*say(words, self.languages[0])) if words else Said("", self.languages[0])


@dataclass(frozen=True, slots=True)
class Looked:
    """A form as it would come in: its format, what it loses by weight, its outline, and itself, sealed."""

    format: "Format"
    imported: Imported
    sealed: str

    @property
    def outline(self) -> Outline:
        """The form in short."""
        return Outline(self.imported.data)

    def losses(self, weight: Weight) -> list[Loss]:
        """What is lost in this way, in the order of the file."""
        return [loss for loss in self.imported.losses if loss.weight == weight]


def look_into(school: School, by: StaffMember, content: bytes) -> Looked:
    """What is in a file of another tool. Raises FileRefused, and NotPermitted; nothing is stored."""
    allow(by, Action.EDIT_INSTRUMENTS)
    # Only here: reading spreadsheets loads far more than pages need.
    from forms.exchange.formats import read_form  # noqa: PLC0415

    format_, imported = read_form(content)
    return Looked(format_, imported, sealing(school, by).dumps(imported.data))


def bring_in(school: School, by: StaffMember, sealed: str, *, now: datetime) -> str:
    """Keep a form that this account looked at as a draft; its id. Raises WrongState where the seal is not whole."""
    allow(by, Action.EDIT_INSTRUMENTS)
    try:
        data = sealing(school, by).loads(sealed)
    except BadData as broken:
        raise WrongState(sealed[:20]) from broken
    return start_draft(school, by, data, now=now)


def sealing(school: School, by: StaffMember) -> URLSafeSerializer:
    """What one account has looked at, no other can bring in."""
    return URLSafeSerializer(school.settings.secret, salt=f"{_SEAL}: {by.id}")
