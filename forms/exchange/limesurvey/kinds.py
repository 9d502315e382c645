"""LimeSurvey's kinds of question as ours: each has its line in `_KINDS`, and what is not there has no place here."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from forms.exchange.assembly import MOST, Answer
from forms.exchange.limesurvey.grids import grid, numbers_in_grid, rows_of, texts_in_grid, two_scales
from forms.exchange.limesurvey.numbers import add_number, number, numbers
from forms.exchange.limesurvey.own_words import bare_numbers, own_words
from forms.exchange.limesurvey.settings import is_personal, tell_attributes
from forms.exchange.limesurvey.survey import Asked, Part
from forms.wording import Words

if TYPE_CHECKING:
    from forms.exchange.limesurvey.reading import Reading

__all__ = ["add_question"]

_OTHER = "-oth-"
_BESIDE_AN_ANSWER = 200
_LONGEST = {"S": 200, "Q": 200}


def add_question(reading: "Reading", question: Asked) -> None:
    """Put the question into the draft, or note that it has no place there."""
    is_hidden = question.attribute("hidden") == "1" and question.type != "*"
    if is_hidden or is_personal(question):
        reading.assembly.lose("ls_hidden" if is_hidden else "personal", question.place, question.code)
        return
    kind, kept = _KINDS.get(question.type, (None, ""))
    if kind is None:
        code = _LEFT_OUT.get(question.type, "type")
        found = question.attribute("equation") or question.code if code == "calculation" else question.code
        name = f"{found} ({question.type})" if code == "type" else found
        reading.assembly.lose(code, question.place, name)
        return
    tell_attributes(reading.assembly, question, tuple(kept.split()))
    kind(reading, question)


def shared(reading: "Reading", question: Asked) -> dict[str, Any]:
    """What all questions have: text, hint and condition."""
    return {
        "text": reading.words(question.words, question.place),
        "hint": reading.words(question.helps, f"{question.place}, help"),
        "show_if": reading.condition(question.relevance, question.place),
    }


def _choice(reading: "Reading", question: Asked) -> None:
    answers = [part for part in question.answers if part.scale == "0"]
    offered = _answers(reading, question, answers)
    options, ids = reading.assembly.options("choice", offered, question.place, question.code)
    if options:
        _add(reading, question, {"type": "choice", "options": options}, ids)
        if question.type == "O":
            reading.assembly.lose("ls_comment", question.place, question.code)


def _choices(reading: "Reading", question: Asked) -> None:
    apart = question.attribute("exclude_all_others").replace(";", ",").split(",")
    excluding = {code.strip() for code in apart} & {part.code for part in question.parts}
    offered = _answers(reading, question, [part for part in question.parts if part.code not in excluding])
    options, ids = reading.assembly.options("choices", offered, question.place, question.code)
    if not options:
        return
    said: dict[str, Any] = {"type": "choices", "options": options}
    alone = _answers(reading, question, [part for part in question.parts if part.code in excluding], other=False)
    for answer in alone[:3]:
        label = reading.words(answer.words, answer.place)
        ids[answer.name] = f"apart-{answer.name.lower()}"[:40]
        said.setdefault("apart", []).append({"id": ids[answer.name], "label": label})
    most = question.number("max_answers")
    if most is not None and 0 < most < len(options):
        said["at_most"] = most
    elif question.attribute("max_answers") and most is None:
        reading.assembly.lose("constraint", question.place, f"max_answers = {question.attribute('max_answers')}")
    _add(reading, question, said, ids)
    if question.type == "P":
        reading.assembly.lose("ls_comment", question.place, question.code)


def _answers(reading: "Reading", question: Asked, parts: Sequence[Part], *, other: bool = True) -> list[Answer]:
    found = []
    for part in parts:
        said = {reading.codes[code]: text for code, text in part.words.items() if code in reading.codes}
        found.append(Answer(part.code, said, f"{question.place}, {part.code}"))
        if part.relevance.strip() not in ("", "1"):
            reading.assembly.lose("choice_filter", f"{question.place}, {part.code}", part.relevance)
    if other and question.other.strip() == "Y":
        own = question.attributes.get("other_replace_text", {})
        told = {reading.codes[code]: text for code, text in own.items() if code in reading.codes and text.strip()}
        words = {**own_words("other", list(reading.codes.values())), **told}
        found.append(Answer(_OTHER, words, f"{question.place}, other"))
    return found


def _add(reading: "Reading", question: Asked, said: dict[str, Any], ids: Mapping[str, str]) -> None:
    id_ = reading.assembly.new_id(question.code, question.place)
    common = shared(reading, question)
    reading.assembly.add({**said, "id": id_, **common}, question.code, ids)
    if _OTHER in ids:
        label = next(option["label"] for option in said["options"] if option["id"] == ids[_OTHER])
        text = {
            language: f"{words} – {label[language]}" for language, words in common["text"].items() if language in label
        }
        beside = {"show_if": {"question": id_, "is": [ids[_OTHER]]}, "companion_of": id_}
        own = reading.assembly.new_id(f"{id_}-{ids[_OTHER]}"[:40], "")
        reading.assembly.add({"type": "text", "id": own, "text": text, "max_length": _BESIDE_AN_ANSWER, **beside})
        reading.assembly.lose("own_words", question.place, next(iter(label.values())))


def _yes_no(reading: "Reading", question: Asked) -> None:
    languages = list(reading.codes.values())
    options = [{"id": name, "label": own_words(name, languages)} for name in ("yes", "no")]
    _add(reading, question, {"type": "choice", "options": options}, {"Y": "yes", "N": "no"})


def _five(reading: "Reading", question: Asked) -> None:
    options = bare_numbers(range(1, 6), list(reading.codes.values()))
    reading.assembly.lose("ls_numbers", question.place, question.code)
    _add(reading, question, {"type": "scale", "options": options}, {option["id"]: option["id"] for option in options})


def _ranking(reading: "Reading", question: Asked) -> None:
    offered = _answers(reading, question, question.answers or question.parts, other=False)
    options, _ids = reading.assembly.options("ranking", offered, question.place, question.code)
    if options:
        _add(reading, question, {"type": "ranking", "options": options}, {})


def _text(reading: "Reading", question: Asked) -> None:
    _add(reading, question, _typed(question), {})


def _typed(question: Asked) -> dict[str, Any]:
    kind, most = ("short-text", 200) if question.type in _LONGEST else ("text", 5000)
    wanted = question.number("maximum_chars")
    return {"type": kind, "max_length": wanted} if wanted and 0 < wanted <= most else {"type": kind}


def _texts(reading: "Reading", question: Asked) -> None:
    for row in rows_of(reading, question):
        reading.assembly.add({**_typed(question), **row.said}, row.name)


def _notice(reading: "Reading", question: Asked) -> None:
    said = shared(reading, question)
    if not said["text"]:
        reading.assembly.lose("no_words", question.place, question.code)
        return
    if said.pop("hint"):
        reading.assembly.lose("ls_text", question.place, next(iter(question.helps.values())))
    id_ = reading.assembly.new_id(question.code, question.place)
    reading.assembly.add({"type": "notice", "id": id_, **said}, question.code)


def _points_or_numbers(reading: "Reading", question: Asked) -> None:
    total = question.number("equals_num_value")
    if total is None or not 2 <= total <= 100 or not 2 <= len(question.parts) <= 10:
        if question.attribute("equals_num_value"):
            found = f"equals_num_value = {question.attribute('equals_num_value')}"
            reading.assembly.lose("constraint", question.place, found)
        numbers(reading, question)
        return
    offered = _answers(reading, question, question.parts, other=False)
    options, _ids = reading.assembly.options("ranking", offered, question.place, question.code)
    _add(reading, question, {"type": "points", "options": options, "total": total}, {})


def _scale(names: Sequence[str]) -> "Callable[[Reading, Asked], None]":
    def add(reading: "Reading", question: Asked) -> None:
        languages = list(reading.codes.values())
        options = [{"id": name, "label": own_words(name, languages)} for name in names]
        kind = "yes-maybe-no" if names[0] == "yes" else "scale"
        codes = dict(zip(("Y", "U", "N") if names[0] == "yes" else ("D", "S", "I"), names, strict=True))
        grid(reading, question, kind, options, codes)

    return add


def _steps(last: int) -> "Callable[[Reading, Asked], None]":
    def add(reading: "Reading", question: Asked) -> None:
        options = bare_numbers(range(1, last + 1), list(reading.codes.values()))
        kind = "scale" if last <= 7 else "choice"
        reading.assembly.lose("ls_numbers", question.place, question.code)
        grid(reading, question, kind, options, {option["id"]: option["id"] for option in options})

    return add


def _worded(reading: "Reading", question: Asked) -> None:
    offered = _answers(reading, question, [part for part in question.answers if part.scale == "0"], other=False)
    kind = "scale" if len(offered) <= 7 else "choice"
    options, ids = reading.assembly.options(kind, offered, question.place, question.code)
    if options:
        grid(reading, question, kind, options, ids)


def _both(reading: "Reading", question: Asked) -> None:
    for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
        offered = _answers(reading, question, [part for part in question.answers if part.scale == scale], other=False)
        kind = "scale" if len(offered) <= 7 else "choice"
        options, ids = reading.assembly.options(kind, offered, question.place, question.code)
        if options:
            two_scales(reading, question, kind, options, ids, (scale, _heading(reading, question, header)))


def _heading(reading: "Reading", question: Asked, name: str) -> Words:
    return reading.words(question.attributes.get(name, {}), f"{question.place}, {name}")


def _cells(reading: "Reading", question: Asked) -> None:
    columns = [part for part in question.parts if part.scale == "1"]
    if question.attribute("multiflexible_checkbox") == "1" and 2 <= len(columns) <= MOST:
        offered = _answers(reading, question, columns, other=False)
        options, _ids = reading.assembly.options("choices", offered, question.place, question.code)
        grid(reading, question, "choices", options, {})
    else:
        numbers_in_grid(reading, question, add_number)


_Kind = Callable[["Reading", Asked], None]
#: How each kind comes in, and the attributes that it takes in.
_KINDS: Mapping[str, tuple[_Kind | None, str]] = {
    **dict.fromkeys(("L", "!", "O"), (_choice, "")),
    **dict.fromkeys(("M", "P"), (_choices, "max_answers exclude_all_others")),
    "Y": (_yes_no, ""),
    "5": (_five, ""),
    "R": (_ranking, ""),
    **dict.fromkeys(("S", "T", "U"), (_text, "maximum_chars")),
    "Q": (_texts, "maximum_chars"),
    "N": (number, "min_num_value_n max_num_value_n num_value_int_only suffix maximum_chars"),
    "K": (
        _points_or_numbers,
        "min_num_value_n max_num_value_n num_value_int_only suffix equals_num_value maximum_chars",
    ),
    "X": (_notice, ""),
    "A": (_steps(5), ""),
    "B": (_steps(10), ""),
    "C": (_scale(("yes", "maybe", "no")), ""),
    "E": (_scale(("less", "same", "more")), ""),
    **dict.fromkeys(("F", "H"), (_worded, "")),
    "1": (_both, "dualscale_headerA dualscale_headerB"),
    ":": (_cells, "multiflexible_min multiflexible_max multiflexible_checkbox"),
    ";": (texts_in_grid, "maximum_chars"),
}
#: Kinds that have a loss of their own.
_LEFT_OUT = {"*": "calculation", "G": "ls_gender", "I": "ls_language", "D": "type", "|": "ls_file"}
