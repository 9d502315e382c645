"""Somebody of the school records a voice in a real browser, with the keyboard; the page is fit for everybody."""

import base64
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import soundfile
from playwright.sync_api import Browser, FilePayload, Page, expect

from feedback.models import StaffMember
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from feedback.operations.workshop.clips import add_clip, read_clip
from tests.conftest import BROWSERS, Server
from tests.factories import NOW, a_staff_member
from tests.feedback.forms_made import a_draft, change, reword
from tests.keyboard import Keyboard
from tests.recordings import a_recording

#: Makes a sound as browsers record it, which is no kind of file that the server reads.
_WEBM = """async () => {
  const context = new AudioContext(), tone = context.createOscillator(), end = context.createMediaStreamDestination();
  const recorder = new MediaRecorder(end.stream), over = new Promise((done) => (recorder.ondataavailable = done));
  tone.connect(end);
  tone.start();
  recorder.start();
  setTimeout(() => recorder.stop(), 800);
  const bytes = new Uint8Array(await (await over).data.arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}"""


@pytest.fixture
def lead(school: School) -> StaffMember:
    """Whoever records."""
    return a_staff_member(school, "lead")


@contextmanager
def _desk(browser: Browser, server: Server, lead: StaffMember, **window: Any) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window})
    context.set_default_timeout(30_000)
    token = remember_browser(server.app.extensions["school"], None, {"staff_id": lead.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    yield context.new_page()
    context.close()


@pytest.fixture
def with_microphone(browser: Browser) -> Iterator[Browser]:
    """A browser with a microphone that hears a tone."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    switches = ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream"]
    launched = browser.browser_type.launch(executable_path=path, args=switches)
    yield launched
    launched.close()


def _seconds(school: School, lead: StaffMember, draft_id: str, key: str) -> float:
    return float(soundfile.info(io.BytesIO(read_clip(school, lead, draft_id, key, "en"))).duration)


def test_a_voice_is_recorded_listened_to_and_kept_with_the_keyboard_and_other_kinds_of_files_are_read(
    school: School, server: Server, with_microphone: Browser, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead)
    with _desk(with_microphone, server, lead, permissions=["microphone"]) as page:
        page.goto(f"{server.root}/en/desk/forms/{draft_id}/clips/en")
        part, keys = page.locator("#part-again"), Keyboard(page)
        for waits in ("button:text-is('Listen')", "button:text-is('Keep it')", "meter"):
            expect(part.locator(waits)).to_be_hidden()
        keys.reach(part.get_by_role("button", name="Record", exact=True))
        page.keyboard.press("Enter")
        expect(part.get_by_role("status")).to_contain_text("Press the button once more")
        expect(part.get_by_role("meter")).not_to_have_js_property("value", 0)
        page.wait_for_timeout(500)
        page.keyboard.press("Enter")
        expect(part.get_by_role("status")).to_contain_text("Listen to it, keep it, or record it again")
        expect(part.get_by_role("button", name="Record again")).to_be_focused()
        keys.reach(part.get_by_role("button", name="Listen"))
        page.keyboard.press("Enter")
        expect(part.get_by_role("button", name="Stop")).to_be_visible()
        keys.press(part.get_by_role("button", name="Keep it"))
        expect(part).to_contain_text("Recorded: ")
        assert 0.3 < _seconds(school, lead, draft_id, "again") < 20
        brought = FilePayload(name="voice.webm", mimeType="audio/webm", buffer=base64.b64decode(page.evaluate(_WEBM)))
        page.locator("#sound-liked").set_input_files(brought)
        keys.press(page.locator("#part-liked").get_by_role("button", name="Add the file"))
        assert 0.3 < _seconds(school, lead, draft_id, "liked") < 5


def test_a_refused_microphone_is_said_with_the_cure(
    school: School, server: Server, browser: Browser, lead: StaffMember
) -> None:
    draft_id = a_draft(school, lead)
    with _desk(browser, server, lead) as page:
        page.goto(f"{server.root}/en/desk/forms/{draft_id}/clips/en")
        part = page.locator("#part-again")
        part.get_by_role("button", name="Record", exact=True).click()
        expect(part.get_by_role("status")).to_contain_text("choose a file instead")
        expect(part.get_by_role("button", name="Record", exact=True)).to_be_enabled()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_fit_for_everybody(
    school: School,
    server: Server,
    browser: Browser,
    lead: StaffMember,
    check_access: Callable[[Page], None],
    language: str,
) -> None:
    draft_id = a_draft(school, lead)
    add_clip(school, lead, draft_id, "again", "en", a_recording(rate=24_000), now=NOW)
    change(school, lead, draft_id, reword("again", "Would you use it once more?"))
    with _desk(browser, server, lead) as page:
        page.goto(f"{server.root}/{language}/desk/forms/{draft_id}/clips/en")
        check_access(page)
        page.set_viewport_size({"width": 360, "height": 740})
        page.locator("#part-liked form button").last.click()
        expect(page.get_by_role("alert")).to_be_visible()
        check_access(page)
