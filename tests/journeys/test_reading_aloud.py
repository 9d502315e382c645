"""Reading aloud in a real browser: the device's own voices where there are any, recordings that really sound."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from feedback.operations.school import School
from feedback.operations.workshop.recordings import put_recordings, what_is_read
from feedback.operations.workshop.sound import as_speech
from forms.definition import Instrument
from tests.conftest import Server
from tests.factories import a_family_instrument, a_room, a_round, an_instrument
from tests.looks import looks
from tests.recordings import a_recording
from tests.winding import a_winding_form

#: Stands in for a device with these voices, and notes what it was given to say.
_MOUTH = """
{
  const voices = VOICES, heard = [], told = new Set();
  const mouth = {
    speaking: false,
    getVoices: () => voices,
    speak(line) { heard.push([line.text, line.lang, line.voice.name]); mouth.speaking = true; mouth.last = line; },
    cancel() { mouth.speaking = false; mouth.last = null; },
    addEventListener: (_, tell) => told.add(tell),
  };
  Object.assign(self, { heard, mouth, arrive: (late) => { voices.push(...late); told.forEach((tell) => tell()); } });
  self.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(self, "speechSynthesis", { value: mouth });
}
"""

_PLAYED = """(sound) => new Promise((done, failed) => {
  sound.addEventListener("timeupdate", () => sound.currentTime > 0.1 && done(sound.currentTime));
  sound.addEventListener("error", () => failed(sound.error.message));
  sound.play().catch(failed);
})"""


def _a_voice(lang: str, name: str = "", *, local: bool = True) -> dict[str, Any]:
    return {"lang": lang, "name": name or lang, "localService": local, "default": False}


def _open(context: BrowserContext, address: str, *voices: dict[str, Any]) -> Page:
    context.add_init_script(_MOUTH.replace("VOICES", json.dumps(voices)))
    page = context.new_page()
    page.goto(address)
    return page


def _address(school: School, server: Server, form: Instrument, language: str = "en", **facts: Any) -> str:
    return f"{server.root}/{language}/r/{a_round(school, form, **facts).code}"


def _heard(page: Page) -> list[list[str]]:
    heard: list[list[str]] = page.evaluate("heard")
    return heard


def _record(school: School, address: str, form: Instrument, language: str = "en") -> None:
    sound = as_speech(a_recording(2.0))
    code = address.rpartition("/")[2]
    put_recordings(school.settings, code, language, dict.fromkeys(what_is_read(form), sound))


def test_a_voice_of_the_device_reads_heading_hint_and_answers_in_order_and_stops(
    school: School, server: Server, context: BrowserContext
) -> None:
    voices = [_a_voice("de-DE"), _a_voice("en_US", "from a telephone"), _a_voice("ar-EG")]
    page = _open(context, _address(school, server, an_instrument(ages="6-8")), *voices)
    page.click("text=Read aloud")
    assert [line for line, *_ in _heard(page)][:3] == [
        "First look",
        "Tell us what you think.",
        "Your answers go in a box with all the others.",
    ]
    for _ in range(3):
        page.click("button[value=next]")
    expect(page.locator("h1")).to_have_text("What did you like?")
    page.click("text=Read aloud")
    said = ["What did you like?", "Choose up to two.", "The games", "The books", "The stars"]
    assert _heard(page) == [[line, "en_US", "from a telephone"] for line in said]
    assert page.evaluate("speechSynthesis.speaking")
    page.click("text=Stop")
    assert not page.evaluate("speechSynthesis.speaking")
    page.click("text=Read aloud")
    page.evaluate("mouth.last.onend()")
    expect(page.locator(".aloud")).to_have_text("Read aloud")


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", None),
        ("en", _a_voice("en-GB", local=False)),
        ("en", _a_voice("de-DE")),
        ("en", _a_voice("")),
        ("ar", _a_voice("en-GB")),
    ],
    ids=["none", "a network's", "German", "no language", "English on an Arabic page"],
)
def test_without_a_voice_of_the_device_in_this_language_nothing_is_offered(
    school: School, server: Server, context: BrowserContext, language: str, voice: dict[str, Any] | None
) -> None:
    address = _address(school, server, a_family_instrument(), language)
    page = _open(context, address, *([voice] if voice else []))
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("load")
    expect(page.locator(".aloud")).to_have_count(0)
    # With the right one, which may come later, it is.
    page.evaluate("(voice) => arrive([voice])", _a_voice("ar-SA" if language == "ar" else "en-AU"))
    expect(page.locator(".aloud")).to_have_count(6)


@pytest.mark.parametrize(("tag", "fits"), [("zh-TW", False), ("zh-CN", True), ("zh_CN", True), ("zh", True)])
def test_a_voice_has_to_speak_the_pages_kind_of_a_language(
    school: School, server: Server, context: BrowserContext, tag: str, fits: bool
) -> None:
    page = _open(context, _address(school, server, a_family_instrument()), _a_voice(tag))
    page.evaluate("document.documentElement.lang = 'zh-Hans'; arrive([])")
    expect(page.locator(".aloud")).to_have_count(6 if fits else 0)


def test_what_stands_in_another_language_or_was_typed_is_not_read(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = _open(context, _address(school, server, a_family_instrument()), _a_voice("en-GB"))
    page.fill("[name=q-wish]", "More books")
    wish = page.locator(".question", has=page.locator("[name=q-wish]"))
    wish.locator("h2 label").evaluate(
        "(label) => label.insertAdjacentHTML('beforeend', ' <span class=below lang=es>¿Qué desea usted?</span>')"
    )
    wish.get_by_role("button", name="Read aloud").click()
    assert [line for line, *_ in _heard(page)] == ["What do you wish for?", "Please write no names."]
    expect(wish.get_by_role("button")).to_have_accessible_description("What do you wish for? ¿Qué desea usted?")


def test_a_row_of_a_matrix_is_read_with_what_stands_above_all_rows(
    school: School, server: Server, context: BrowserContext
) -> None:
    page = _open(context, _address(school, server, a_winding_form(layout="page")), _a_voice("en-GB"))
    row = page.locator(".matrix .question", has_text="It is calm")
    row.get_by_role("button", name="Read aloud").click()
    said = ["Your way: as always. How is it?", "Think of this week.", "It is calm", "Never", "Sometimes", "Often"]
    assert [line for line, *_ in _heard(page)][:6] == said
    page.evaluate("heard.length = 0")
    page.locator("form > .aloud").click()
    assert "Once you have sent" not in str(_heard(page))


def test_a_device_without_voices_of_its_own_fetches_nothing_more(
    school: School, server: Server, context: BrowserContext
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page = _open(context, _address(school, server, a_family_instrument()), _a_voice("en-GB", local=False))
    page.wait_for_load_state("networkidle")
    assert "form-aloud.js" in asked
    assert "aloud.js" not in asked
    page.evaluate("(voice) => { arrive([voice]); arrive([voice]); }", _a_voice("en-GB"))
    expect(page.locator(".aloud")).to_have_count(6)
    assert asked.count("aloud.js") == 1


def test_leaving_the_page_ends_what_is_being_read(school: School, server: Server, context: BrowserContext) -> None:
    page = _open(context, _address(school, server, an_instrument(ages="6-8")), _a_voice("en-GB"))
    page.click("text=Read aloud")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert not page.evaluate("speechSynthesis.speaking")


@pytest.mark.parametrize("shared", [False, True], ids=["own device", "shared device"])
def test_a_recording_is_fetched_when_it_is_pressed_and_really_sounds(
    school: School, server: Server, context: BrowserContext, shared: bool
) -> None:
    form = an_instrument(ages="6-8")
    round_ = a_round(school, form)
    address = f"{server.root}/en/r/{round_.code}"
    _record(school, address, form)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    start = f"{server.root}/en/k/{a_room(school, round_)}" if shared else address
    page = _open(context, start, _a_voice("en-GB"))
    player = page.locator("audio")
    expect(player).to_have_count(1)
    expect(page.locator(".aloud")).to_have_count(0)
    assert not [url for url in asked if url.endswith(".mp3")]
    assert player.evaluate(_PLAYED) > 0.1
    assert player.evaluate("(sound) => sound.duration") == pytest.approx(2.0, abs=0.2)
    assert {url for url in asked if url.endswith(".mp3")} == {f"{start}/aloud/0-introduction.mp3"}


def test_where_an_adult_reads_neither_is_there(school: School, server: Server, context: BrowserContext) -> None:
    form = an_instrument(ages="6-8")
    address = _address(school, server, form, read_aloud=True)
    _record(school, address, form)
    page = _open(context, address, _a_voice("en-GB"))
    expect(page.locator("main")).to_contain_text("Somebody reads the questions to you.")
    expect(page.locator("audio, .aloud")).to_have_count(0)


@pytest.mark.parametrize(("language", "scheme", "width"), looks(["en", "ar"]))
@pytest.mark.parametrize("recorded", [False, True], ids=["a device's voice", "recordings"])
def test_everybody_can_use_what_reads_aloud(
    school: School,
    server: Server,
    browser: Browser,
    check_access: Callable[[Page], None],
    language: str,
    scheme: str,
    width: int,
    recorded: bool,
) -> None:
    for form in (a_family_instrument(), an_instrument(ages="6-8")):
        address = _address(school, server, form, language)
        if recorded:
            _record(school, address, form, language)
        context = browser.new_context(viewport={"width": width, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        page = _open(context, address, _a_voice(language))
        last = 5 if form.layout == "screens" else 1
        for screen in range(1, last + 1):
            reads = page.locator("audio" if recorded else ".aloud")
            expect(reads.first).to_be_visible()
            assert all(box["height"] >= 44 for box in (each.bounding_box() for each in reads.all()) if box)
            check_access(page)
            if screen < last:
                page.click("button[value=next]")
        context.close()
