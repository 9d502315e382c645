"""After a storm: is every acknowledged form in the box, once, and does the count say exactly what was sent?"""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round, Slip, Tally
from feedback.privacy.receipts import envelope_id
from tests.reliability.posters import Storm
from tests.reliability.service import Service


@dataclass(frozen=True, slots=True)
class Box:
    """What the box holds, beside what was promised."""

    acknowledged: int
    #: Acknowledged, and not in the box.
    lost: int
    #: In the box, though nobody was given a receipt for it.
    strange: int
    #: Forms with two receipts, and receipts of two forms.
    receipts_astray: int
    #: Slips that are used without an envelope, or not used though there is one; 0 in a round without slips.
    slips_astray: int
    #: "ok", or what the database says is wrong with its file.
    integrity: str

    @property
    def is_kept(self) -> bool:
        """Whether the promise was kept."""
        return (self.lost, self.strange, self.receipts_astray, self.slips_astray, self.integrity) == (0, 0, 0, 0, "ok")


def look_into_the_box(service: Service, storm: Storm) -> Box:
    """Compare what was acknowledged with the envelopes in the open box."""
    with service.school() as school, Session(school.engine) as session:
        found = set(session.scalars(select(Envelope.id).where(Envelope.round_id == service.round.id)))
        sqlite = school.engine.dialect.name == "sqlite"
        integrity = str(session.execute(text("PRAGMA integrity_check")).scalar()) if sqlite else "ok"
        used = session.scalar(select(func.count()).where(Slip.round_id == service.round.id, Slip.used)) or 0
        pepper = school.keystore.pepper(service.round.id)
    given = [receipt for receipts in storm.acknowledged.values() for receipt in receipts]
    ids = {envelope_id(receipt, pepper) for receipt in given}
    return Box(
        acknowledged=len(storm.acknowledged),
        lost=len(ids - found),
        strange=len(found - ids),
        receipts_astray=abs(len(storm.acknowledged) - len(given)) + len(given) - len(set(given)),
        slips_astray=abs(used - len(found)) if service.round.slips else 0,
        integrity=integrity,
    )


def counted(service: Service) -> Counter[str]:
    """What the count says about the question "ease", by cell; nothing where the round was not counted."""
    with service.school() as school, Session(school.engine) as session:
        rows = session.execute(
            select(Tally.cell, Tally.people).where(
                Tally.round_id == service.round.id,
                Tally.question == "ease",
                Tally.breakdown == "",
                Tally.cell != "",
            )
        )
        return Counter({cell: people for cell, people in rows if people})


def state_of(service: Service) -> str:
    """The round's state."""
    with service.school() as school, Session(school.engine) as session:
        return session.get_one(Round, service.round.id).state


def open_after_a_cut(file: Path) -> tuple[str, set[str]]:
    """What SQLite says about the file, and the ids of its envelopes; ("…", nothing) where it cannot be read at all."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
        return integrity, {id_ for (id_,) in connection.execute("SELECT id FROM envelope")}
    except sqlite3.DatabaseError as unreadable:
        return str(unreadable), set()
    finally:
        connection.close()
