"""R3, plan, do, study, act: the newest cycle on one side (domain.md 4.4), its study filled with released figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.i18n import Catalogue
from feedback.operations.evidence.frozen import evidence_for
from feedback.operations.evidence.shape import RoundSeen
from feedback.operations.pilots.book import read_entries
from feedback.operations.pilots.pilot import find_pilot
from feedback.operations.reports.kinds.kind import Mark, Report, Room, Said
from feedback.operations.reports.kinds.pilot import RoundWords, dated, day_of, pilot_marks, words_of
from feedback.operations.reports.kinds.teacher import public_words
from feedback.operations.school import School
from feedback.operations.schools import name_for


@dataclass(frozen=True, slots=True)
class CycleSheet:
    """One cycle, in the shape of `entries.Cycle`; None is a sheet to fill in by hand. `decides`: the round whose
    figures it is studied with, None before a release."""

    school: str
    title: Said
    cycle: Mapping[str, Any] | None
    decides: RoundSeen | None
    words: Mapping[str, RoundWords]
    marks: tuple[Mark, ...]
    release: str
    released_on: date

    @property
    def asked(self) -> dict[str, Said]:
        """Every question that a round of the pilot asked, by id: a prediction is about one of them, or in own words."""
        return {id_: said for version in self.words.values() for id_, said in version.questions.items()}


def cycle_sheet(session: Session, school: School, pilot_id: str, language: str) -> CycleSheet:
    """What the sheet says; NotFound."""
    pilot = find_pilot(session, pilot_id)
    shown = evidence_for(session, school, pilot)
    cycles = sorted((each.body for each in read_entries(session, pilot_id, "cycle")), key=lambda body: body["number"])
    evidence = shown.evidence
    return CycleSheet(
        school=name_for(school, pilot),
        title=public_words(evidence.plan.words, "title", language),
        cycle=dated(cycles[-1], "starts_on", "ends_on") if cycles else None,
        decides=evidence.round(evidence.decides) if evidence.decides else None,
        words=words_of(session, evidence, language),
        marks=pilot_marks(shown),
        release=shown.sha256[:12] if shown.sha256 else "",
        released_on=day_of(shown),
    )


PDSA = Report(
    kind="pdsa",
    scope="pilot",
    catalogue=Catalogue.STAFF,
    facts=cycle_sheet,
    sides=1,
    rooms=(Room("plain"), Room("snug"), Room("tight")),
)
