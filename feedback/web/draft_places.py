"""Where in the editor a part of a draft is changed, and which words people know it by."""

from flask import url_for

from feedback.web.editor_rows import words_of
from forms.steps.look_over import look_over
from forms.steps.units import units_of
from forms.texts import Data

#: A part of a draft that lacks something: its words, where it is changed, and what it lacks (workshop/lacks.html).
Lack = tuple[str, str, tuple[str, ...]]


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


def _parts(data: Data) -> dict[str, tuple[str, str]]:
    """Key -> what `look_over` calls the part, and its words in the language that the draft is written in."""
    language, parts = str(data["languages"][0]), dict[str, tuple[str, str]]()
    for section in data["sections"]:
        parts[f"sections/{section['id']}"] = f"section {section['id']}", section["title"].get(language, "")
        parts |= {f"items/{item['id']}": (item["id"], words_of(item, language)) for item in section["questions"]}
    for theme in data.get("themes") or ():
        parts[f"themes/{theme['id']}"] = f"theme {theme['id']}", theme["title"].get(language, "")
    return parts
