"""R2, inside the count: the power is cut anywhere between closing the box and the last byte scrubbed.

The whole installation is replayed, database and keystore. A school that starts again on such a disk has to count
exactly what was sent, once; a key that is destroyed before its tallies are safe would lose them all.
"""

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from feedback.operations.errors import WrongState
from feedback.operations.finish import finish_round
from feedback.operations.retention.ledger import apply_ledger
from feedback.operations.school import now_utc
from feedback.privacy.keys import KeyGone
from tests.factories import drop_envelopes
from tests.reliability.audit import counted, state_of
from tests.reliability.failing_disk import Disk, Done
from tests.reliability.posters import EASE
from tests.reliability.replay import Replay, Tear
from tests.reliability.service import CHANGED, Service, serving

_ENVELOPES = 60


@dataclass(frozen=True, slots=True)
class CountCuts:
    """How many disks there were, in which state their round was found, and how many were counted wrongly or never."""

    images: int
    found: Counter[str]
    wrong: int


def cut_the_count(folder: Path, *, images: int, synchronous: str = "", within: float = 1, seed: int = 1) -> CountCuts:
    """Record one count, cut the power `images` times, let each school finish. `synchronous` weakens the database.

    `within` is the share of what was written in which the cuts lie: the file is written anew at the end, and that is
    most of it.
    """
    dice = Random(seed)  # noqa: S311 - cuts that can be had again, not a secret
    with serving(folder / "school", program=CHANGED) as service:
        round_, sent = service.open_round(), Counter(dice.choices(EASE, k=_ENVELOPES))
        with service.school() as school:
            drop_envelopes(school, round_, *({"ease": ease} for ease in sent.elements()))
        service.close_the_round()
        before = {str(path): path.read_bytes() for path in service.folder.rglob("*") if path.is_file()}
        done = _record(folder / "workshop", service, synchronous)
    cuts = sorted(dice.choices(range(round(within * len(done))), k=images))
    replay, found, wrong = Replay(), Counter[str](), 0
    for path, body in before.items():
        replay.start_with(path, body)
    for number, one in enumerate(done):
        replay.play(one)
        for _ in range(cuts.count(number)):
            image = replay.after_a_cut(dice.choice(list(Tear)), dice, only=list(replay.files))
            again = _moved(service, image, folder / "image")
            found[state_of(again)] += 1
            wrong += _finished(again) != sent
            shutil.rmtree(again.folder)
    return CountCuts(images, found, wrong)


def _record(workshop: Path, service: Service, synchronous: str) -> list[Done]:
    disk = Disk(workshop, service.folder, records=True)
    service.environ = {**disk.environ, "HARNESS_SYNCHRONOUS": synchronous}
    service.finish()
    return list(disk.done())


def _moved(service: Service, image: dict[str, bytes], folder: Path) -> Service:
    """The school on a disk after a cut, in a folder of its own. SQLite's -shm is memory and is gone."""
    for path, body in image.items():
        if not path.endswith("-shm"):
            place = folder / Path(path).relative_to(service.folder)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.write_bytes(body)
            place.chmod(0o600)
    again = replace(service, folder=folder)
    again.round = service.round
    return again


def _finished(service: Service) -> Counter[str]:
    """What the count says once the school has started again and finished it; nothing where it never can."""
    with service.school() as school:
        apply_ledger(school)
        # The box's key is gone and the tallies are not there (or are said to be elsewhere): nobody can count it now.
        with suppress(KeyGone, WrongState):
            finish_round(school, service.round.id, today=now_utc().date())
    return counted(service)
