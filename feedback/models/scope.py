"""Which school each row belongs to; and that whoever sees one school alone sees and changes no other's.

A session on an engine that `feedback.db.narrowed` made sees one school. No query has to remember it: every statement of
the ORM gets the condition here, for SELECT, UPDATE, DELETE and `Session.get` alike, and nothing is written to a row
that belongs elsewhere (docs.sqlalchemy.org/en/20/orm/session_events.html, "Adding global WHERE / ON criteria").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, event, or_, select, true, union
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from feedback.db import school_of
from feedback.models.base import Base
from feedback.models.schools import DistrictSchool


@dataclass(frozen=True, slots=True)
class Own:
    """The row says its school in `school_id`. Where that is empty: whether every school `sees` it, and may `change` it.

    `filled`: a new row that says nothing gets the school of the session.
    """

    sees: bool = False
    changes: bool = False
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Through:
    """The row belongs where the row of `table` belongs that its `column` names."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class OfForm:
    """The row is about a form, which `column` names; it belongs where that form was written, or to all."""

    column: str = "name"


@dataclass(frozen=True, slots=True)
class Installation:
    """The row belongs to the installation, because `why`."""

    why: str


Rule = Own | Through | OfForm | Installation

_OF_ROUND, _OF_PILOT = Through("round_id", "round"), Through("pilot_id", "pilot")
#: Every table that has a model. A new one is refused by a test until it stands here.
BELONGS: dict[str, Rule] = {
    "approval": Own(),
    "audit_pack": Installation("it is one signed file for the whole installation"),
    "audit_entry": Installation("it is one chain, in which a gap could not be told from a missing entry"),
    "book_entry": _OF_PILOT,
    "check_decision": OfForm(),
    "certificate": Installation("it outlives what it tells of, and is signed for the whole installation"),
    "chore": Installation("the worker does it once a day for everybody"),
    "clip": OfForm(),
    "comment": _OF_ROUND,
    "decision": _OF_ROUND,
    "document": _OF_ROUND,
    "draft": Own(),
    "draft_step": Through("draft_id", "draft"),
    "envelope": _OF_ROUND,
    "evidence": _OF_PILOT,
    "family_notice": Own(),
    "form_approval": Own(),
    # The worker, which deletes for all schools, is held back by all of them.
    "hold": Own(),
    "incident": Installation("it is about the computer that all schools share"),
    "incident_note": Installation("it is added to an incident of the computer that all schools share"),
    # What a round left out or worded anew is nobody's: it is found by the round alone.
    "instrument_version": Own(sees=True, changes=True, filled=False),
    "month_report": Installation("it is about the one list of what staff did"),
    "name_word": _OF_ROUND,
    "next_step": Through("release_id", "release"),
    "one_time_link": Installation("it is found by its token, before anybody knows whose it is"),
    "part": _OF_ROUND,
    "participation": _OF_ROUND,
    "passkey": Installation("it is found by what a browser sends, before anybody knows whose it is"),
    "picture": Own(),
    "pilot": Own(),
    "pilot_document": _OF_PILOT,
    "privacy_rules": Installation("one set of rules holds for all schools of the district"),
    "proof_run": Installation("it attacks the computer that all schools share"),
    "reader": _OF_ROUND,
    "recovery_code": Installation("it is used before a session sees a school; pages show only one's own"),
    "register_fact": Installation("who answers for the computer answers for all its schools"),
    "release": _OF_ROUND,
    "report_request": _OF_ROUND,
    "review_quality": _OF_ROUND,
    "review_step": _OF_ROUND,
    # A sum over several schools is the district's alone.
    "roll_up": Own(),
    "room": _OF_ROUND,
    "round": _OF_PILOT,
    "school": Installation("it is the list of schools; pages show it to the district's staff alone"),
    "school_letter": Own(),
    "sign_in": Installation("it is found by its token, before anybody knows whose it is"),
    "sign_off": Installation("it is under a text about the whole installation"),
    "slip": _OF_ROUND,
    "slip_request": _OF_ROUND,
    # The district's staff work for every school, which sees who they are and changes nothing about them.
    "staff_member": Own(sees=True),
    "tally": _OF_ROUND,
    "text_signature": Installation("it holds for the same words wherever they are, and has only their hashes"),
    "theme": _OF_ROUND,
    "ticket": _OF_PILOT,
    "translated_text": OfForm(),
    "translations": _OF_ROUND,
    "try_out": OfForm(),
    "try_out_idea": Through("try_out_id", "try_out"),
    "try_out_mark": Through("try_out_id", "try_out"),
}


class OtherSchool(Exception):
    """Something of another school would have been written; nothing was."""


class ChooseSchool(Exception):
    """Something new belongs to a school, the session sees several, and nobody has said which."""


def condition(table: Table, columns: Any, school_id: str, *, strict: bool = False) -> ColumnElement[bool]:
    """What is true of the rows of `table` that this school sees; with `strict` of those that it may change.

    `columns` has the table's columns by name, as attributes: of the table, or of a mapped class.
    """
    rule = BELONGS[table.name]
    match rule:
        case Own():
            mine: ColumnElement[bool] = columns.school_id == school_id
            shared = rule.changes if strict else rule.sees
            return or_(mine, columns.school_id.is_(None)) if shared else mine
        case Through():
            inside = _inside(Base.metadata.tables[rule.table], school_id, strict=strict)
            found: ColumnElement[bool] = getattr(columns, rule.column).in_(inside)
            return found
        case OfForm():
            elsewhere: ColumnElement[bool] = getattr(columns, rule.column).not_in(_forms_elsewhere(school_id))
            return elsewhere
        case Installation():
            return true()


def _inside(table: Table, school_id: str, *, strict: bool) -> Select[Any]:
    """The ids of the school's rows. Of itself, not correlated with a query that has the same table."""
    return select(table.c.id).where(condition(table, table.c, school_id, strict=strict)).correlate(None)


def _forms_elsewhere(school_id: str) -> Select[Any]:
    tables = (Base.metadata.tables[name] for name in ("draft", "instrument_version"))
    names = union(*(select(each.c.name).where(each.c.school_id != school_id).correlate(None) for each in tables))
    return select(names.subquery("forms_elsewhere").c.name)


@lru_cache(maxsize=64)
def _options(school_id: str, *, strict: bool) -> tuple[ExecutableOption, ...]:
    """One condition for each mapped class; made once for a school, because every statement gets them."""
    return tuple(
        with_loader_criteria(
            mapper.class_,
            condition(table, mapper.class_, school_id, strict=strict),
            include_aliases=True,
            # What is loaded later is a statement of its own, and comes by here.
            propagate_to_loaders=False,
        )
        for mapper, table in _mapped()
        if not isinstance(BELONGS[table.name], Installation)
    )


def _mapped() -> Iterator[tuple[Mapper[Any], Table]]:
    for mapper in Base.registry.mappers:
        assert isinstance(mapper.local_table, Table)  # noqa: S101 - ours all are
        yield mapper, mapper.local_table


@event.listens_for(Session, "do_orm_execute")
def _see_one_school(state: ORMExecuteState) -> None:
    school_id = school_of(state.session)
    if school_id is None or state.is_column_load or state.execution_options.get("every_school", False):
        return
    if state.is_select or state.is_update or state.is_delete:
        options = _options(school_id, strict=not state.is_select)
        state.statement = state.statement.options(*options)


@event.listens_for(Session, "before_flush")
def _write_to_one_school(session: Session, _context: object, _instances: object) -> None:
    school_id = school_of(session)
    with session.no_autoflush:
        for new in session.new:
            _place(session, new, school_id)
        if school_id is None:
            return
        changed = [each for each in session.dirty if session.is_modified(each)]
        for each in (*session.new, *changed, *session.deleted):
            if not _is_inside(session, each, school_id):
                raise OtherSchool(type(each).__name__)


def _place(session: Session, new: Any, school_id: str | None) -> None:
    rule = BELONGS[new.__table__.name]
    # None where somebody said so: the district's.
    if isinstance(rule, Own) and rule.filled and "school_id" not in vars(new):
        new.school_id = school_id or _only_school(session)


def _only_school(session: Session) -> str:
    found = session.scalars(select(DistrictSchool.id).limit(2)).all()
    if len(found) != 1:
        raise ChooseSchool
    return found[0]


def _is_inside(session: Session, row: Any, school_id: str) -> bool:
    rule = BELONGS[row.__table__.name]
    match rule:
        case Own():
            return row.school_id == school_id or (row.school_id is None and rule.changes)
        case Through():
            return _has_parent(session, row, rule)
        case OfForm() | Installation():
            return True


def _has_parent(session: Session, row: Any, rule: Through) -> bool:
    """Whether the row that it hangs on is one that this session sees, or is new itself and looked at for itself."""
    parent_id = getattr(row, rule.column)
    if parent_id is None:
        return True  # a relationship says it, or the database refuses it
    parent = next(mapper.class_ for mapper, table in _mapped() if table.name == rule.table)
    if any(isinstance(new, parent) and new.id == parent_id for new in session.new):
        return True
    return session.get(parent, parent_id) is not None
