"""A child without a line: the browser seals what was written for the reading queue too, and the reader gets it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import Envelope
from feedback.operations.school import School
from tests.conftest import Server
from tests.line import Line, a_line
from tests.reading import a_form_to_write, a_read_round, read_all


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """The line to the school."""
    with a_line(int(server.root.rsplit(":", 1)[1])) as held:
        yield held


def _sizes(school: School) -> list[tuple[int, int]]:
    with Session(school.engine) as session:
        return [(len(each.sealed), len(each.sealed_for_reading or b"")) for each in session.scalars(select(Envelope))]


@pytest.mark.parametrize(("written", "read"), [("I am afraid of break", ["I am afraid of break"]), ("", [])])
def test_what_waited_on_the_device_lies_on_the_readers_desk(
    school: School, context: BrowserContext, line: Line, written: str, read: list[str]
) -> None:
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{a_read_round(school, instrument=a_form_to_write(layout='page')).code}")
    line.cut()
    page.click("text=Maybe")
    page.fill("[name=q-wish]", written)
    page.click("button[value=send]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting, not sent yet")
    (row,) = page.evaluate("async () => (await queue.all()).map((row) => JSON.stringify(row))")
    assert '"words":"' in row
    assert "afraid" not in row
    line.mend()
    page.locator("[data-do=again]").dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert _sizes(school) == [(1024, 1024)]
    assert read_all(school) == read


def test_what_was_written_on_an_earlier_screen_is_read_too(school: School, context: BrowserContext, line: Line) -> None:
    wish, *others = reversed(a_form_to_write().model_dump(mode="json", exclude_none=True)["sections"][0]["questions"])
    form = a_form_to_write().model_copy()
    first = type(form).model_validate(
        {
            **form.model_dump(mode="json", exclude_none=True),
            "sections": [{"id": "all", "title": form.title, "questions": [wish, *others]}],
        }
    )
    page = context.new_page()
    page.goto(f"{line.root}/en/r/{a_read_round(school, instrument=first).code}")
    page.click("text=Start")
    page.fill("[name=q-wish]", "I wrote this first")
    page.click("button[value=next]")
    page.click("text=The games")
    page.click("button[value=next]")
    page.click("text=Maybe")
    page.click("button[value=next]")
    # The last screen has to be there before the line goes.
    page.wait_for_selector("button[value=send]")
    line.cut()
    page.click("button[value=send]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting, not sent yet")
    line.mend()
    page.locator("[data-do=again]").dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert read_all(school) == ["I wrote this first"]
