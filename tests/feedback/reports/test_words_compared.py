"""Groups and the last time in the teacher's PDF."""

from dataclasses import replace
from datetime import date

from analysis.summary import People, TooFew
from analysis.tables import OTHER_GROUPS
from analysis.words import Beside, Difference, Size, ThemeFigure, ThemeInGroup, Words
from tests.feedback.reports.conftest import Render, opened, tags_of, text_of
from tests.feedback.reports.pages import a_page, a_share, some_words

UNKNOWN = Difference(Beside.CANNOT_TELL)
MORE, LESS = Difference(Beside.MORE, Size.LARGE, (9, 50)), Difference(Beside.LESS, Size.LARGE, (9, 50))


def _groups(first: int, second: int, *others: Difference) -> tuple[ThemeInGroup, ...]:
    shares = {"Robins": a_share(first, (first - 9, first + 9)), "Wrens": a_share(second, (second - 9, second + 9))}
    shown = zip(shares.items(), others, strict=True)
    told = [ThemeInGroup(name, People(30, 34), figure, difference) for (name, figure), difference in shown]
    return (*told, ThemeInGroup(OTHER_GROUPS, TooFew(), TooFew()))


def _words() -> Words:
    words = some_words()
    (asked,) = words.questions
    hearing, noise = asked.themes
    themes: tuple[ThemeFigure, ...] = (
        replace(hearing, groups=_groups(70, 20, MORE, LESS), since=UNKNOWN),
        replace(noise, groups=_groups(31, 33, UNKNOWN, UNKNOWN), since=Difference(Beside.LESS, Size.SMALL, (2, 30))),
    )
    told = replace(asked, themes=themes, variable="group", last_counted_on=date(2026, 6, 3))
    return replace(words, questions=(told,))


def test_a_difference_has_bars_and_words_and_what_cannot_be_told_is_said(render: Render) -> None:
    pdf = render(a_page(words=_words()))
    text = text_of(pdf)
    assert "Robins: much more often than the other groups." in text
    assert "Wrens: much less often" not in text
    assert "Robins (30 to 34) 70%" in text
    assert "Wrens (30 to 34) 20%" in text
    # No bars where they say nothing: the page is short.
    assert "31%" not in text
    assert "Whether one group wrote about it more often, we cannot tell." in text
    assert "Whether it is more or less than last time, we cannot tell." in text
    assert "Somewhat less often than last time." in text
    assert "Last time: the answers that were counted on June 3, 2026." in text
    assert len(opened(pdf).pages) == 2


def test_the_bars_are_a_table_for_whoever_hears_the_page(render: Render) -> None:
    with_groups = tags_of(render(a_page(words=_words())), "/Table")
    without = tags_of(render(a_page()), "/Table")
    assert len(with_groups) == len(without) + 1


def test_a_round_without_groups_and_without_a_last_time_says_nothing_of_them(render: Render) -> None:
    text = text_of(render(a_page()))
    assert "last time" not in text
    assert "group wrote" not in text
