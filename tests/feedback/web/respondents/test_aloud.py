"""Reading aloud on respondents' pages: a recording, a voice of the device, or an adult, and never two of them."""

import io
from collections.abc import Callable

import pytest
import soundfile
from flask.testing import FlaskClient

from feedback.models import Round
from feedback.operations.school import School
from feedback.operations.workshop.recordings import put_recordings, what_is_read
from feedback.operations.workshop.sound import as_speech
from feedback.web.respondents import aloud
from forms.definition import Instrument
from tests.factories import a_family_instrument, a_room, a_round, an_instrument
from tests.pages import Page, Respondent
from tests.recordings import a_recording

_VOICE, _ADULT = "aloud.js", "Somebody reads the questions to you."


@pytest.fixture(autouse=True)
def _heard_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aloud, "_recorded_at", aloud._recorded_at.__wrapped__)


@pytest.fixture(scope="module")
def sound() -> bytes:
    return as_speech(a_recording())


@pytest.fixture
def record(school: School, sound: bytes) -> Callable[..., None]:
    """Give a round recordings of these names in English, of all where none is named."""

    def put(round_: Round, instrument: Instrument, *names: str) -> None:
        put_recordings(school.settings, round_.code, "en", dict.fromkeys(names or what_is_read(instrument), sound))

    return put


def _young() -> Instrument:
    return an_instrument(ages="6-8")


@pytest.mark.parametrize("make", [_young, a_family_instrument])
def test_the_young_and_families_may_let_their_device_read_with_no_file_more_than_before(
    school: School, client: FlaskClient, make: Callable[[], Instrument]
) -> None:
    page = client.get(f"/en/r/{a_round(school, make()).code}").text
    # What is named here is kept for a cut line as well (static/sw.js).
    words = 'data-src="/static/aloud.js" data-read="Read aloud" data-stop="Stop"'
    assert f'<script defer src="/static/form-aloud.js" {words}></script>' in page
    assert "/static/form.js" not in page
    assert "<audio" not in page
    script = client.get("/static/form-aloud.js")
    assert script.text.startswith(client.get("/static/form.js").text)
    assert "localService" in script.text
    assert script.headers["Cache-Control"] == client.get("/static/form.js").headers["Cache-Control"]


def test_a_form_without_any_of_this_is_what_it_was(school: School, client: FlaskClient) -> None:
    page = client.get(f"/en/r/{a_round(school).code}").text
    assert '<script defer src="/static/form.js"></script>' in page
    assert _VOICE not in page
    assert "<audio" not in page
    assert _ADULT not in page


def test_where_an_adult_reads_the_form_says_so_and_every_device_is_silent(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    for make in (_young, a_family_instrument):
        round_ = a_round(school, make(), read_aloud=True)
        record(round_, make())
        page = client.get(f"/en/r/{round_.code}").text
        assert _ADULT in page
        assert _VOICE not in page
        assert "<audio" not in page
        assert client.get(f"/en/r/{round_.code}/aloud/again.mp3").status_code == 404


def test_every_screen_has_its_recording_in_the_language_that_was_recorded(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school, _young())
    record(round_, _young())
    form = Respondent(client, f"/en/r/{round_.code}")
    for name in ("0-introduction", "0-practice", "again", "liked", "0-end"):
        page = form.page.response.text
        assert page.count("<audio controls preload") == 1, name
        address = f"/en/r/{round_.code}/aloud/{name}.mp3"
        assert f'src="{address}" aria-label="Read aloud · ' in page
        assert client.get(address).mimetype == "audio/mpeg"
        form.press("next", **({"q-again": "yes"} if name == "again" else {}))
    assert "<audio" not in client.get(f"/ar/r/{round_.code}").text
    assert client.get(f"/ar/r/{round_.code}/aloud/again.mp3").status_code == 404


def test_a_form_on_one_page_has_a_recording_under_each_heading_that_has_one(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school, a_family_instrument())
    record(round_, a_family_instrument(), "ease", "wish")
    page = client.get(f"/en/r/{round_.code}").text
    assert page.count("<audio") == 2
    assert page.index("How easy is it at home?</h2></legend>") < page.index("ease.mp3") < page.index("Very easy")
    assert _VOICE in page


def test_a_recording_that_comes_while_the_round_is_open_is_on_the_next_page(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school)
    assert "<audio" not in client.get(f"/en/r/{round_.code}").text
    record(round_, an_instrument())
    assert "<audio" in client.get(f"/en/r/{round_.code}").text


def test_a_player_can_fetch_a_piece_and_keeps_no_cookie(
    school: School, client: FlaskClient, record: Callable[..., None], sound: bytes
) -> None:
    round_ = a_round(school)
    record(round_, an_instrument())
    address = f"/en/r/{round_.code}/aloud/again.mp3"
    whole = client.get(address)
    assert whole.data == sound
    assert soundfile.info(io.BytesIO(whole.data)).duration > 0.9
    assert "Set-Cookie" not in whole.headers
    piece = client.get(address, headers={"Range": "bytes=100-199"})
    assert (piece.status_code, piece.data) == (206, sound[100:200])
    again = client.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_browser_keeps_what_everybody_is_asked_and_nothing_that_tells_what_somebody_answered(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    why = {"en": "To choose."}
    words = {"type": "text", "id": "why-not", "text": {"en": "Why not?"}, "why": why, "max_length": 100}
    form = a_family_instrument().model_dump(mode="json", exclude_none=True)
    words["show_if"] = {"question": "again", "is": ["no"]}
    form["sections"][0]["questions"].append({**words, "text": {"en": "Why?", "ar": "لماذا؟", "es": "¿Por qué?"}})
    form["sections"][0]["questions"][-1]["why"] = form["sections"][0]["questions"][0]["why"]
    instrument = Instrument.model_validate(form)
    round_ = a_round(school, instrument)
    record(round_, instrument)
    kept = {
        name: client.get(f"/en/r/{round_.code}/aloud/{name}.mp3").headers["Cache-Control"]
        for name in ("0-introduction", "again", "why-not")
    }
    assert kept == {"0-introduction": "private, max-age=3600", "again": "private, max-age=3600", "why-not": "no-store"}
    missing = client.get(f"/en/r/{round_.code}/aloud/nosuch.mp3")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


def test_a_shared_device_listens_without_leaving_its_room_and_keeps_nothing(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school, _young())
    room = a_room(school, round_)
    page = client.get(f"/en/k/{room}").text
    assert '<script defer src="/static/aloud.js" data-read="Read aloud" data-stop="Stop"></script>' in page
    assert "form-aloud.js" not in page
    record(round_, _young())
    page = client.get(f"/en/k/{room}").text
    address = f"/en/k/{room}/aloud/0-introduction.mp3"
    assert f'src="{address}"' in page
    assert "/r/" not in page
    heard = client.get(address)
    assert (heard.mimetype, heard.headers["Cache-Control"]) == ("audio/mpeg", "no-store")


def test_nobody_listens_to_a_round_that_is_over_or_was_never_there(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school, state="closed")
    record(round_, an_instrument())
    assert client.get(f"/en/r/{round_.code}/aloud/again.mp3").status_code == 410
    assert client.get("/en/r/NOSUCH/aloud/again.mp3").status_code == 404
    assert client.get("/xx/r/NOSUCH/aloud/again.mp3").status_code == 404


def test_the_page_that_is_kept_for_a_cut_line_has_no_player_that_would_stay_silent(
    school: School, client: FlaskClient, record: Callable[..., None]
) -> None:
    round_ = a_round(school, a_family_instrument())
    record(round_, a_family_instrument())
    assert "<audio" in client.get(f"/en/r/{round_.code}").text
    kept = Page(client.get(f"/en/r/{round_.code}/offline"))
    assert "<audio" not in kept.response.text
    assert _VOICE in kept.response.text
