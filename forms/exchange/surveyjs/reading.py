"""A SurveyJS file as a draft, with everything that it loses; page after page."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms.definition import LANGUAGE, Instrument, Section
from forms.exchange.assembly import Assembly
from forms.exchange.core import FileRefused, Imported
from forms.exchange.exact import restored
from forms.exchange.markup import refuse_acting
from forms.exchange.names import language_code, question_id
from forms.exchange.noted import sound
from forms.exchange.opening import json_object
from forms.exchange.surveyjs.elements import Around, add_element, condition_of
from forms.exchange.surveyjs.nodes import OWN, Node, locales_of
from forms.exchange.surveyjs.writing import OWN_FORMAT, shown
from forms.texts import Data

#: What the file is told by: pages, or questions without any.
_BODY = ("pages", "elements", "questions")
_REFERENCE = re.compile(r"\{([^{}|]+)\}")
#: Keys of a page that are handled, or say only how it looks.
_CONTAINERS = ("panel", "flowpanel", "paneldynamic")
_THINGS_THAT_HAPPEN = ("triggers", "calculatedValues", "completedHtmlOnCondition", "navigateToUrlOnCondition")


def looks_like(content: bytes) -> bool:
    """Whether a file is JSON."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read(content: bytes) -> Imported:
    """The form in a SurveyJS file; raises FileRefused."""
    data = json_object(content)
    if not any(isinstance(data.get(name), list) for name in _BODY):
        raise FileRefused("not_an_object")
    noted = data.get(f"{OWN}form")
    own = noted if isinstance(noted, dict) else {}
    if own and own.get("sheet", OWN_FORMAT) != OWN_FORMAT:
        raise FileRefused("unknown_version", found=own.get("sheet"))
    locales = locales_of(data, _source(own))
    noted = data.get(f"{OWN}exact")
    exact = {key: words for key, words in noted.items() if isinstance(words, dict)} if isinstance(noted, dict) else {}
    kept = frozenset(shown(text) for words in exact.values() for text in words.values() if isinstance(text, str))
    to = Assembly(locales.all, own=bool(own), kept=kept, marks=_REFERENCE)
    _refuse_acting_notes(data)
    top = Node(data, "", locales)
    for name in locales.unknown:
        to.lose("unknown_language", "", name)
    if not own and locales.all == ["en"] and not language_code(top.text("locale")):
        to.lose("language_guessed", "", "en")
    _Walk(to).through(top)
    imported = to.imported(_of_form(top, own, to))
    return replace(imported, data=restored(imported.data, exact, shown)) if to.own else imported


def _source(own: Mapping[str, Any]) -> str:
    """The language that our file was written in; "" where it does not say."""
    languages = own.get("languages")
    first = languages[0] if isinstance(languages, list) and languages else ""
    return first if isinstance(first, str) and re.fullmatch(LANGUAGE, first) else ""


def _refuse_acting_notes(data: Mapping[str, Any]) -> None:
    notes = {name: value for name, value in data.items() if name.startswith(OWN)}
    refuse_acting(json.dumps(notes, ensure_ascii=False), OWN)


def _of_form(top: Node, own: Mapping[str, Any], to: Assembly) -> Data:
    """What the file says of the form as a whole; what else it says is told."""
    title = to.words(top.words("title"), "title")
    to.introduction = to.words(top.words("description"), "description")
    top.text("locale")
    top.own()
    for name in _THINGS_THAT_HAPPEN:
        for number, each in enumerate(value if isinstance(value := top.get(name), list) else ()):
            to.lose("trigger", f"{name}[{number}]", json.dumps(each, ensure_ascii=False))
    for name, place, found in top.rest():
        to.lose("media" if "logo" in name.lower() else "setting", place, found)
    if own:
        return {
            **sound(Instrument, {key: value for key, value in own.items() if key != "sheet"}, OWN, to),
            "title": title,
        }
    return {"title": title, "id": question_id(next(iter(title.values()), "imported"), ())}


@dataclass(slots=True)
class _Walk:
    """The way through the pages; `names` are those of the questions."""

    to: Assembly
    names: set[str] = field(default_factory=set)

    def through(self, top: Node) -> None:
        """Every page, or the one page that a file without pages is."""
        pages = list(top.nodes("pages"))
        for page in pages:
            self._page(page)
        if any(name in top.data for name in _BODY[1:]):
            self.to.section("part", {}, "")
            self._elements(top, Around({}))

    def _page(self, page: Node) -> None:
        name, own = page.text("name"), page.own()
        title = self.to.words(page.words("title"), page.at("title"))
        described = self.to.words(page.words("description"), page.at("description"))
        condition = condition_of(page, self.to, sound(Section, own, page.path, self.to))
        self.to.section(name or "part", title, page.at("name") if name else "", condition)
        if described:
            described = self.to.with_answers(described, page.at("description"))
            self.to.add({"type": "notice", "id": self.to.new_id(f"{name}-text", ""), "text": described})
        self._elements(page, Around({}))
        self._rest(page)

    def _elements(self, holder: Node, around: Around) -> None:
        for element in holder.nodes("elements", "questions", "templateElements"):
            type_ = element.text("type").lower()
            name = element.text("name")
            if not name and type_ not in ("html", "panel"):
                raise FileRefused("no_name", place=element.path)
            if name and name in self.names:
                raise FileRefused("name_twice", found=name, place=element.path)
            self.names.add(name)
            if type_ in _CONTAINERS:
                self._panel(element, around)
            else:
                add_element(element, around, self.to)

    def _panel(self, panel: Node, around: Around) -> None:
        name, own = panel.text("name"), panel.own()
        title = self.to.words(panel.words("title"), panel.at("title"))
        each = self.to.words(panel.words("templateTitle"), panel.at("templateTitle"))
        described = self.to.words(panel.words("description"), panel.at("description"))
        condition = around.inner(condition_of(panel, self.to), panel, self.to)
        if own.get("stem") is True:
            self._elements(panel, Around(title, condition))
            return
        if panel.text("type") == "paneldynamic":
            self.to.lose("repeat_once", panel.path, name)
        self.to.lose("nested", panel.path, name)
        for words in (title, described, each):
            if words:
                said = self.to.with_answers(words, panel.path)
                notice = {"type": "notice", "id": self.to.new_id(name or "text", ""), "text": said}
                self.to.add({**notice, "show_if": condition})
        self._elements(panel, Around({}, condition))
        self._rest(panel)

    def _rest(self, node: Node) -> None:
        if node.get("isRequired") is True:
            self.to.lose("required", node.at("isRequired"), node.text("name"))
        for _, place, found in node.rest():
            self.to.lose("setting", place, found)
