"""A deletion from its beginning to its certificate: begun, keys destroyed, rows deleted, scrubbed, searched, signed.

It is written down before anything goes, so that one that is cut off anywhere is taken up by the next run: every step
can be done again, and the certificate is signed once. What a certificate says it is made from stands in the row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.db import NotScrubbed, reading, scrub, writing
from feedback.models import Certificate, Chore, Round
from feedback.operations.record import record
from feedback.operations.retention import marker
from feedback.operations.retention.certificate_facts import (
    before_of_round,
    before_of_try_outs,
    chain_head,
    keys_of,
    sign_certificate,
)
from feedback.operations.retention.holds import holds_that_stand
from feedback.operations.retention.purge_round import delete_comments, delete_results, delete_unused_slips, destroy_box
from feedback.operations.school import School
from feedback.operations.workshop.try_outs_over import delete_try_outs

#: Told (steps done, of how many).
Step = Callable[[int, int], None]
#: Delete, scrub, search and sign.
STEPS = 4


@dataclass(frozen=True, slots=True)
class Why:
    """Whose deletion it is, for the log, and what made it happen: a date, or two people with their accounts."""

    account: str
    facts: Mapping[str, Any]
    trigger: Mapping[str, Any] = field(default_factory=lambda: {"kind": "date"})


def begin(
    session: Session,
    school: School,
    round_id: str | None,
    layers: Sequence[str],
    why: Why,
    *,
    today: date,
    now: datetime,
) -> str | None:
    """Write down, in the caller's transaction, that these layers go; None where somebody began it already."""
    if _is_begun(session, round_id, layers):
        return None
    head = chain_head(session)
    record(session, now, why.account, "purged", round_id or "", **why.facts)
    layers = list(layers)
    counts = before_of_round(session, round_id, layers) if round_id else before_of_try_outs(session, school, today)
    keys = keys_of(session, school, round_id, layers)
    before = {**counts, "trigger": dict(why.trigger), "chain": head, "keys": keys}
    begun = Certificate(round_id=round_id, layers=layers, before=before, begun_on=today, step="begun")
    session.add(begun)
    session.flush()
    return begun.id


def carry_on(school: School, *, today: date, now: datetime, step: Step = lambda _done, _all: None) -> int:
    """End every deletion that was begun; how many certificates were signed. What is held and untouched waits."""
    waiting = _unfinished(school)
    whole = STEPS * len(waiting)
    for done, certificate_id in enumerate(waiting, start=1):
        _delete(school, certificate_id, today)
        step(done, whole)
    scrubbing = [certificate_id for certificate_id in waiting if _step_of(school, certificate_id) == "scrubbing"]
    if not scrubbing or not _is_scrubbed(school):
        return 0
    step(2 * len(waiting), whole)
    since = _earliest(school, scrubbing)
    words = {certificate_id: marker.word_of(school, certificate_id) for certificate_id in scrubbing}
    search = marker.look_for(school, words.values(), backups_since=since)
    step(3 * len(waiting), whole)
    signed = [sign_certificate(school, each, words[each], search, today=today, now=now) for each in scrubbing]
    step(whole, whole)
    return sum(signed)


def has_unfinished(school: School) -> bool:
    """Whether a deletion was begun and is not certified yet; asked every minute."""
    return bool(_unfinished(school))


def _delete(school: School, certificate_id: str, today: date) -> None:
    with writing(school.engine) as session:
        begun = session.get_one(Certificate, certificate_id)
        if begun.step == "begun":
            if begun.round_id and _is_held(session, begun):
                return
            begun.step = "deleting"
        if begun.step != "deleting":
            return
        session.flush()
        session.expunge(begun)
    for layer in begun.layers:
        _delete_layer(school, begun, layer, today)
    with writing(school.engine) as session:
        session.get_one(Certificate, certificate_id).step = "scrubbing"


def _delete_layer(school: School, begun: Certificate, layer: str, today: date) -> None:
    plant = partial(_plant, school, begun, layer)
    if begun.round_id is None:
        delete_try_outs(school, begun.before["try_outs"], plant)
    elif layer == "comments":
        # Planted when its key is gone, so that no page tries to read it.
        delete_comments(school, begun.round_id, today=_day_of(school, begun, layer, today), keys_gone=plant)
    elif layer == "tallies":
        plant()
        delete_results(school, begun.round_id, today=_day_of(school, begun, layer, today))
    elif layer == "box":
        destroy_box(school, begun.round_id, keys_gone=plant)
    else:
        plant()
        delete_unused_slips(school, begun.round_id)


def _day_of(school: School, begun: Certificate, layer: str, today: date) -> date:
    """The day on which it was deleted, also where it is deleted a second time because the first was cut off."""
    with reading(school.engine) as session:
        round_ = session.get_one(Round, begun.round_id)
        return (round_.comments_purged_on if layer == "comments" else round_.tallies_purged_on) or today


def _plant(school: School, begun: Certificate, layer: str) -> None:
    of = begun.round_id or begun.before["try_outs"][0]
    with writing(school.engine) as session:
        marker.plant(session, school, begun, layer, of)
    if marker.is_in_the_database(school, marker.word_of(school, begun.id)):
        with writing(school.engine) as session:
            row = session.get_one(Certificate, begun.id)
            row.before = {**row.before, "marker_seen": sorted({*row.before.get("marker_seen", ()), layer})}


def _is_scrubbed(school: School) -> bool:
    try:
        scrub(school.engine)
    except NotScrubbed:
        # Somebody keeps reading. The next shake, a minute from now, scrubs too.
        with writing(school.engine) as session:
            session.execute(delete(Chore).where(Chore.name == "shake"))
        return False
    return True


def _is_held(session: Session, begun: Certificate) -> bool:
    round_ = session.get_one(Round, begun.round_id)
    held = holds_that_stand(session)
    return held.results_of(round_) if "tallies" in begun.layers else held.voices_of(round_)


def _is_begun(session: Session, round_id: str | None, layers: Sequence[str]) -> bool:
    unfinished = session.scalars(select(Certificate).where(Certificate.step != "signed"))
    return any(each.round_id == round_id and set(each.layers) & set(layers) for each in unfinished)


def _unfinished(school: School) -> list[str]:
    with reading(school.engine) as session:
        unfinished = select(Certificate.id).where(Certificate.step != "signed")
        return list(session.scalars(unfinished.order_by(Certificate.begun_on, Certificate.id)))


def _step_of(school: School, certificate_id: str) -> str:
    with reading(school.engine) as session:
        return session.get_one(Certificate, certificate_id).step


def _earliest(school: School, ids: list[str]) -> date:
    with reading(school.engine) as session:
        return min(session.get_one(Certificate, each).begun_on for each in ids)
