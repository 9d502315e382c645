"""A form's texts in one language as a file, and taking such a file: what it would change first, and then, seen, that.

Nothing in a file signs anything: what is taken is a draft until a person signs it at the desk.
"""

import json
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.languages import LANGUAGES
from feedback.models import Draft, StaffMember, TranslatedText
from feedback.operations.errors import DraftChanged, NotFound, NotPermitted
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.form_file_notes import notes_of
from feedback.operations.workshop.form_words import words_in
from feedback.privacy.permissions import Action, may, reach
from forms.translation_files import Found, Line, Plan, Sheet, Unit, compare
from forms.translation_files.sheet import is_language


def sheet_for(school: School, by: StaffMember, draft_id: str, language: str) -> Sheet:
    """The texts of a draft in this language, with notes. NotPermitted, or NotFound where it is not this account's."""
    with reading(school.engine) as session:
        return _sheet(session, _known(session, by, draft_id, language), language, with_notes=True)


def plan_for(school: School, by: StaffMember, draft_id: str, language: str, found: Found) -> Plan:
    """What the file would change now; FileRefused where it is for another form or language. Nothing is stored."""
    with reading(school.engine) as session:
        return compare(_sheet(session, _known(session, by, draft_id, language), language), found)


def take_file(
    school: School, by: StaffMember, draft_id: str, language: str, found: Found, *, seen: str, now: datetime
) -> int:
    """Store what fits of the file, as drafts; how many texts. `seen` is the digest of the plan that somebody saw.

    DraftChanged where something else would be stored by now: nothing is, then.
    """
    with writing(school.engine) as session:
        draft = _known(session, by, draft_id, language, for_change=True)
        return _take(session, school, draft, found, language, seen=seen, now=now, by=by)


def sheet_at_the_console(school: School, name: str, language: str) -> Sheet:
    """As `sheet_for`, of the draft with this name."""
    with reading(school.engine) as session:
        return _sheet(session, _named(session, name, language), language, with_notes=True)


def plan_at_the_console(school: School, found: Found) -> Plan:
    """As `plan_for`, of the draft and the language that the file names."""
    language = _language_of(found)
    with reading(school.engine) as session:
        return compare(_sheet(session, _named(session, found.form, language), language), found)


def take_at_the_console(school: School, found: Found, *, seen: str, now: datetime) -> int:
    """As `take_file`, for whoever runs the installation."""
    language = _language_of(found)
    with writing(school.engine) as session:
        draft = _named(session, found.form, language, for_change=True)
        return _take(session, school, draft, found, language, seen=seen, now=now, by=None)


def _language_of(found: Found) -> str:
    """Our language that a tool's file means; NotFound."""
    meant = next((code for code in LANGUAGES if is_language(found.language, code)), None)
    if meant is None:
        raise NotFound(found.language)
    return meant


def _known(session: Session, by: StaffMember, draft_id: str, language: str, *, for_change: bool = False) -> Draft:
    """The draft, for its owner, for leads, and for those who translate into the language."""
    if reach(Action.EDIT_INSTRUMENTS, by.roles) is None and reach(Action.TRANSLATE_INSTRUMENTS, by.roles) is None:
        raise NotPermitted(Action.TRANSLATE_INSTRUMENTS)
    draft = session.get(Draft, draft_id, with_for_update=for_change)
    if draft is None:
        raise NotFound(draft_id)
    edits = may(Action.EDIT_INSTRUMENTS, by.roles, owns=draft.owner_id == by.id)
    translates = may(Action.TRANSLATE_INSTRUMENTS, by.roles) and language in by.languages
    if not (edits or translates):
        raise NotFound(draft_id)
    return _into(draft, language)


def _named(session: Session, name: str, language: str, *, for_change: bool = False) -> Draft:
    wanted = select(Draft).where(Draft.name == name)
    draft = session.scalar(wanted.with_for_update() if for_change else wanted)
    if draft is None:
        raise NotFound(name)
    return _into(draft, language)


def _into(draft: Draft, language: str) -> Draft:
    if language not in LANGUAGES or language == draft.source_language:
        raise NotFound(language)
    return draft


def _sheet(session: Session, draft: Draft, language: str, *, with_notes: bool = False) -> Sheet:
    data, source = json.loads(draft.body), draft.source_language
    note_of = notes_of(data, source)
    units = (
        Unit(
            each.text.key,
            each.source,
            each.words,
            each.state,
            note_of(each.text) if with_notes else "",
        )
        for each in words_in(session, draft.name, data, source, language)
    )
    return Sheet(draft.name, source, language, tuple(units))


def _take(
    session: Session,
    school: School,
    draft: Draft,
    found: Found,
    language: str,
    *,
    seen: str,
    now: datetime,
    by: StaffMember | None,
) -> int:
    plan = compare(_sheet(session, draft, language), found)
    if plan.digest != seen:
        raise DraftChanged(draft.id, draft.revision)
    rows = _rows(session, draft.name, language)
    for line in plan.taken:
        row = rows.get(line.unit.key) or TranslatedText(
            name=draft.name, key=line.unit.key, language=language, hand="first", revision=0
        )
        session.add(row)
        _store(row, line, by_id=by.id if by else None, today=school.settings.day_of(now))
    if plan.taken:
        account = by.account if by else "console"
        record(session, now, account, "text_file_taken", draft.id, language=language, texts=len(plan.taken))
    return len(plan.taken)


def _rows(session: Session, name: str, language: str) -> dict[str, TranslatedText]:
    wanted = select(TranslatedText).where(
        TranslatedText.name == name, TranslatedText.language == language, TranslatedText.hand == "first"
    )
    return {row.key: row for row in session.scalars(wanted)}


def _store(row: TranslatedText, line: Line, *, by_id: str | None, today: date) -> None:
    """As a draft of the source as it is now: the plan takes nothing that was made from another one."""
    row.words, row.state = line.unit.words, "draft"
    row.source = line.now.source if line.now else ""
    row.revision += 1
    row.by_id, row.changed_on = by_id, today
