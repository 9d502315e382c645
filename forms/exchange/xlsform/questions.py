"""One row of an XLSForm as one item of a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.exchange.assembly import Answer, Assembly
from forms.exchange.core import FileRefused
from forms.exchange.noted import sound
from forms.exchange.usual import OTHER, usual
from forms.exchange.xlsform.expressions import longest_text, parse, whole_range
from forms.exchange.xlsform.kinds import Kind
from forms.exchange.xlsform.numbers import number
from forms.exchange.xlsform.sheets import Row
from forms.exchange.xlsform.surroundings import Languages, Noted
from forms.notice import Notice
from forms.piping import beside
from forms.questions import QUESTION_TYPES
from forms.questions.base import Part
from forms.texts import Data
from forms.wording import Words

#: Types here by the kind of row; the first is what others' rows become.
TYPES = {
    "select_one": ("choice", "picture-choice", "scale", "smileys", "yes-maybe-no"),
    "select_multiple": ("choices",),
    "rank": ("ranking",),
    "text": ("text", "short-text"),
    "integer": ("number",),
    "decimal": ("number",),
    "range": ("number",),
    "date": ("date", "month", "week"),
    "note": ("notice",),
    "acknowledge": ("notice",),
}
_LOSSY = {
    "constraint": "constraint",
    "constraint_message": "message",
    "required_message": "message",
    "calculation": "calculation",
    "default": "default",
    "choice_filter": "choice_filter",
    "image": "media",
    "big-image": "media",
    "audio": "media",
    "video": "media",
}
#: Columns that are read, or say nothing once what they belong to is lost.
_SILENT = (
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "appearance",
    "required",
)
_SCALES = ("likert", "table-list")
_OFF = ("no", "false", "false()", "0")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What rows are read with; `used` are the lists that some row asks with."""

    languages: Languages
    lists: Mapping[str, Sequence[Answer]]
    noted: Noted
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Group:
    """The group inside a section that a row stands in: its heading, where it is one of a table, and its condition."""

    stem: Words
    is_table: bool = False
    condition: Data | None = None


def add_question(row: Row, kind: Kind, group: Group, around: Surroundings, to: Assembly) -> None:
    """Add what the row asks or says; or note why it has no place."""
    name = row.get("name")
    # A row without a label may say all of it in its hint.
    asks, hints = ("label", "hint") if row.get("label") or not row.get("hint") else ("hint", "")
    text = to.words(around.languages.said(row, asks), row.at(asks))
    if kind.answers and "search(" in row.get("appearance"):
        to.lose("answers_elsewhere", row.at("appearance"), row.get(asks) or name)
        return
    if not any(text.values()):
        to.lose("no_words", row.at(), name or row.get("type"))
        return
    noted = _noted_item(kind, name, around.noted, row, to)
    type_ = str(noted.pop("type", TYPES[kind.name][0]))
    if type_ == "date":
        to.lose("type", row.at("type"), row.get("type"))
        return
    found = _in_kind(row, kind, _scaled(type_, row, group, kind, around), around, to, noted)
    if found is None:
        return
    item, names = found
    hint = to.words(around.languages.said(row, hints), row.at(hints))
    text, hint = (to.with_answers(words, row.at("label")) for words in (text, hint))
    texts = {"title": text, "text": hint} if noted.pop("headed", False) else {"text": text, "hint": hint}
    item = {**item, **texts, "id": to.new_id(name, row.at("name"))}
    if item["type"] == "notice" and "title" not in item:
        item = _whole_notice(item)
    item |= {"show_if": show_if(row, group, to, noted), **noted}
    to.add({**item, "stem": group.stem} if item["type"] != "notice" else item, name, names)
    lose_rest(row, kind, to)
    if kind.other and names:
        _own_words(item, names["other"], row, to)


def show_if(row: Row, group: Group, to: Assembly, noted: Mapping[str, object]) -> Data | None:
    """The condition of a row, or of the group inside a section that it stands in."""
    relevant = row.get("relevant")
    if not relevant or "show_if" in noted:
        return group.condition
    own = to.condition(parse(relevant), relevant, row.at("relevant"))
    if own and group.condition and own != group.condition:
        to.lose("condition_joined", row.at("relevant"), relevant)
        return group.condition
    return own or group.condition


def _noted_item(kind: Kind, name: str, noted: Noted, row: Row, to: Assembly) -> Data:
    """What we noted about it, where it still is of that kind, without keys that its type does not have."""
    found = noted.of("item", name)
    if not found:
        return {}
    type_ = found.get("type")
    if type_ not in TYPES[kind.name]:
        to.lose("extra_gone", row.at("type"), name)
        return {}
    model: type[Part] = Notice if type_ == "notice" else QUESTION_TYPES[type_]
    kept = sound(model, found, row.at(), to, also=("headed", "pictures", "apart"))
    return {key: value for key, value in kept.items() if key not in ("id", "text", "hint", "options", "title")}


def _scaled(type_: str, row: Row, group: Group, kind: Kind, around: Surroundings) -> str:
    """A choice that looks like a scale is one, where it is short enough."""
    looks = any(look in row.get("appearance").split() for look in _SCALES) or group.is_table
    short = len(around.lists.get(kind.answers, ())) <= 7
    return "scale" if type_ == "choice" and looks and short and not kind.other and not around.noted.parts else type_


def _in_kind(
    row: Row, kind: Kind, type_: str, around: Surroundings, to: Assembly, noted: Data
) -> tuple[Data, dict[str, str]] | None:
    """The item without its texts, and the ids of its answers by name; None, and a loss, where it has no place."""
    if kind.answers:
        return _with_answers(row, kind, type_, around, to, noted)
    if kind.name == "acknowledge":
        to.lose("as_notice", row.at("type"), row.get("type"))
    if kind.name in ("integer", "decimal", "range"):
        return number(row, kind, to, noted), {}
    if kind.name == "text":
        longest = longest_text(row.get("constraint"))
        limit = {"max_length": min(longest, 200 if type_ == "short-text" else 5000)} if longest else {}
        return {"type": type_, **limit}, {}
    return {"type": type_}, {}


def _with_answers(
    row: Row, kind: Kind, type_: str, around: Surroundings, to: Assembly, noted: Data
) -> tuple[Data, dict[str, str]] | None:
    if kind.answers not in around.lists:
        raise FileRefused("no_list", found=kind.answers, place=row.at("type"))
    around.used.add(kind.answers)
    answers = list(around.lists[kind.answers])
    if kind.other and all(answer.name != "other" for answer in answers):
        answers.append(Answer("other", usual(OTHER, around.languages.all), row.at("type")))
    apart, pictures = noted.pop("apart", ()), noted.pop("pictures", {})
    names_apart = [str(name) for name in apart] if isinstance(apart, list) else []
    pictures = pictures if isinstance(pictures, dict) else {}
    beside_ = [answer for answer in answers if answer.name in names_apart]
    options, ids = to.options(type_, [each for each in answers if each not in beside_], row.at("type"), row.get("name"))
    if not options:
        return None
    aside: list[Data] = [{"id": answer.name, "label": to.words(answer.words, answer.place)} for answer in beside_]
    for option in (*options, *aside):
        if option["id"] in pictures:
            option["picture"] = pictures[option["id"]]
    ids |= {answer.name: answer.name for answer in beside_}
    return {"type": type_, "options": options, **({"apart": aside} if aside else {})}, ids


def _whole_notice(item: Data) -> Data:
    """A note of others says its hint as well."""
    hint = item.pop("hint", {})
    item["text"] = {
        language: "\n".join(filter(None, (said, hint.get(language)))) for language, said in item["text"].items()
    }
    return item


def _own_words(item: Data, other: str, row: Row, to: Assembly) -> None:
    label = next(option["label"] for option in item["options"] if option["id"] == other)
    to.lose("own_words", row.at("type"), label.get(to.languages[0], other))
    words = {
        "type": "text",
        "id": to.new_id(f"{item['id']}-{other}", ""),
        "text": beside(item["text"], label),
        "max_length": 200,
        "show_if": {"question": item["id"], "is": [other]},
        "companion_of": item["id"],
    }
    to.add(words)


def lose_rest(row: Row, kind: Kind, to: Assembly) -> None:
    """Note what else stands in the row and is not kept."""
    if row.get("required") and row.get("required").lower() not in _OFF:
        to.lose("required", row.at("required"), row.get("name"))
    look = " ".join(part for part in row.get("appearance").split() if part not in (*_SCALES, "multiline"))
    if look and not to.own:
        to.lose("appearance", row.at("appearance"), look)
    for column, text in row.cells.items():
        code = _LOSSY.get(column.name)
        if code and not (column.name == "constraint" and _is_read(kind, text)):
            to.lose(code, row.of(column), text)
        elif column.name == "read_only" and text.lower() not in _OFF:
            to.lose("setting", row.at("read_only"), f"{column.header}: {text}")
        elif column.name == "parameters" and kind.name != "range":
            to.lose("order" if "randomize" in text else "appearance", row.at("parameters"), text)


def _is_read(kind: Kind, constraint: str) -> bool:
    if kind.name in ("integer", "decimal"):
        return whole_range(constraint) is not None
    return kind.name == "date" or (kind.name == "text" and bool(longest_text(constraint)))


def read_columns() -> tuple[str, ...]:
    """The columns that some row is read by or loses something with."""
    return (*_SILENT, *_LOSSY, "read_only", "parameters")
