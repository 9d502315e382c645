"""A person reviews two hundred comments in a real browser with the keyboard alone; another one without any script."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.models import Round, StaffMember, Theme
from feedback.operations.school import School
from feedback.operations.staff import remember_browser
from tests.conftest import Server
from tests.factories import NOW, a_staff_member
from tests.feedback.review import Said, a_round_to_review

_ARABIC = [Said(f"الغداء بارد دائمًا {n}", "ar", mood="negative", confidence=0.7) for n in range(12)]
_TWO_HUNDRED = [
    *[Said(f"The soup was warm and I liked it {n}", mood="positive") for n in range(40)],
    *[Said(f"lunch is allways cold and we get to little {n}", confidence=0.6) for n in range(40)],
    *_ARABIC,
    *[Said(f"the bus comes late nearly every day {n}", themes=("transport",)) for n in range(60)],
    *[Said(f"I cant hear the teacher when its loud {n}", themes=("teaching",), mood="mixed") for n in range(30)],
    *[Said(f"hmm {n}", themes=(), mood="unclear", confidence=0.2) for n in range(17)],
    Said("qadadu waa qabow maalin kasta", "so", confidence=0.1),
]


def _desk(school: School, server: Server, context: BrowserContext, *roles: str) -> Page:
    member = a_staff_member(school, *roles, account="+".join(roles))
    token = remember_browser(school, None, {"staff_id": member.id}, now=NOW)
    context.add_cookies([{"name": "voicebox", "value": token, "url": server.root}])
    return context.new_page()


def _themes(school: School, round_: Round) -> dict[str, Theme]:
    with Session(school.engine, expire_on_commit=False) as session:
        return {theme.code: theme for theme in session.scalars(select(Theme).where(Theme.round_id == round_.id))}


def _tab_to(page: Page, words: str) -> None:
    """With Tab alone, as somebody does who has no mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"Tab never comes to {words}")


def _press(page: Page, keys: str, leads_to: str) -> None:
    """Press one key after another; the last one opens the page with this heading."""
    for key in keys.split():
        page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(leads_to)


def _sort_four_and_take_one_back(page: Page, check_access: Callable[[Page], None]) -> None:
    said = page.locator(".one blockquote").first.inner_text()
    _press(page, "2 m s", "Sort a comment")
    expect(page.locator("main")).to_contain_text("1 of 92 looked at")
    page.keyboard.press("u")
    expect(page.locator(".told")).to_have_text("Undone.")
    expect(page.locator(".one blockquote").first).to_have_text(said)
    expect(page.get_by_label("Food")).to_be_checked()
    expect(page.get_by_label("Both")).not_to_be_checked()
    check_access(page)
    for looked_at in range(1, 4):
        page.keyboard.press("s")
        expect(page.locator("main")).to_contain_text(f"{looked_at} of 92 looked at")


def test_two_hundred_comments_are_reviewed_with_the_keyboard_alone(
    school: School, server: Server, context: BrowserContext, check_access: Callable[[Page], None]
) -> None:
    round_ = a_round_to_review(school, _TWO_HUNDRED)
    page = _desk(school, server, context, "reader")
    page.goto(f"{server.root}/en/desk/rounds/{round_.id}/review")
    check_access(page)
    _press(page, "j Enter", "Food")
    check_access(page)
    _press(page, "j j k Enter", "Sort a comment")
    _sort_four_and_take_one_back(page, check_access)
    _press(page, "q", "Quote a comment")
    check_access(page)
    _press(page, "n s", "Food")
    expect(page.locator("main")).to_contain_text("Quotes: 1 of 3")
    expect(page.locator("main")).to_contain_text("All quotes are on one side")
    _press(page, "a", "The way to school")
    _press(page, "x", "Teaching")
    _press(page, "a", "Comments to read ")
    _tab_to(page, "Sign the review")
    _press(page, "Enter", "Sign the review")
    check_access(page)
    _tab_to(page, "I have read them")
    _press(page, "Enter", "The words are released")
    check_access(page)
    decided = {code: theme.decision for code, theme in _themes(school, round_).items()}
    assert decided == {"food": "accepted", "transport": "rejected", "teaching": "accepted"}


def test_a_theme_is_split_and_made_one_again_with_the_keyboard_alone(
    school: School, server: Server, context: BrowserContext
) -> None:
    round_ = a_round_to_review(school, _TWO_HUNDRED[:60])
    page = _desk(school, server, context, "reader")
    page.goto(f"{server.root}/en/desk/rounds/{round_.id}/review/themes/{_themes(school, round_)['food'].id}")
    for key in "jtjjt":
        page.keyboard.press(key)
    expect(page.locator("[name=comments]:checked")).to_have_count(2)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "called":
            break
    page.keyboard.type("Soup")
    _press(page, "Enter", "Soup")
    expect(page.locator("main")).to_contain_text("2 people wrote about this.")
    page.keyboard.press("u")
    expect(page.locator(".told")).to_have_text("Undone.")
    assert set(_themes(school, round_)) == {"food"}


def test_keys_do_nothing_where_somebody_types_and_can_be_switched_off(
    school: School, server: Server, context: BrowserContext
) -> None:
    round_ = a_round_to_review(school, _TWO_HUNDRED[:30])
    page = _desk(school, server, context, "reader")
    address = f"{server.root}/en/desk/rounds/{round_.id}/review/themes/{_themes(school, round_)['food'].id}"
    page.goto(address)
    page.get_by_label("What do you call it?").press_sequentially("axu")
    expect(page).to_have_url(address)
    page.get_by_label("Use single keys").uncheck()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    expect(page).to_have_url(address)
    expect(page.get_by_label("Use single keys")).not_to_be_checked()
    assert _themes(school, round_)["food"].decision == "suggested"
    page.get_by_label("Use single keys").check()
    page.locator("h1").click()
    page.keyboard.press("a")
    expect(page.locator(".told")).to_have_text("Saved.")


def test_an_interpreter_translates_without_scripts_and_the_reviewer_reads_it(
    school: School, server: Server, context: BrowserContext, check_access: Callable[[Page], None]
) -> None:
    round_ = a_round_to_review(school, _TWO_HUNDRED)
    page = _desk(school, server, context, "interpreter")
    with Session(school.engine) as session, session.begin():
        session.execute(update(StaffMember).values(languages=["so"]))
    page.goto(f"{server.root}/en/desk/translations")
    check_access(page)
    expect(page.locator("blockquote")).to_have_attribute("lang", "so")
    page.locator("textarea").fill("Lunch is cold every day.")
    page.get_by_label("A machine made a draft").check()
    page.get_by_role("button", name="Save, and show the next one").click()
    expect(page.locator("main")).to_contain_text("Nothing waits for you.")
    check_access(page)
    context.clear_cookies()
    reader = _desk(school, server, context, "reader")
    reader.goto(f"{server.root}/en/desk/rounds/{round_.id}/review/themes/{_themes(school, round_)['food'].id}")
    expect(reader.locator("main")).to_contain_text("Lunch is cold every day.")
    expect(reader.locator("main")).to_contain_text("Translated by a machine, and checked by a person")
    assert "so" not in reader.evaluate("[...document.querySelectorAll('[lang]')].map(each => each.lang)")
