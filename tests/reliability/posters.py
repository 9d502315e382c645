"""Respondents who do not give up: each sends a form until it is acknowledged, and some send it twice."""

import http.client
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock
from urllib.parse import urlencode

from feedback.privacy.receipts import new_form_key

#: What they choose from, in tests.factories.a_family_instrument.
EASE = ("hard", "fair", "easy", "unknown")
_HIDDEN = re.compile(r'<input[^>]*type="?hidden"?[^>]*>')
_NAME, _VALUE = re.compile(r'name="?([\w-]+)'), re.compile(r'value="([^"]*)"')
_RECEIPT = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
_TWICE = 0.15
_SECONDS_FOR_AN_ANSWER = 90


@dataclass(slots=True)
class Storm:
    """What was sent to one round's form, and what was answered. Shared by all posters."""

    port: int
    path: str
    seed: int = 1
    #: Seconds after which a form that is still not acknowledged is given up, and is then in `stuck`.
    patience: float = 900.0
    #: Seconds for which a poster rests after each form, on average; as it stands, the storm takes all the machine has.
    rest: float = 0.025
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    #: Codes, each for one form, where the round asks for slips. Posters stop when none is left.
    slips: list[str] | None = None
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def raging(self, posters: int) -> Iterator[None]:
        """While the block lasts, this many posters send form after form; then each brings its last one home."""
        enough = Event()
        with ThreadPoolExecutor(3 * posters) as pool:
            jobs = self._begin(pool, posters, enough, each=1_000_000)
            try:
                yield
            finally:
                enough.set()
            for job in jobs:
                job.result()

    def run(self, posters: int, each: int) -> None:
        """Let each of the posters send this many forms, and wait for them."""
        with ThreadPoolExecutor(3 * posters) as pool:
            for job in self._begin(pool, posters, Event(), each):
                job.result()

    def hidden_fields(self) -> dict[str, str]:
        """What a freshly opened form carries."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS_FOR_AN_ANSWER)
        connection.request("GET", self.path)
        page = connection.getresponse().read().decode()
        connection.close()
        found = {}
        for field_ in _HIDDEN.findall(page):
            if (name := _NAME.search(field_)) and (value := _VALUE.search(field_)):
                found[name[1]] = value[1]
        assert "carried" in found, page[:400]
        return found

    def fill_in(self, hidden: dict[str, str], ease: str) -> tuple[str, bytes]:
        """A form key, and a form with this answer as a browser would send it. IndexError when no slip is left."""
        form_key = new_form_key()
        with self._lock:
            slip = {} if self.slips is None else {"slip": self.slips.pop()}
            self.sent[form_key] = ease
        return form_key, urlencode({**hidden, **slip, "form_key": form_key, "q-ease": ease, "go": "send"}).encode()

    def deliver(self, form_key: str, body: bytes, dice: Random) -> None:
        """Send until it is acknowledged; the same body each time, as the form's own "Send again" does."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            if self.send(form_key, body):
                return
            time.sleep(dice.uniform(0.1, 0.8))
        with self._lock:
            self.stuck.append(form_key)

    def send(self, form_key: str, body: bytes) -> bool:
        """Send once; whether it was acknowledged. A 503 of ours says when to come back, and keeps what was typed."""
        started = time.monotonic()
        try:
            status, waits, page = _post(self.port, self.path, body)
        except (OSError, http.client.HTTPException) as broken:
            self._note("gone", type(broken).__name__)
            return False
        receipt = _RECEIPT.search(page)
        if status == 200 and receipt:
            with self._lock:
                self.statuses["200"] += 1
                self.seconds.append(time.monotonic() - started)
                self.acknowledged.setdefault(form_key, set()).add(receipt[0])
            return True
        keeps = status != 503 or (waits and form_key in page)
        self._note(str(status), "" if keeps else "that keeps nothing")
        return False

    def _begin(self, pool: ThreadPoolExecutor, posters: int, enough: Event, each: int) -> list[Future[None]]:
        hidden = self.hidden_fields()
        return [pool.submit(self._post, hidden, self.seed * 1000 + number, enough, each) for number in range(posters)]

    def _post(self, hidden: dict[str, str], seed: int, enough: Event, each: int) -> None:
        dice = Random(seed)  # noqa: S311 - a storm that can be had again, not a secret
        for _ in range(each):
            if enough.is_set() or self.slips == []:
                return
            form_key, body = self.fill_in(hidden, dice.choice(EASE))
            if dice.random() > _TWICE:
                self.deliver(form_key, body, dice)
            elif dice.random() < 0.5:
                self.deliver(form_key, body, dice)
                self.deliver(form_key, body, dice)
            else:
                with ThreadPoolExecutor(2) as both:
                    list(both.map(lambda _: self.deliver(form_key, body, Random(seed)), "ab"))  # noqa: S311, B023 - awaited here
            time.sleep(dice.uniform(0, 2 * self.rest))

    def _note(self, status: str, why: str) -> None:
        with self._lock:
            self.statuses[f"{status} {why}".strip()] += 1


def _post(port: int, path: str, body: bytes) -> tuple[int, str | None, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS_FOR_AN_ANSWER)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Retry-After"), answer.read().decode()
    finally:
        connection.close()
