"""A question of the bank taken into a draft, with its words in all languages, and under its own id where that is free.

Rounds compare what they asked by the ids of questions: whoever takes a question as it is can hold both forms side by
side later.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from feedback.db import reading, writing
from feedback.models import StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.school import School
from feedback.operations.workshop.drafts import change_draft, draft_for, find_draft
from feedback.operations.workshop.form_words import keep_words
from feedback.operations.workshop.question_bank import source_at
from forms.draft import free_id, ids_of, items_of
from forms.texts import Data, only_in

_PIPE = re.compile(r"\{([a-z][a-z0-9-]{0,39})\|([^{}|]+)\}")


def copy_question(
    school: School, by: StaffMember, draft_id: str, place: str, question: str, *, revision: int, now: datetime
) -> str:
    """Put a question of the form at `place` (`question_bank.Source`) at the end of a draft; its id there.

    What it asked for of other questions that the draft does not have is left out: a condition, an earlier answer in
    its text. NotFound; NotReady("no_words") where it has no words in the draft's language, ("no_section") for a draft
    without a part to put it in; DraftChanged.
    """
    seen = draft_for(school, by, draft_id)
    with reading(school.engine) as session:
        source = source_at(school, session, by, place)
        found = next((each for each in items_of(source.data) if each["id"] == question), None)
    if found is None:
        raise NotFound(question)
    language, taken = seen.draft.source_language, ids_of(seen.data)
    if not found["text"].get(language):
        raise NotReady("no_words")
    if not seen.data.get("sections"):
        raise NotReady("no_section")
    item = _alone(found, taken) | {"id": free_id(question, taken)}
    whole = _with(seen.data, item)
    change_draft(
        school,
        by,
        draft_id,
        lambda data: _with(data, _in_language(item, language)),
        revision=revision,
        code="question_copied",
        about=item["id"],
        now=now,
    )
    with writing(school.engine) as session:
        draft = find_draft(session, by, draft_id, for_change=True)
        keep_words(session, draft, whole, by_id=by.id, today=school.settings.day_of(now))
    return str(item["id"])


def _with(data: Data, item: Data) -> Data:
    """The draft with the question at the end of its last part."""
    *before, last = data["sections"]
    return {**data, "sections": [*before, {**last, "questions": [*last.get("questions", ()), item]}]}


def _in_language(item: Data, language: str) -> Data:
    whole = {"sections": [{"id": "one", "title": {}, "questions": [item]}]}
    alone: Data = only_in(whole, (language,))["sections"][0]["questions"][0]
    return alone


def _alone(item: Data, there: Collection[str]) -> Data:
    """The question without what needs questions that are not there."""
    kept = {key: value for key, value in item.items() if not _needs_another(key, value, there)}
    return {key: _without_answers(value, there) if isinstance(value, dict) else value for key, value in kept.items()}


def _needs_another(key: str, value: Any, there: Collection[str]) -> bool:
    if key == "show_if":
        return value.get("question") not in there
    return key == "companion_of" and value not in there


def _without_answers(words: Mapping[str, Any], there: Collection[str]) -> Data:
    """Texts that say what they say without an earlier answer that nobody is asked for."""

    def said(found: re.Match[str]) -> str:
        return found[0] if found[1] in there else found[2]

    return {key: _PIPE.sub(said, text) if isinstance(text, str) else text for key, text in words.items()}
