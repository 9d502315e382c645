"""L1, L16, L18, L21 to L24 against the server as it runs in a school, and against every byte of its folder."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.models import Envelope, Round, Ticket
from feedback.privacy.receipts import envelope_id, new_form_key
from feedback.privacy.slips import new_code
from feedback.resources import resource_dir
from tests.factories import a_family_instrument
from tests.journeys.visitors import ADDRESSES, TRACES, found_in, leave_halfway, visit
from tests.reliability.posters import Storm
from tests.reliability.service import CHANGED, Service, serving

_ROOT = Path(__file__).resolve().parents[2]
#: Addresses that name a host. The namespaces of SVG and XML are names, and nobody fetches them.
_HOST = re.compile(rb"(?:https?:|wss?:|[\"'(=]\s*)//([\w.-]+\.[a-z]{2,}|\d+\.\d+\.\d+\.\d+)")
_NAMES = {b"www.w3.org"}
#: What an envelope may be long (privacy/box.py), in bytes.
_SIZES = {1024, 4096, 16384, 65536}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A school whose temporary files lie below its folder too, not started yet."""
    (tmp_path / "tmp").mkdir()
    with serving(tmp_path, environ={"TMPDIR": str(tmp_path / "tmp")}) as school:
        school.open_round()
        yield school


def _round_that_breaks(service: Service) -> str:
    """The code of a round whose page cannot be made."""
    broken = service.another_round(a_family_instrument(id="broken"))
    with service.school() as school, school.engine.begin() as connection:
        connection.execute(text("UPDATE instrument_version SET body = '{}' WHERE name = 'broken'"))
    return broken.code


def _ticket(service: Service) -> str:
    """The code of an exit ticket whose round is open."""
    with service.school() as school, Session(school.engine) as session, session.begin():
        round_ = session.get_one(Round, service.another_round(title="5B").id)
        facts = {"pilot_id": round_.pilot_id, "instrument_id": round_.instrument_id, "languages": ["en"], "k": 20}
        ticket = Ticket(code="T1CKET", title="5B", ends_on=round_.closes_at.date(), **facts)
        session.add(ticket)
        session.flush()
        round_.ticket_id = ticket.id
        return ticket.code


def _everything_that_can_happen(service: Service) -> set[int]:
    """Visit in every way that is answered differently, right and wrong; the statuses that were met."""
    storm, code = Storm(service.port, service.address), service.round.code
    hidden, addresses = storm.hidden_fields(), iter(ADDRESSES * 3)
    good = storm.fill_in(hidden, "easy")[1] + b"&q-wish=needle-5d1f0c27-wish"
    closed = service.another_round(state="closed").code
    tries = [
        ("GET", service.address, b"", {}),
        ("POST", service.address, good, {}),
        ("POST", service.address, good.replace(b"q-ease=easy", b"q-days=%3F"), {}),
        ("POST", service.address, b"form_key=needle-5d1f0c27%E0%A4%A", {}),
        ("POST", service.address, b"needle-5d1f0c27", {"Content_Type": "text/plain"}),
        ("POST", service.address, good, {"Origin": "https://needle-5d1f0c27.example"}),
        ("POST", service.address, b"q-wish=" + b"needle-5d1f0c27" * 20_000, {}),
        ("POST", service.address, b"q-wish=" + b"needle-5d1f0c27" * 50_000, {}),
        ("DELETE", service.address, b"", {}),
        ("GET", "/en/r/needle-5d1f0c27", b"", {}),
        ("GET", f"/en/r/{code}?needle-5d1f0c27=127.0.0.77", b"", {}),
        ("GET", f"/en/r/{closed}", b"", {}),
        ("GET", f"/en/t/{_ticket(service)}?needle-5d1f0c27=127.0.0.77", b"", {}),
        ("GET", "/en/t/needle-5d1f0c27", b"", {}),
        ("POST", f"/en/r/{code}/receipt", b"receipt=needle-5d1f0c27", {}),
        ("GET", f"/en/r/{_round_that_breaks(service)}", b"", {}),
    ]
    met = {visit(service.port, next(addresses), method, path, body, **more)[0] for method, path, body, more in tries}
    head = f"POST {service.address} HTTP/1.1\r\nHost: x\r\nUser-Agent: needle-5d1f0c27\r\n"
    for half in (
        "needle-5d1f0c27 / HTTP/9.9\r\n\r\n",
        head,
        f"{head}Content-Length: 999\r\n\r\nq-wish=needle-5d1f0c27",
    ):
        leave_halfway(service.port, next(addresses), half)
    return met


def test_no_file_knows_who_came_whatever_went_right_or_wrong(service: Service) -> None:
    service.start()
    met = _everything_that_can_happen(service)
    assert met >= {200, 303, 400, 403, 404, 405, 410, 413, 422, 500}
    assert found_in(service.folder, TRACES) == {}
    service.stop()
    assert found_in(service.folder, TRACES) == {}


def test_a_server_that_writes_a_line_for_each_visit_is_found_out(service: Service) -> None:
    service.program = CHANGED
    service.start(HARNESS_ACCESS_LOG="1")
    _everything_that_can_happen(service)
    assert {"127.0.0.77", "needle-5d1f0c27", "203.0.113.77"} <= set(found_in(service.folder, TRACES))


def test_no_other_site_and_no_other_round_can_send_a_form(service: Service) -> None:
    service.start()
    storm = Storm(service.port, service.address)
    other = service.another_round()
    _key, body = storm.fill_in(storm.hidden_fields(), "easy")

    def status(path: str, **headers: str) -> int:
        return visit(service.port, "127.0.0.77", "POST", path, body, **headers)[0]

    assert status(service.address, Origin="https://elsewhere.example") == 403
    assert status(service.address, Origin="null", Sec_Fetch_Site="cross-site") == 403
    assert status(f"/en/r/{other.code}") == 400
    assert status(service.address, Origin=f"http://127.0.0.1:{service.port}") == 200


def test_no_page_for_respondents_sets_a_cookie(service: Service) -> None:
    service.start()
    code = service.round.code
    pages = [f"/en/r/{code}{more}" for more in ("", "/about", "/receipt", "/results", "/nothing")]
    asked = [
        ("GET", page)
        for page in [*pages, f"/receipt/{code}", "/en/r/NOPE", f"/en/t/{_ticket(service)}", f"/en/k/{new_code()}"]
    ]
    asked += [(method, page) for page in pages for method in ("POST", "OPTIONS", "DELETE")]
    told = [visit(service.port, "127.0.0.77", method, page, b"go=send")[1] for method, page in asked]
    assert [headers["Set-Cookie"] for headers in told if "Set-Cookie" in headers] == []
    _status, headers, _page = visit(service.port, "127.0.0.77", "GET", "/en/desk/sign-in")
    assert "Set-Cookie" in headers, "this is what a cookie would look like"


def test_a_thousand_forms_without_a_right_slip_put_nothing_into_the_box(service: Service) -> None:
    service.open_round(slips=True, group_size=30)
    service.print_slips(30)
    service.start()
    # Half of them have the right check letter, half were mistyped.
    wrong = [code if number % 2 else code[::-1] for number, code in enumerate(new_code() for _ in range(1000))]
    assert _accepted(service, wrong, posters=16) == 0


def test_without_slips_the_same_forms_would_have_been_taken(service: Service) -> None:
    service.open_round(group_size=30)
    service.start()
    assert _accepted(service, [new_code() for _ in range(20)], posters=4) == 20


def test_a_class_of_thirty_at_one_address_is_heard_to_the_last(service: Service) -> None:
    service.open_round(slips=True, group_size=30)
    codes = service.print_slips(30)
    service.start()
    assert _accepted(service, codes, posters=30) == 30
    assert _accepted(service, codes, posters=30) == 0


def _accepted(service: Service, slips: list[str], *, posters: int) -> int:
    """How many forms with these slips, all from one address, were taken; refused ones say so at the field."""
    storm = Storm(service.port, service.address)
    hidden = storm.hidden_fields()

    def send(slip: str) -> int:
        form = {**hidden, "form_key": new_form_key(), "q-ease": "easy", "slip": slip, "go": "send"}
        return visit(service.port, "127.0.0.77", "POST", service.address, urlencode(form).encode())[0]

    with ThreadPoolExecutor(posters) as people:
        told = list(people.map(send, slips))
    assert set(told) <= {200, 422}, set(told)
    return told.count(200)


def test_the_length_of_an_envelope_tells_next_to_nothing(service: Service) -> None:
    questions = [question.model_dump(mode="json") for question in a_family_instrument().questions]
    long = {**questions[-1], "id": "story", "max_length": 4000}
    service.open_round(a_family_instrument(id="long", questions=[*questions, long]), group_size=100)
    service.start()
    storm = Storm(service.port, service.address)
    hidden = storm.hidden_fields()
    for length in (1, 20, 200, 600, 1200, 3700):
        _key, body = storm.fill_in(hidden, "easy")
        assert visit(service.port, "127.0.0.77", "POST", service.address, body + b"&q-story=" + b"x" * length)[0] == 200
    with service.school() as school, Session(school.engine) as session:
        stored = sorted(len(sealed) for sealed in session.scalars(select(Envelope.sealed)))
        assert set(stored) <= _SIZES
        assert stored == [1024] * 4 + [4096] * 2
        # And the database itself refuses what is not padded.
        session.add(Envelope(round_id=service.round.id, id="0" * 32, format=1, sealed=b"x" * 1025))
        with pytest.raises(IntegrityError, match="envelopes_are_padded"):
            session.flush()


def test_form_keys_and_receipts_are_in_no_file(service: Service) -> None:
    service.start()
    storm = Storm(service.port, service.address)
    storm.run(posters=4, each=5)
    with service.school() as school:
        pepper = school.keystore.pepper(service.round.id)
    service.stop()
    receipts = [receipt for given in storm.acknowledged.values() for receipt in given]
    keys = [key.encode() for key in storm.sent] + [bytes.fromhex(key) for key in storm.sent]
    digits = [form.encode() for receipt in receipts for form in (receipt, receipt.replace(" ", ""))]
    places = {path.name: path.read_bytes() for path in service.folder.rglob("*") if path.is_file()}
    assert [name for name, body in places.items() if any(trace in body for trace in keys + digits)] == []
    ids = [envelope_id(receipt, pepper).encode() for receipt in receipts]
    assert all(any(id_ in body for body in places.values()) for id_ in ids), "the search would have found them"


def test_nothing_that_is_served_names_another_host(service: Service, context: BrowserContext) -> None:
    service.start()
    static = resource_dir("static")
    paths = [f"/static/{file.relative_to(static)}" for file in static.rglob("*") if file.is_file()]
    code = service.round.code
    pages = [f"/{language}/r/{code}{more}" for language in ("en", "ar") for more in ("", "/about", "/receipt")]
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for path in [*pages, "/en/desk/sign-in"]:
        page.goto(f"http://127.0.0.1:{service.port}{path}")
    for path in [*paths, *pages, "/en/desk/sign-in", "/en/nothing"]:
        assert _other_hosts(service, visit(service.port, "127.0.0.1", "GET", path)[2]) == set(), path
    assert asked
    assert [url for url in asked if not url.startswith((f"http://127.0.0.1:{service.port}/", "data:"))] == []
    assert _other_hosts(service, b'<script src="//cdn.example.org/x.js"></script>') == {b"cdn.example.org"}


def _other_hosts(service: Service, body: bytes) -> set[bytes]:
    ours = {b"127.0.0.1", service.settings.public_address.encode()}
    return set(_HOST.findall(body)) - _NAMES - ours


def test_no_core_dump_is_made_of_what_holds_answers(service: Service) -> None:
    units = sorted((_ROOT / "feedback" / "service").glob("*.service"))
    assert len(units) >= 2
    assert all("\nLimitCORE=0\n" in unit.read_text() for unit in units)
    service.start()
    (pid,) = service.pids
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE), limits
    assert Path(f"/proc/{os.getpid()}/limits").read_text() != limits
