"""The question bank: every question of the library, of the school's own forms, and of one's own drafts, to be found and
to be taken into a draft with all its words. A question that keeps its id can be compared wherever it is asked.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading
from feedback.models import Draft, InstrumentVersion, StaffMember
from feedback.operations.errors import NotFound
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import drafts_of
from feedback.operations.workshop.form_words import complete_languages, joined
from feedback.operations.workshop.round_form import read_instrument
from feedback.privacy.permissions import Action
from forms.draft import as_data, items_of
from forms.library import names, open_library
from forms.texts import Data, only_in
from forms.wording import Words

#: Entries on a page of the bank.
MOST_SHOWN = 60
#: What a question, or its form, has one of.
_LISTED = ("goal", "type", "audience", "ages")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" is anything. `words` are looked for in `language`, in the text and in the answers."""

    language: str
    words: str = ""
    goal: str = ""
    ages: str = ""
    audience: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A form that asks a question: of the library, one's own in its newest version, or a draft.

    `place` names it: "library/NAME", "ours/NAME" or "draft/ID".
    """

    place: str
    title: Words
    data: Data
    version: int | None = None

    @property
    def kind(self) -> str:
        """ "library", "ours" or "draft"."""
        return self.place.partition("/")[0]


@dataclass(slots=True)
class InBank:
    """One question as it is worded, and every form that asks it so. `changed_in` are versions of the first of them."""

    item: Data
    sources: list[Source]
    new_in: int | None = None
    changed_in: tuple[int, ...] = field(default=())


def search(school: School, by: StaffMember, wanted: Wanted) -> list[InBank]:
    """What is found, the school's own first, each wording once. NotPermitted."""
    allow(by, Action.EDIT_INSTRUMENTS)
    found: dict[tuple[str, str, str], InBank] = {}
    with reading(school.engine) as session:
        history = _history(session)
        for source in _sources(school, session, by):
            for item in items_of(source.data):
                if not _fits(item, source.data, wanted):
                    continue
                said = str(item["text"].get(wanted.language, ""))
                entry = found.setdefault((item["id"], item["type"], said), InBank(item, []))
                entry.sources.append(source)
    for entry in found.values():
        entry.new_in, entry.changed_in = history.get((entry.sources[0].data["id"], entry.item["id"]), (None, ()))
    return list(found.values())


def source_at(school: School, session: Session, by: StaffMember, place: str) -> Source:
    """One form by its place; NotFound."""
    found = next((each for each in _sources(school, session, by) if each.place == place), None)
    if found is None:
        raise NotFound(place)
    return found


def _sources(school: School, session: Session, by: StaffMember) -> Iterator[Source]:
    newest = {row.name: row for row in _published(session)}
    for name, row in sorted(newest.items()):
        data = _loaded(row.body)
        yield Source(f"ours/{name}", data["title"], data, int(data["version"]))
    for draft in drafts_of(school, by):
        yield _of_draft(session, draft)
    for name in names():
        if name not in newest:
            data = _of_library(name)
            yield Source(f"library/{name}", data["title"], data)


def _of_draft(session: Session, draft: Draft) -> Source:
    data, source = json.loads(draft.body), draft.source_language
    whole = joined(session, draft.name, data, source, complete_languages(session, draft.name, data, source))
    return Source(f"draft/{draft.id}", whole.get("title") or {source: draft.name}, whole)


def _published(session: Session) -> list[InstrumentVersion]:
    """The oldest first."""
    own = select(InstrumentVersion).where(InstrumentVersion.published_on.is_not(None))
    return list(session.scalars(own.order_by(InstrumentVersion.number)))


def _history(session: Session) -> dict[tuple[str, str], tuple[int, tuple[int, ...]]]:
    """(form, item) -> the version it came in, and those in which something of it changed in the language it is from."""
    found: dict[tuple[str, str], tuple[int, tuple[int, ...]]] = {}
    last: dict[tuple[str, str], Data] = {}
    for row in _published(session):
        version, items = _in_source(row.body, row.source_language)
        for item in items:
            place = (row.name, item["id"])
            new_in, changed = found.get(place, (version, ()))
            is_changed = place in last and last[place] != item
            found[place], last[place] = (new_in, (*changed, version) if is_changed else changed), item
    return found


@lru_cache(maxsize=256)
def _in_source(body: str, language: str) -> tuple[int, tuple[Data, ...]]:
    """A version's number, and its items in one language alone."""
    data = _loaded(body)
    return int(data["version"]), tuple(items_of(only_in(data, (language,))))


@cache
def _of_library(name: str) -> Data:
    return as_data(open_library(name))


@lru_cache(maxsize=128)
def _loaded(body: str) -> Data:
    return as_data(read_instrument(body))


def _fits(item: Data, form: Mapping[str, object], wanted: Wanted) -> bool:
    text = item.get("text") or {}
    if item.get("type") in (None, "notice") or not text.get(wanted.language):
        return False
    asked = {
        "goal": item.get("goal"),
        "type": item.get("type"),
        "audience": form.get("audience"),
        "ages": form.get("ages"),
    }
    if any(getattr(wanted, name) not in ("", value) for name, value in asked.items()):
        return False
    said = " ".join(_said(item, wanted.language)).casefold()
    return all(word in said for word in wanted.words.casefold().split())


def _said(item: Data, language: str) -> Iterable[str]:
    texts = [item.get(name) for name in ("text", "hint", "stem", "why")]
    texts += [option.get("label") for name in ("options", "apart") for option in item.get(name) or ()]
    return (str(words.get(language, "")) for words in texts if isinstance(words, dict))
