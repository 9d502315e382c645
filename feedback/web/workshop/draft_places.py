"""Where in the editor a part of a draft is changed, and which words people know it by."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for

from feedback.languages import LANGUAGES
from feedback.web.workshop.editor_rows import words_of
from forms.draft import items_of
from forms.problems import Problem
from forms.steps.look_over import look_over
from forms.steps.units import units_of
from forms.texts import Data

#: A part of a draft that lacks something: its words, where it is changed, and what it lacks (workshop/lacks.html).
Lack = tuple[str, str, tuple[str, ...]]
_IN_SECTION = re.compile(r"sections\[(\d+)\]")
_IN_ITEM = re.compile(r"sections\[(\d+)\]\.questions\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem with the words it is about ("" for the whole form), where it is changed, and in which translation."""

    problem: Problem
    words: str
    address: str
    language: str


def page_of(draft_id: str, data: Data, key: str) -> str:
    """The editor's page for a text's key (forms/texts.py), "items/ID" or the like; "" for the form as a whole."""
    kind, _, rest = key.partition("/")
    id_ = rest.partition("/")[0]
    # The rows of a matrix are changed where its first one is.
    units = (unit for section in data["sections"] for unit in units_of(section) if kind == "items")
    if unit := next((unit for unit in units if any(item["id"] == id_ for item in unit)), None):
        return url_for("editor_items.item", draft_id=draft_id, item_id=unit[0]["id"])
    if kind == "sections" and any(section["id"] == id_ for section in data["sections"]):
        return url_for("editor_parts.section", draft_id=draft_id, section_id=id_)
    if kind == "themes":
        return url_for("editor_parts.themes", draft_id=draft_id, _anchor=f"theme-{id_}")
    return url_for("editor.facts", draft_id=draft_id) if kind in ("title", "introduction") else ""


def named_at(data: Data, keys: Collection[str]) -> dict[str, str]:
    """Key of a text, "items/ID" or the like -> the words of the question or the section it is in; "" for the form."""
    parts = _parts(data)
    return {key: parts.get("/".join(key.split("/")[:2]), ("", ""))[1] for key in keys}


def lacks_of(draft_id: str, data: Data) -> list[Lack]:
    """What each part still lacks, in the order of the form: the whole first."""
    lacks, found = look_over(data).lacks, list[Lack]()
    if "" in lacks:
        found.append(("", url_for("editor.facts", draft_id=draft_id), lacks[""]))
    for key, named in _parts(data).items():
        part, words = named
        if part in lacks:
            found.append((words, page_of(draft_id, data, key), lacks[part]))
    return found


def naming_pictures(draft_id: str, data: Data, names: Collection[str]) -> list[tuple[str, str]]:
    """(words, where it is changed) of each question and notice that shows one of these pictures."""
    language, found = str(data["languages"][0]), list[tuple[str, str]]()
    for item in items_of(data):
        parts = (item, *item.get("options", ()), *item.get("apart", ()))
        if any(part.get("picture") in names for part in parts):
            found.append((words_of(item, language), page_of(draft_id, data, f"items/{item['id']}")))
    return found


def place_of_problem(draft_id: str, data: Data, problem: Problem) -> PlacedProblem:
    """Where a problem is changed that lies at a place such as "sections[0].questions[2].text.fr"."""
    last = problem.place.rpartition(".")[2]
    of_translation = last if last in LANGUAGES and last != data["languages"][0] else ""
    if found := _IN_ITEM.match(problem.place):
        item = data["sections"][int(found[1])]["questions"][int(found[2])]
        words = str(next(iter((item.get("text") or {}).values()), item["id"]))
        address = page_of(draft_id, data, f"items/{item['id']}")
    elif found := _IN_SECTION.match(problem.place):
        section = data["sections"][int(found[1])]
        words = str(next(iter((section.get("title") or {}).values()), ""))
        address = page_of(draft_id, data, f"sections/{section['id']}")
    else:
        words, address = "", page_of(draft_id, data, problem.place.partition(".")[0].partition("[")[0])
    if of_translation:
        address = url_for("form_languages.show", draft_id=draft_id)
    return PlacedProblem(problem, words, address, of_translation)


def _parts(data: Data) -> dict[str, tuple[str, str]]:
    """Key -> what `look_over` calls the part, and its words in the language that the draft is written in."""
    language, parts = str(data["languages"][0]), dict[str, tuple[str, str]]()
    for section in data["sections"]:
        parts[f"sections/{section['id']}"] = f"section {section['id']}", section["title"].get(language, "")
        parts |= {f"items/{item['id']}": (item["id"], words_of(item, language)) for item in section["questions"]}
    for theme in data.get("themes") or ():
        parts[f"themes/{theme['id']}"] = f"theme {theme['id']}", theme["title"].get(language, "")
    return parts
