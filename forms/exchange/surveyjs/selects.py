"""Elements of SurveyJS that are answered by choosing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.assembly import Answer, Assembly, bands
from forms.exchange.core import FileRefused
from forms.exchange.surveyjs.nodes import Node
from forms.exchange.surveyjs.rest import lose_of_answers
from forms.exchange.usual import NONE, NOT_KNOWN, OTHER, RATHER_NOT, YES_NO, usual
from forms.piping import beside
from forms.texts import Data

#: Answers that SurveyJS adds itself: switches, old and new, their words, the name of the answer, and usual words.
_BESIDE = (
    (("showNoneItem", "hasNone"), "noneText", "none", NONE),
    (("showRefuseItem",), "refuseText", "refused", RATHER_NOT),
    (("showDontKnowItem",), "dontKnowText", "dontknow", NOT_KNOWN),
)
_MOST_STEPS = 7


@dataclass(frozen=True, slots=True)
class Found:
    """An item without its texts; the ids of its answers by name; and the name of that with own words, "" for none."""

    item: Data
    answers: Mapping[str, str] = field(default_factory=dict)
    other: str = ""


def of_select(element: Node, to: Assembly, noted: Data) -> Found | None:
    """Answers to choose one or several from, or to put in an order."""
    several = element.text("type").lower() in ("checkbox", "tagbox") or element.get("multiSelect") is True
    kind = "ranking" if element.text("type") == "ranking" else "choices" if several else "choice"
    type_ = str(noted.get("type", kind))
    answers = element.answers("choices")
    elsewhere = [key for key in ("choicesByUrl", "choicesFromQuestion") if element.get(key)]
    if elsewhere:
        to.lose("answers_elsewhere", element.at(elsewhere[0]), element.text("name"))
        if not answers:
            return None
    _refuse_twice(answers, element)
    lose_of_answers(element, to, "choices")
    found = _offered(element, type_, answers, to, noted)
    if found and kind == "choices" and (most := element.whole("maxSelectedChoices")):
        found.item["at_most"] = most
    return found


def _offered(element: Node, type_: str, answers: list[Answer], to: Assembly, noted: Data) -> Found | None:
    """The answers of the file, and those that the library adds."""
    other = element.get("showOtherItem", "hasOther") is True
    if other:
        label = element.words("otherText") or usual(OTHER, to.languages)
        answers.append(Answer("other", label, element.at("otherText")))
    names_apart = [str(option.get("id")) for option in _listed(noted.pop("apart", ())) if isinstance(option, dict)]
    apart = [each for each in answers if each.name in names_apart]
    options, ids = to.options(
        type_, [each for each in answers if each not in apart], element.path, element.text("name")
    )
    if not options:
        return None
    pictures = noted.pop("pictures", {})
    item: Data = {"type": type_, "options": options}
    beside_ = [*apart, *(_added(element, to) if type_ != "ranking" else ())]
    if beside_:
        item["apart"] = [{"id": each.name, "label": to.words(each.words, each.place)} for each in beside_]
        ids |= {each.name: each.name for each in beside_}
    for option in (*options, *item.get("apart", ())):
        if isinstance(pictures, dict) and option["id"] in pictures:
            option["picture"] = pictures[option["id"]]
    return Found(item, ids, "other" if other else "")


def of_rating(element: Node, to: Assembly, noted: Data) -> Found | None:  # noqa: ARG001 - as all readers are called
    """Steps with words are a scale; steps with numbers are one, too, or a number where there are many."""
    name = element.text("name")
    answers = element.answers("rateValues")
    low, high = element.whole("rateMin"), element.whole("rateMax")
    count = element.whole("rateCount")
    low = 1 if low is None else low
    high = high if high is not None else low + count - 1 if count else low + 4
    ends = [
        element.words(*names)
        for names in (
            ("minRateDescription", "mininumRateDescription"),
            ("maxRateDescription", "maximumRateDescription"),
        )
    ]
    if not answers and high - low >= _MOST_STEPS:
        to.lose("as_number", element.path, element.text("type"))
        to.lose("number_bands", element.path, name)
        _lose_ends(element, ends, to)
        high = min(high, 1_000_000)
        return Found({"type": "number", "minimum": low, "maximum": high, "bands": bands(low, high)})
    if not answers:
        answers = [
            Answer(str(step), dict.fromkeys(to.languages, str(step)), element.path) for step in range(low, high + 1)
        ]
    if answers and all(text.isdecimal() for answer in answers for text in answer.words.values()):
        to.lose("step_words", element.path, name)
        for at, end in ((0, ends[0]), (-1, ends[1])):
            words = beside(answers[at].words, end)
            answers[at] = Answer(answers[at].name, {**answers[at].words, **words}, answers[at].place)
    else:
        _lose_ends(element, ends, to)
    lose_of_answers(element, to, "rateValues")
    _refuse_twice(answers, element)
    options, ids = to.options("scale", answers, element.path, name)
    return Found({"type": "scale", "options": options}, ids) if options else None


def _lose_ends(element: Node, ends: Sequence[Mapping[str, str]], to: Assembly) -> None:
    """What is said at the two ends of the steps, where no step can have it."""
    for key, words in zip(("minRateDescription", "maxRateDescription"), ends, strict=True):
        for text in list(words.values())[:1]:
            to.lose("ls_text", element.at(key), text)


def of_boolean(element: Node, to: Assembly, noted: Data) -> Found | None:  # noqa: ARG001 - as all readers are called
    """Yes and no."""
    yes, no = (usual(words, to.languages) for words in YES_NO)
    answers = [
        Answer(element.text("valueTrue") or "true", element.words("labelTrue") or yes, element.at("labelTrue")),
        Answer(element.text("valueFalse") or "false", element.words("labelFalse") or no, element.at("labelFalse")),
    ]
    options, ids = to.options("choice", answers, element.path, element.text("name"))
    return Found({"type": "choice", "options": options}, ids) if options else None


def own_words(item: Data, other: str, element: Node, to: Assembly) -> None:
    """The line beside the answer "other"."""
    label = next(option["label"] for option in item["options"] if option["id"] == other)
    to.lose("own_words", element.path, label.get(to.languages[0], other))
    to.add(
        {
            "type": "text",
            "id": to.new_id(f"{item['id']}-{other}", ""),
            "text": beside(item["text"], label),
            "max_length": 200,
            "show_if": {"question": item["id"], "is": [other]},
            "companion_of": item["id"],
        }
    )


def _added(element: Node, to: Assembly) -> list[Answer]:
    return [
        Answer(name, element.words(text) or usual(words, to.languages), element.at(text))
        for switches, text, name, words in _BESIDE
        if element.get(*switches) is True
    ]


def _refuse_twice(answers: list[Answer], element: Node) -> None:
    names = [answer.name for answer in answers]
    for answer in answers:
        if names.count(answer.name) > 1:
            raise FileRefused("answer_name_twice", list=element.text("name"), found=answer.name, place=answer.place)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
