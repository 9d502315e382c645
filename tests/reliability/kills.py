"""R1: every process of the server is killed at random moments, while 64 people post; and inside the count."""

import os
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from select import select
from signal import SIGKILL

from tests.factories import drop_envelopes
from tests.reliability.audit import Box, counted, look_into_the_box, state_of
from tests.reliability.posters import EASE, Storm
from tests.reliability.service import CHANGED, Service

#: A server is killed after it has acknowledged so many forms and lived so many seconds more, or after a minute: the
#: storm is then as hard on a busy machine as on a quiet one.
_ACKNOWLEDGES, _LIVES, _LONGEST_LIFE = (0, 120), (0.0, 0.5), 60.0
_POSTERS = 64
#: Envelopes in a box whose count is killed, and how often one and the same count is.
_ENVELOPES, _KILLS_A_ROUND = 100, 3
#: Seconds after which a count that nobody disturbs would be stuck.
_PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Killed:
    """One storm's outcome."""

    box: Box
    sent: Counter[str]
    counted: Counter[str]
    statuses: Counter[str]
    #: How many of the kills hit while posts were on their way: somebody lost the connection.
    felt: int
    stuck: int

    @property
    def is_kept(self) -> bool:
        """Nothing acknowledged is lost, nothing is counted twice, and everybody was acknowledged in the end."""
        known = {"200", "503"}
        strange = [status for status in self.statuses if status not in known and not status.startswith("gone")]
        return self.box.is_kept and self.sent == self.counted and not self.stuck and not strange


def kill_the_server(
    service: Service, *, kills: int, seed: int = 1, slips: int = 0, posters: int = _POSTERS, rest: float = 0.025
) -> Killed:
    """Kill the server and its worker this often under posters, then count the round, with so many slips or none."""
    service.open_round(slips=slips > 0, group_size=slips or None)
    codes = service.print_slips(slips) if slips else None
    dice = Random(seed)  # noqa: S311 - a storm that can be had again, not a secret
    service.start("start")
    storm = Storm(service.port, service.address, seed, slips=codes, rest=rest)
    felt = 0
    with storm.raging(posters):
        for _ in range(kills):
            _let_live(storm, dice)
            before = _gone(storm)
            service.kill()
            service.start("start")
            felt += _gone(storm) > before
        time.sleep(1)
    service.stop()
    box = look_into_the_box(service, storm)
    service.finish()
    return Killed(box, Counter(storm.sent.values()), counted(service), storm.statuses, felt, len(storm.stuck))


@dataclass(frozen=True, slots=True)
class CutOff:
    """What killing the count did: the states that kills left rounds in, and how many counts were wrong."""

    kills: int
    found: Counter[str]
    wrong: int


def kill_the_count(service: Service, *, kills: int, seed: int = 1) -> CutOff:
    """Kill the count of one round after the other at random moments, and then let it finish.

    The process says when its imports are done; kills fall between that and the end of an undisturbed count.
    """
    service.program = CHANGED
    dice = Random(seed)  # noqa: S311 - as above
    _a_closed_round(service, dice)
    lasts = _count(service, patience=_PATIENCE)
    assert lasts is not None
    found: Counter[str] = Counter()
    wrong = 0
    while found.total() < kills:
        sent = _a_closed_round(service, dice)
        for number in range(min(_KILLS_A_ROUND, kills - found.total())):
            took = _count(service, patience=dice.uniform(0, 1.1 * lasts))
            if took is not None:
                # Nobody disturbed it, so this is how long one lasts by now; a busy machine changes its mind.
                lasts = lasts if number else took
                break
            found[state_of(service)] += 1
        _count(service, patience=_PATIENCE)
        wrong += (counted(service), state_of(service)) != (sent, "scrubbed")
    return CutOff(found.total(), found, wrong)


def _let_live(storm: Storm, dice: Random) -> None:
    until, enough = time.monotonic() + _LONGEST_LIFE, storm.statuses["200"] + dice.randint(*_ACKNOWLEDGES)
    while storm.statuses["200"] < enough and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(dice.uniform(*_LIVES))


def _gone(storm: Storm) -> int:
    """Posts whose connection was lost on its way; to find nobody there is no such thing."""
    lost = {status: times for status, times in storm.statuses.items() if status.startswith("gone")}
    return sum(lost.values()) - lost.get("gone ConnectionRefusedError", 0)


def _a_closed_round(service: Service, dice: Random) -> Counter[str]:
    """A new round with a box full of known answers; what they are."""
    round_ = service.open_round()
    sent = dice.choices(EASE, k=_ENVELOPES)
    with service.school() as school:
        drop_envelopes(school, round_, *({"ease": ease} for ease in sent))
    service.close_the_round()
    return Counter(sent)


def _count(service: Service, *, patience: float) -> float | None:
    """Run the count and kill it when patience is over; seconds that it took, None if it was killed before its end."""
    process = service.run("finish-round", service.round.code, pipe=True)
    out = process.stdout
    assert out is not None
    try:
        assert out.readline() == b"ready\n", service.said.read_text(errors="replace")
        started = time.monotonic()
        # The command says "Counted" and then reads comments, which is no part of the count.
        if not select([out], [], [], patience)[0]:
            return None
        assert out.readline().startswith(b"Counted."), service.said.read_text(errors="replace")
        return time.monotonic() - started
    finally:
        os.killpg(process.pid, SIGKILL)
        process.wait(10)
        out.close()
