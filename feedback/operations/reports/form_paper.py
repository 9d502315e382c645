"""What a round prints before it ends: the form on paper, a letter, a poster, and a script to read aloud.

They are made by the worker, as reports are, and kept; a page asks for them and shows them when they are there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from feedback.db import reading, writing
from feedback.i18n import Catalogue, offered
from feedback.languages import NASTALIQ
from feedback.models import Document, ReportRequest, Round, StaffMember
from feedback.operations.answers.publish import Asked, asked_of, in_languages
from feedback.operations.errors import NotFound, WrongState
from feedback.operations.reports.report import MOST_TRIES
from feedback.operations.rounds.course import find_round
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.privacy.permissions import Action
from feedback.two_languages import both_of
from forms.paper import line_numbers
from forms.piping import with_answers

#: The kind of a request for all papers of a round in one language.
PAPERS = "papers"
#: Facts that no paper shows, and that change while papers lie on a desk.
_NOT_SHOWN = {"slips_printed", "instrument", "groups", "read_aloud"}


class Paper(StrEnum):
    """What can be printed for a round, in each of its languages."""

    FORM = "form"
    LETTER = "letter"
    POSTER = "poster"
    SCRIPT = "script"
    #: The letter once more in the hand that Urdu is written by, to print; the other one can be searched and read aloud.
    NASTALIQ = "letter_nastaliq"


def papers_in(language: str) -> tuple[Paper, ...]:
    """What can be printed in a language, or in two ("ur+en")."""
    return tuple(paper for paper in Paper if paper is not Paper.NASTALIQ or both_of(language)[0] in NASTALIQ)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Everything that a round's papers show in one language, or in two ("ur+en"), and `of`, the SHA-256 over it.

    `root` is the round's own link. `last_day` is the last one on a screen, `return_by` the last one for a sheet of
    paper.
    """

    asked: Asked
    language: str
    root: str
    opens_on: date
    last_day: date
    return_by: date
    of: str
    #: The number of each question, as it is typed in: the same in every language, also where one has fewer questions.
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the round, or the link of its group, is answered."""
        return f"{self.root}/g/{self.asked.group}" if self.asked.group else self.root

    @property
    def about(self) -> str:
        """Where it is explained what happens to the answers."""
        return f"{self.root}/about"

    @property
    def results(self) -> str:
        """Where everybody reads what was heard."""
        return f"{self.root}/results"


def paper_facts(school: School, round_id: str, language: str, group: str = "") -> PaperFacts:
    """What the papers say; NotFound for an unknown round, language or group, WrongState where nobody is asked here."""
    with reading(school.engine) as session:
        return _facts(school, _round(session, round_id), language, group)


def ask_for_papers(school: School, by: StaffMember, round_id: str, language: str, group: str = "") -> None:
    """Note that somebody wants the papers, so that a worker that died finds it again; starts the tries anew."""
    with writing(school.engine) as session:
        round_ = _round(session, round_id)
        allow(by, Action.SEE_PILOTS, round_)
        _facts(school, round_, language, group)
        session.merge(ReportRequest(round_id=round_id, language=language, kind=PAPERS, group=group, tries=0))


def papers_state(school: School, by: StaffMember, round_id: str, language: str, group: str = "") -> str:
    """ "made", "asked", "failed" (tried too often) or "none"."""
    with reading(school.engine) as session:
        round_ = _round(session, round_id)
        allow(by, Action.SEE_PILOTS, round_)
        facts = _facts(school, round_, language, group)
        if len(_kept(session, facts)) == len(papers_in(language)):
            return "made"
        request = session.get(ReportRequest, (round_id, language, PAPERS, group))
        if request is None:
            return "none"
        return "asked" if request.tries < MOST_TRIES else "failed"


def find_paper(
    school: School, by: StaffMember, round_id: str, paper: Paper, language: str, group: str = ""
) -> Document | None:
    """The paper as it would be printed now, detached; None until it has been made."""
    with reading(school.engine) as session:
        round_ = _round(session, round_id)
        allow(by, Action.SEE_PILOTS, round_)
        found = _kept(session, _facts(school, round_, language, group)).get(paper)
        session.expunge_all()
        return found


def begin_papers(school: School, facts: PaperFacts) -> None:
    """Count one more try of papers that were asked for."""
    with writing(school.engine) as session:
        request = session.get(ReportRequest, _request_key(facts))
        if request is not None:
            request.tries += 1


def keep_papers(school: School, facts: PaperFacts, bodies: dict[Paper, bytes]) -> None:
    """Store papers that were made. One that is there already stays as it is."""
    with writing(school.engine) as session:
        key = dict(zip(("round_id", "language", "kind", "group"), _request_key(facts), strict=True))
        session.execute(delete(ReportRequest).filter_by(**key))
        there = _kept(session, facts)
        place = {"round_id": facts.asked.round_id, "language": facts.language, "of": facts.of}
        session.add_all(
            Document(kind=paper.value, body=body, sha256=sha256(body).hexdigest(), **place)
            for paper, body in bodies.items()
            if paper not in there
        )


def kept_papers(school: School, facts: PaperFacts) -> dict[Paper, bytes]:
    """The papers that were made of these facts; for commands, which act for the installation."""
    with reading(school.engine) as session:
        return {paper: document.body for paper, document in _kept(session, facts).items()}


def _round(session: Session, round_id: str) -> Round:
    find_round(session, round_id)
    return session.get_one(Round, round_id, options=[joinedload(Round.pilot), joinedload(Round.instrument)])


def _facts(school: School, round_: Round, language: str, group: str) -> PaperFacts:
    if round_.imported:
        raise WrongState("imported")
    known = {each["code"] for each in round_.groups}
    first, second = both_of(language)
    askable = {spoken for spoken in round_.languages if spoken in offered(Catalogue.RESPONDENT)}
    if not {first, second or first} <= askable or first == second or group not in {"", *known}:
        raise NotFound(round_.id)
    in_full = asked_of(school, round_, group or None)
    asked = in_languages(in_full, first, second or first)
    root = f"{school.settings.public_address}/{language}/r/{round_.code}"
    shown = {each.name: getattr(asked, each.name) for each in fields(asked) if each.name not in _NOT_SHOWN}
    return_by = school.settings.day_of(round_.box_shuts_at)
    told = json.dumps([shown, language, root, str(return_by)], sort_keys=True, ensure_ascii=False, default=str)
    return PaperFacts(
        asked=asked,
        language=language,
        root=root,
        opens_on=school.settings.day_of(round_.opens_at),
        last_day=school.settings.day_of(round_.closes_at),
        return_by=return_by,
        of=sha256(told.encode()).hexdigest(),
        numbers=line_numbers(with_answers(in_full.instrument, {})),
    )


def _kept(session: Session, facts: PaperFacts) -> dict[Paper, Document]:
    made = select(Document).where(
        Document.round_id == facts.asked.round_id,
        Document.language == facts.language,
        Document.of == facts.of,
        Document.kind.in_([paper.value for paper in Paper]),
    )
    return {Paper(document.kind): document for document in session.scalars(made)}


def _request_key(facts: PaperFacts) -> tuple[str, str, str, str]:
    return facts.asked.round_id, facts.language, PAPERS, facts.asked.group or ""
