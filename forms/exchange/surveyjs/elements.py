"""One element of a SurveyJS page as one item of a form, or as several."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from forms.exchange.assembly import Answer, Assembly
from forms.exchange.noted import sound
from forms.exchange.surveyjs.expressions import parse
from forms.exchange.surveyjs.nodes import Node
from forms.exchange.surveyjs.rest import lose_of_answers, lose_rest
from forms.exchange.surveyjs.selects import Found, of_boolean, of_rating, of_select, own_words
from forms.exchange.surveyjs.typed import of_text
from forms.notice import Notice
from forms.questions import QUESTION_TYPES
from forms.questions.base import Part
from forms.texts import Data
from forms.wording import Words

#: Types here by the element's; the first is what others' become.
TYPES: Mapping[str, tuple[str, ...]] = {
    "radiogroup": ("choice", "picture-choice", "scale", "smileys", "yes-maybe-no"),
    "checkbox": ("choices",),
    "ranking": ("ranking",),
    "comment": ("text",),
    "text": ("short-text", "number", "month", "week"),
    "html": ("notice",),
    "matrix": ("then-now",),
    "multipletext": ("points",),
}
_OF_READERS: Mapping[str, Callable[[Node, Assembly, Data], Found | None]] = {
    "radiogroup": of_select,
    "dropdown": of_select,
    "buttongroup": of_select,
    "checkbox": of_select,
    "tagbox": of_select,
    "imagepicker": of_select,
    "ranking": of_select,
    "rating": of_rating,
    "boolean": of_boolean,
    "text": of_text,
    "comment": of_text,
    "slider": of_text,
}


@dataclass(frozen=True, slots=True)
class Around:
    """What an element stands in: a heading that its questions share, and a condition."""

    stem: Words
    condition: Data | None = None

    def inner(self, own: Data | None, node: Node, to: Assembly) -> Data | None:
        """The condition of something inside; ours has one, so that the outer one goes before."""
        if own and self.condition and own != self.condition:
            to.lose("condition_joined", node.at("visibleIf"), node.text("visibleIf"))
            return self.condition
        return own or self.condition


def condition_of(node: Node, to: Assembly, noted: Data | None = None) -> Data | None:
    """The `show_if` of an element, a panel or a page; as we noted it, where the file cannot name the answers."""
    text = node.text("visibleIf")
    if noted and noted.get("show_if"):
        kept: Data = noted.pop("show_if")
        return kept
    return to.condition(parse(text), text, node.at("visibleIf")) if text else None


def add_element(element: Node, around: Around, to: Assembly) -> None:
    """Add what the element asks or says; or note why it has no place."""
    type_, noted = element.text("type").lower(), _noted(element, to)
    if noted.get("type") in ("then-now", "points"):
        _composite(element, noted, around, to)
    elif type_ == "html":
        _notice(element, noted, around, to)
    elif type_ in ("matrix", "multipletext"):
        _rows(element, around, to)
    elif type_ in _OF_READERS:
        _question(element, noted, around, to)
    else:
        codes = {"expression": "calculation", "image": "media", "signaturepad": "personal"}
        to.lose(codes.get(type_, "type"), element.path, f"{element.said()} ({element.text('type')})")


def _noted(element: Node, to: Assembly) -> Data:
    noted = element.own()
    type_ = noted.get("type")
    if not noted or not to.own:
        return {}
    if type_ not in TYPES.get(element.text("type").lower(), ()):
        to.lose("extra_gone", element.path, element.text("name"))
        return {}
    model: type[Part] = Notice if type_ == "notice" else QUESTION_TYPES[type_]
    kept = sound(model, noted, element.path, to, also=("headed", "pictures"))
    return {key: value for key, value in kept.items() if key not in ("id", "text", "hint", "options", "title")}


def _question(element: Node, noted: Data, around: Around, to: Assembly) -> None:
    name = element.text("name")
    text, hint = _texts(element, to, name)
    found = _OF_READERS[element.text("type").lower()](element, to, noted)
    if found is None:
        return
    condition = around.inner(condition_of(element, to, noted), element, to)
    item = {**noted, **found.item, "id": to.new_id(name, element.at("name")), "text": text, "hint": hint}
    to.add({**item, "stem": around.stem, "show_if": condition}, name, found.answers)
    lose_rest(element, to)
    if found.other:
        own_words(item, found.answers[found.other], element, to)


def _texts(element: Node, to: Assembly, name: str) -> tuple[Words, Words]:
    """Its title, which is its name where it has none, and its description."""
    title = to.words(element.words("title"), element.at("title"))
    if not title:
        title = to.words({to.languages[0]: name}, element.at("name"))
    hint = to.words(element.words("description"), element.at("description"))
    title, hint = (to.with_answers(words, element.at("title")) for words in (title, hint))
    return title, hint


def _notice(element: Node, noted: Data, around: Around, to: Assembly) -> None:
    said = element.words("html")
    headed = bool(noted.pop("headed", False)) and to.own
    texts: dict[str, Words] = {}
    if headed:
        heads = {language: text.partition("</h4>") for language, text in said.items()}
        texts["title"] = {
            language: _unescaped(head.removeprefix("<h4>"), to) for language, (head, _, _) in heads.items()
        }
        said = {language: body for language, (_, _, body) in heads.items()}
    if to.own:
        texts["text"] = {language: _unescaped(text, to) for language, text in said.items()}
    else:
        texts["text"] = to.with_answers(to.words(said, element.at("html")), element.at("html"))
    condition = around.inner(condition_of(element, to, noted), element, to)
    if not any(texts["text"].values()):
        to.lose("no_words", element.path, element.text("name"))
        return
    name = element.text("name")
    id_ = to.new_id(name or "text", element.at("name") if name else "")
    to.add({**noted, "type": "notice", "id": id_, **texts, "show_if": condition}, name)
    lose_rest(element, to)


def _unescaped(text: str, to: Assembly) -> str:
    words = to.words({"": unescape(text.replace("<br>", "\n"))}, "html")
    return words.get("", "")


def _rows(element: Node, around: Around, to: Assembly) -> None:
    """A matrix, or several lines under one title: a question for each row, all under one heading."""
    name, is_matrix = element.text("name"), element.text("type") == "matrix"
    stem, hint = _texts(element, to, name)
    condition = around.inner(condition_of(element, to), element, to)
    columns = element.answers("columns") if is_matrix else []
    kind = "choices" if element.text("cellType") == "checkbox" else "scale" if len(columns) <= 7 else "choice"
    rows = [(row, {}) for row in element.answers("rows")] if is_matrix else list(_lines(element, to))
    options, ids = to.options(kind, columns, element.at("columns"), name) if is_matrix else ([], {})
    if is_matrix and not options:
        return
    if not rows:
        to.lose("no_words", element.path, name)
    for row, kept in rows:
        item: Data = {"type": kind, "options": [dict(option) for option in options]} if is_matrix else dict(kept)
        text = to.with_answers(to.words(row.words, row.place), row.place)
        item |= {"id": to.new_id(f"{name}-{row.name}", ""), "text": text, "stem": stem}
        to.add({**item, "hint": hint, "show_if": condition}, f"{name}.{row.name}", ids)
    lose_of_answers(element, to, "columns", "rows")
    for key in ("isAllRowRequired", "eachRowRequired"):
        if element.get(key) is True:
            to.lose("required", element.at(key), name)
    lose_rest(element, to)


def _items(element: Node) -> list[Answer]:
    return [_item(item) for item in element.nodes("items")]


def _item(item: Node) -> Answer:
    name = item.text("name")
    return Answer(name, item.words("title") or item.languages.said(name, item.path), item.path)


def _lines(element: Node, to: Assembly) -> Iterator[tuple[Answer, Data]]:
    """The lines of a question with several, as the questions that they are; not those about the person."""
    for item in element.nodes("items"):
        answer, found = _item(item), of_text(item, to, {})
        if found:
            yield answer, found.item
            lose_rest(item, to)


def _composite(element: Node, noted: Data, around: Around, to: Assembly) -> None:
    """A matrix of two rows that is a scale for then and now; or lines for numbers that are points."""
    name = element.text("name")
    text, hint = _texts(element, to, name)
    condition = around.inner(condition_of(element, to, noted), element, to)
    is_change = noted["type"] == "then-now"
    answers = element.answers("columns") if is_change else _items(element)
    options, ids = to.options("scale" if is_change else "ranking", answers, element.path, name)
    rows = element.answers("rows")
    if not options or (is_change and len(rows) != 2):
        to.lose("extra_gone", element.path, name)
        return
    halves = {key: to.words(row.words, row.place) for key, row in zip(("then", "now"), rows, strict=False)}
    item = {
        **noted,
        **halves,
        "options": options,
        "id": to.new_id(name, element.at("name")),
        "text": text,
        "hint": hint,
    }
    to.add({**item, "stem": around.stem, "show_if": condition}, name, ids)
    lose_rest(element, to)
