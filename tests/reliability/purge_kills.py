"""A purge is killed at random moments, again and again: the next run ends it, and signs one exact certificate."""

import os
import time
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from signal import SIGKILL

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry, Certificate, Comment, Round
from feedback.operations.counting.comments import bound
from feedback.operations.heads import first_broken_entry
from feedback.operations.school import School, now_utc
from feedback.privacy.evidence import read_document
from feedback.privacy.sealed_text import seal_text
from tests.reliability.service import CHANGED, Service

#: Comments of a round: several batches.
_COMMENTS = 1200
_PATIENCE = 120
_KILLS_A_ROUND = 5


@dataclass(frozen=True, slots=True)
class PurgesKilled:
    """How many purges were killed, in how many of them something had begun, and how many ended wrongly."""

    kills: int
    begun: int
    wrong: int


def kill_the_purge(service: Service, *, kills: int, seed: int = 1) -> PurgesKilled:
    """Kill one purge after the other, each of a round of its own, and let the next run end it."""
    service.program = CHANGED
    dice = Random(seed)  # noqa: S311 - moments that can be had again, not a secret
    _a_round_that_is_due(service)
    lasts = _purge(service, patience=_PATIENCE)
    assert lasts is not None
    begun = wrong = done = 0
    while done < kills:
        round_ = _a_round_that_is_due(service)
        for _ in range(min(_KILLS_A_ROUND, kills - done)):
            if _purge(service, patience=dice.uniform(0, lasts)) is not None:
                break
            done += 1
            begun += _certificates(service, round_.id) > 0
        _purge(service, patience=_PATIENCE)
        wrong += not _is_exact(service, round_.id)
    return PurgesKilled(done, begun, wrong)


def _a_round_that_is_due(service: Service) -> Round:
    round_ = service.open_round()
    with service.school() as school, Session(school.engine) as session, session.begin():
        row = session.get_one(Round, round_.id)
        row.state, row.counted_on = "scrubbed", now_utc().date() - timedelta(days=100)
        row.counted_envelopes = _COMMENTS
        session.add_all(_comments(school, round_.id))
    return round_


def _comments(school: School, round_id: str) -> list[Comment]:
    key = school.keystore.data_key(round_id)
    sealed = [seal_text({"text": f"Soup {n}"}, key, bound_to=bound(round_id, "wish")) for n in range(_COMMENTS)]
    return [Comment(round_id=round_id, question="wish", sealed=each) for each in sealed]


def _purge(service: Service, *, patience: float) -> float | None:
    """Run the purge and kill it when patience is over; seconds that it took, None if it was killed."""
    process = service.run("purge", pipe=True)
    out = process.stdout
    assert out is not None
    try:
        assert out.readline() == b"ready\n", service.said.read_text(errors="replace")
        started = time.monotonic()
        while process.poll() is None:
            if time.monotonic() - started > patience:
                return None
            time.sleep(0.002)
        assert process.returncode == 0, service.said.read_text(errors="replace")
        return time.monotonic() - started
    finally:
        if process.poll() is None:
            os.killpg(process.pid, SIGKILL)
        process.wait(10)
        out.close()


def _certificates(service: Service, round_id: str) -> int:
    with service.school() as school, Session(school.engine) as session:
        counted = select(func.count()).select_from(Certificate).where(Certificate.round_id == round_id)
        return session.scalar(counted) or 0


def _is_exact(service: Service, round_id: str) -> bool:
    """One certificate, signed, with the band of before, nothing left, the sentence found nowhere, one entry each."""
    with service.school() as school:
        with Session(school.engine) as session:
            rows = session.scalars(select(Certificate).where(Certificate.round_id == round_id)).all()
            left = session.scalar(select(func.count()).select_from(Comment).where(Comment.round_id == round_id))
            actions = list(session.scalars(select(AuditEntry.action).where(AuditEntry.object_id == round_id)))
            documents = [row.document or "" for row in rows]
        holds = first_broken_entry(school) is None
        keyless = not school.keystore.has_data_key(round_id)
    facts = [read_document(each.encode()).facts for each in documents]
    return (
        [each["counts"] for each in facts] == [{"before": {"comments": ">= 20"}, "after": {"comments": 0}}]
        and facts[0]["search"]["found_after_in"] == []
        and facts[0]["search"]["found_before_in_layers"] == ["comments"]
        and (left, actions.count("purged"), holds, keyless) == (0, 1, True, True)
    )
