"""The WTForms fields that are asked with several controls: places, points, then and now.

Each control has a name of its own, the field's with a dot and the part after it, such as "q-likes.books". A dot is in
no id, so no other field can have that name. What was typed stays in `typed`, by part, beside the field's error.
"""

from collections.abc import Mapping
from typing import Any

from wtforms.fields.core import Field
from wtforms.validators import ValidationError

from forms.fields import refuse_unknown, whole_number


class InParts(Field):
    """Several controls, one a part, that make one answer or none. `choices` are labels by the ids of options."""

    def __init__(self, label: str = "", *, choices: Mapping[str, str], **facts: Any) -> None:
        super().__init__(label, **facts)
        self.choices = choices
        self.typed: dict[str, str] = {}

    @property
    def parts(self) -> tuple[str, ...]:
        """What the controls are about, in the order of the page."""
        return tuple(self.choices)

    @property
    def first(self) -> str:
        """The id of the control that a link to this field leads to."""
        return f"{self.id}-0"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was sent under the names of the parts, or else the answer that was given before."""
        super().process(None, data, extra_filters)
        self.typed = self.as_typed(self.data)
        if formdata is None:
            return
        self.typed = {part: str((formdata.getlist(f"{self.name}.{part}") or [""])[0]).strip() for part in self.parts}
        self.data = None
        try:
            self.data = self.answer({part: typed for part, typed in self.typed.items() if typed})
        except (ValueError, ValidationError) as wrong:
            self.process_errors = [str(wrong)]

    def as_typed(self, answer: Any) -> dict[str, str]:
        """An answer as its controls show it."""
        raise NotImplementedError

    def answer(self, typed: dict[str, str]) -> Any:
        """The answer that was typed, None for nothing; ValueError or ValidationError with a sentence about it."""
        raise NotImplementedError


class Places(InParts):
    """A place for each option, or for some: the ids, best first."""

    @property
    def rule(self) -> dict[str, int | bool]:
        """No place twice. A page's script has to refuse the same while there is no line, as with the rules below."""
        return {"different": True}

    def as_typed(self, answer: Any) -> dict[str, str]:
        """Places count from 1."""
        return {id_: str(place) for place, id_ in enumerate(answer or (), start=1)}

    def answer(self, typed: dict[str, str]) -> Any:
        """By place; gaps between places close."""
        refuse_unknown(self, typed.values(), {str(place) for place in range(1, len(self.choices) + 1)})
        if len(set(typed.values())) < len(typed):
            raise ValidationError(self.gettext("Two answers have the same place. Please give each place only once."))
        return tuple(sorted(typed, key=lambda id_: int(typed[id_]))) or None


class SharedPoints(InParts):
    """Points for each option, in the digits of any script, which make the total: points by id."""

    def __init__(self, label: str = "", *, total: int, **facts: Any) -> None:
        super().__init__(label, **facts)
        self.total = total

    @property
    def rule(self) -> dict[str, int | bool]:
        """Whole numbers that make the total."""
        return {"total": self.total}

    def as_typed(self, answer: Any) -> dict[str, str]:
        """As digits."""
        return {id_: str(points) for id_, points in (answer or {}).items()}

    def answer(self, typed: dict[str, str]) -> Any:
        """Nothing typed is no points."""
        points = {id_: whole_number(self, digits) or 0 for id_, digits in typed.items()}
        if any(not 0 <= given <= self.total for given in points.values()):
            sentence = self.gettext("Please write a number from %(minimum)s to %(maximum)s.")
            raise ValidationError(sentence % {"minimum": 0, "maximum": self.total})
        if points and sum(points.values()) != self.total:
            sentence = self.ngettext(
                "Please share out %(total)s point in all. Now it is %(given)s.",
                "Please share out %(total)s points in all. Now it is %(given)s.",
                self.total,
            )
            raise ValidationError(sentence % {"total": self.total, "given": sum(points.values())})
        return points or None


class ThenAndNow(InParts):
    """A step for then and a step for now: the two ids."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Before, and now."""
        return ("then", "now")

    @property
    def rule(self) -> dict[str, int | bool]:
        """Both or none."""
        return {"both": True}

    @property
    def first(self) -> str:
        """The first step of then."""
        return f"{self.id}-then-0"

    def as_typed(self, answer: Any) -> dict[str, str]:
        """The step of each."""
        return dict(zip(self.parts, answer or (), strict=False))

    def answer(self, typed: dict[str, str]) -> Any:
        """Both or none: one alone says nothing about a change."""
        refuse_unknown(self, typed.values(), self.choices)
        if len(typed) == 1:
            raise ValidationError(self.gettext("Please answer both parts, or skip both."))
        return tuple(typed[part] for part in self.parts) if typed else None
