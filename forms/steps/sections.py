"""Steps with sections: adding one, changing its title, moving it, removing it."""

from forms.draft import free_id
from forms.steps.items import remove_items
from forms.steps.units import StepImpossible, find_section
from forms.texts import Data

#: As `forms.definition` allows.
MOST_SECTIONS, MOST_ITEMS = 30, 100


def id_for_section(data: Data, title: str) -> str:
    """The id that a new section of this title gets."""
    return free_id(title, {section["id"] for section in data["sections"]})


def add_section(data: Data, title: str) -> Data:
    """With one more, empty section at the end; StepImpossible("no_room")."""
    if len(data["sections"]) >= MOST_SECTIONS:
        raise StepImpossible("no_room")
    language = data["languages"][0]
    section = {"id": id_for_section(data, title), "title": {language: title}, "questions": []}
    return data | {"sections": [*data["sections"], section]}


def change_section(data: Data, section_id: str, title: str) -> Data:
    """With this title for a section; PartUnknown."""
    number = find_section(data, section_id)
    sections = list(data["sections"])
    sections[number] = sections[number] | {"title": {data["languages"][0]: title}}
    return data | {"sections": sections}


def move_section(data: Data, section_id: str, by: int) -> Data:
    """With the section one place up (-1) or down (+1); StepImpossible("first"), StepImpossible("last")."""
    number = find_section(data, section_id)
    sections = list(data["sections"])
    to = number + by
    if not 0 <= to < len(sections):
        raise StepImpossible("first" if by < 0 else "last")
    sections[number], sections[to] = sections[to], sections[number]
    return data | {"sections": sections}


def remove_section(data: Data, section_id: str) -> Data:
    """Without the section, its questions, and the conditions that name them; StepImpossible("last_section")."""
    number = find_section(data, section_id)
    if len(data["sections"]) == 1:
        raise StepImpossible("last_section")
    gone = {item["id"] for item in data["sections"][number]["questions"]}
    left = remove_items(data, gone)
    return left | {"sections": [each for each in left["sections"] if each["id"] != section_id]}
