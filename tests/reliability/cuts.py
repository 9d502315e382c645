"""R2: a thousand power cuts. One storm is recorded write by write; the disk is then built as cuts could leave it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from feedback.privacy.receipts import envelope_id
from tests.reliability.audit import open_after_a_cut
from tests.reliability.child import ACKNOWLEDGED
from tests.reliability.failing_disk import Disk, Done
from tests.reliability.posters import Storm
from tests.reliability.replay import Replay, Tear
from tests.reliability.service import CHANGED, serving

_POSTERS = 16


@dataclass(frozen=True, slots=True)
class Cuts:
    """What was found on the disks."""

    acknowledged: int
    images: int
    #: Images on which something acknowledged before the cut is missing, and the most that one of them misses.
    losing: int
    worst: int
    #: Images that are not intact.
    corrupt: int


@dataclass(frozen=True, slots=True)
class _Recording:
    """The database's files before the storm, what was done then, and the round's pepper."""

    database: Path
    before: dict[str, bytes]
    done: list[Done]
    acknowledged: int
    pepper: bytes


def cut_the_power(folder: Path, *, images: int, each: int, synchronous: str = "", seed: int = 1) -> Cuts:
    """Record 16 posters sending `each` forms, then cut the power `images` times. `synchronous` weakens the database."""
    recording = _record(folder / "school", each, synchronous)
    dice = Random(seed)  # noqa: S311 - cuts that can be had again, not a secret
    losing = worst = corrupt = 0
    for number, (image, promised) in enumerate(_images(recording, images, dice)):
        place = folder / f"image-{number}"
        place.mkdir()
        for path, body in image.items():
            (place / Path(path).name).write_bytes(body)
        integrity, found = open_after_a_cut(place / recording.database.name)
        missing = len(promised - found)
        losing, worst, corrupt = losing + (missing > 0), max(worst, missing), corrupt + (integrity != "ok")
        shutil.rmtree(place)
    return Cuts(recording.acknowledged, images, losing, worst, corrupt)


def _record(folder: Path, each: int, synchronous: str) -> _Recording:
    disk = Disk(folder / "workshop", folder / "instance", records=True)
    environ = {**disk.environ, "HARNESS_MARKS": "1", "HARNESS_SYNCHRONOUS": synchronous}
    with serving(folder, program=CHANGED, environ=environ) as service:
        with service.school():
            round_ = service.open_round()
        database = service.settings.instance / "voicebox.db"
        before = {str(path): path.read_bytes() for path in database.parent.glob(f"{database.name}*")}
        service.start()
        storm = Storm(service.port, service.address)
        storm.run(_POSTERS, each)
        # Killed, not stopped: an orderly end would empty the write-ahead log into the file, and hide what was in it.
        service.kill()
        with service.school() as school:
            pepper = school.keystore.pepper(round_.id)
    assert len(storm.acknowledged) == len(storm.sent) == _POSTERS * each, storm.statuses
    return _Recording(database, before, list(disk.done()), len(storm.acknowledged), pepper)


def _images(recording: _Recording, images: int, dice: Random) -> Iterator[tuple[dict[str, bytes], set[str]]]:
    """The disk after each cut, and the envelopes that were acknowledged by then."""
    database = str(recording.database)
    kept = (database, f"{database}-wal", f"{database}-journal")
    replay = Replay()
    for path, body in recording.before.items():
        replay.start_with(path, body)
    cuts = sorted(dice.choices(range(len(recording.done)), k=images))
    promised: set[str] = set()
    for number, done in enumerate(recording.done):
        if Path(done.path).name == ACKNOWLEDGED:
            if done.what == "w":
                promised.add(envelope_id(done.data.decode(), recording.pepper))
        else:
            replay.play(done)
        for _ in range(cuts.count(number)):
            yield replay.after_a_cut(dice.choice(list(Tear)), dice, only=kept), set(promised)
