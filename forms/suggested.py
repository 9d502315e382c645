"""What a pilot could agree on before it starts: a question of the form, the answers that count, a target."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictInt

from forms.problems import Fault
from forms.questions.base import Id, OptionId, Part

if TYPE_CHECKING:
    from forms.definition import Instrument


class Suggested(Part):
    """A criterion as a pilot has it: `answers` are outcomes of the question, `target` is how many percent say so.

    With fewer than `minimum_voices` answers the criterion cannot tell.
    """

    question: Id
    answers: Annotated[tuple[OptionId, ...], Field(min_length=1, max_length=15)]
    target: Annotated[StrictInt, Field(ge=1, le=99)]
    minimum_voices: Annotated[StrictInt, Field(ge=5, le=10_000)]


def faults_of_suggested(instrument: "Instrument") -> Iterator[Fault]:
    """Criteria about what the form does not ask, or about answers that it does not have."""
    outcomes = {question.id: question.outcomes() for question in instrument.questions}
    for number, each in enumerate(instrument.suggested or ()):
        place = ("suggested", number)
        if not outcomes.get(each.question):
            known = ", ".join(id_ for id_, found in outcomes.items() if found)
            yield Fault("suggested_question", (*place, "question"), {"found": each.question, "known": known})
            continue
        extra = [id_ for id_ in each.answers if id_ not in outcomes[each.question]]
        if extra:
            known = ", ".join(outcomes[each.question])
            yield Fault("suggested_answers", (*place, "answers"), {"extra": ", ".join(extra), "known": known})


def still_suggested(data: Mapping[str, Any]) -> dict[str, Any]:
    """A draft without the criteria whose question, or one of whose answers, its writer has taken out."""
    if not isinstance(data.get("suggested"), list):
        return dict(data)
    asked = {item.get("id"): item for section in data.get("sections", ()) for item in section.get("questions", ())}
    kept = [each for each in data["suggested"] if _is_asked(each, asked.get(each.get("question")))]
    rest = {key: value for key, value in data.items() if key != "suggested"}
    return {**rest, "suggested": kept} if kept else rest


def _is_asked(suggested: Mapping[str, Any], item: Mapping[str, Any] | None) -> bool:
    # What a change or a number can tell is no option of its question.
    if item is None or item.get("type") == "then-now" or not item.get("options"):
        return item is not None
    return set(suggested.get("answers", ())) <= {option.get("id") for option in item.get("options", ())}
