"""L17: does the time of an answer tell what the page does not? Two kinds of requests in turn, two thousand of each.

Only kinds that get the same page are compared: whoever is told "we know this receipt" needs no stop-watch.
"""

import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from statistics import median
from urllib.parse import urlencode

from scipy.stats import mannwhitneyu
from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.models import Slip
from feedback.privacy.receipts import new_form_key
from feedback.privacy.slips import new_code
from tests.reliability.posters import Storm
from tests.reliability.service import Service

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
#: At least this likely by chance, and at most this far apart.
_LEAST_P, _MOST_SECONDS = 0.01, 0.001
#: Requests that are sent first and not measured: connections, caches and templates are new then.
_WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Split:
    """What a stop-watch sees: how likely such a difference is by chance, and how far the medians are apart."""

    p: float
    seconds_apart: float
    statuses: frozenset[int]

    @property
    def tells_nothing(self) -> bool:
        """Whether both kinds got the same status and the same time."""
        return self.p > _LEAST_P and abs(self.seconds_apart) < _MOST_SECONDS and len(self.statuses) == 1


def used_and_unknown_slips(service: Service, requests: int) -> Split:
    """Slips that are known and were used, against slips that nobody ever printed."""
    service.open_round(slips=True, group_size=100)
    used = service.print_slips(50)
    with service.school() as school, Session(school.engine) as session, session.begin():
        session.execute(update(Slip).where(Slip.round_id == service.round.id).values(used=True))
    return _slips_apart(service, used, [new_code() for _ in range(50)], requests)


def mistyped_and_unknown_slips(service: Service, requests: int) -> Split:
    """Slips whose check letter is wrong, against slips that nobody ever printed."""
    service.open_round(slips=True, group_size=100)
    mistyped = [code[:-1] + ("0" if code[-1] != "0" else "1") for code in (new_code() for _ in range(50))]
    return _slips_apart(service, mistyped, [new_code() for _ in range(50)], requests)


def wrong_and_mistyped_receipts(service: Service, requests: int) -> Split:
    """Receipts that nobody has, with a right check digit and with a wrong one, while the round is open."""
    service.open_round()
    receipts = _receipts(service, 50)
    return _receipts_apart(
        service, [_other(receipt) for receipt in receipts], [one[::-1] for one in receipts], requests
    )


def right_and_wrong_receipts_after_the_count(service: Service, requests: int) -> Split:
    """Receipts of envelopes that were counted, against receipts that nobody ever had."""
    service.open_round()
    receipts = _receipts(service, 50)
    service.finish()
    return _receipts_apart(service, receipts, [_other(receipt) for receipt in receipts], requests)


def _receipts(service: Service, number: int) -> list[str]:
    service.start()
    storm = Storm(service.port, service.address)
    storm.run(10, number // 10)
    service.stop()
    return [receipt for given in storm.acknowledged.values() for receipt in given]


def _other(receipt: str) -> str:
    """A receipt that is a few numbers on, with its check digit as it was: wrong in one way or the other."""
    return " ".join((receipt[:4], f"{(int(receipt[5:9]) + 1) % 10_000:04}", receipt[10:]))


def _slips_apart(service: Service, one: Sequence[str], other: Sequence[str], requests: int) -> Split:
    service.start()
    hidden = Storm(service.port, service.address).hidden_fields()
    form = {**hidden, "q-ease": "easy", "go": "send"}

    def body(slip: str) -> str:
        return urlencode({**form, "form_key": new_form_key(), "slip": slip})

    return _apart(service, service.address, body, one, other, requests)


def _receipts_apart(service: Service, one: Sequence[str], other: Sequence[str], requests: int) -> Split:
    service.start()
    path = f"{service.address}/receipt"
    return _apart(service, path, lambda receipt: urlencode({"receipt": receipt}), one, other, requests)


def _apart(
    service: Service,
    path: str,
    body: Callable[[str], str],
    one: Sequence[str],
    other: Sequence[str],
    requests: int,
) -> Split:
    """Both kinds in turn, in random order within each pair, over one connection: noise hits both alike."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    dice = Random(17)  # noqa: S311 - which of two comes first, not a secret
    seconds: tuple[list[float], list[float]] = ([], [])
    statuses = set()
    pairs = islice(zip(cycle(one), cycle(other), strict=False), requests + _WARM_UP)
    for number, pair in enumerate(pairs):
        for kind in dice.sample((0, 1), 2):
            sent = body(pair[kind])
            started = time.perf_counter()
            connection.request("POST", path, sent, _HEADERS)
            answer = connection.getresponse()
            answer.read()
            if number >= _WARM_UP:
                seconds[kind].append(time.perf_counter() - started)
                statuses.add(answer.status)
    connection.close()
    service.stop()
    return Split(float(mannwhitneyu(*seconds).pvalue), median(seconds[0]) - median(seconds[1]), frozenset(statuses))
