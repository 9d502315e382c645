"""Releases of words: frozen, and read for as long as they are kept."""

from datetime import date

from analysis.summary import People, Reader, Share, TooFew
from analysis.words import (
    Beside,
    Difference,
    QuestionWords,
    Quote,
    Size,
    ThemeFigure,
    ThemeInGroup,
    Words,
    freeze_words,
    thaw_words,
)


def test_words_that_were_released_before_groups_were_compared_are_still_read() -> None:
    old = (
        '{"reader":"team","questions":[{"question":"wish","people":{"low":20,"high":24,"kind":"people"},'
        '"themes":[{"theme":"food","label":"Warm lunch","people":{"low":10,"high":14,"kind":"people"},'
        '"quotes":[{"text":"The soup is cold.","language":"en","retold":false}]}],"repeated":false}]}'
    )
    theme = ThemeFigure("food", "Warm lunch", People(10, 14), (Quote("The soup is cold.", "en"),))
    assert thaw_words(old) == Words(Reader.TEAM, (QuestionWords("wish", People(20, 24), (theme,)),))


def test_words_with_groups_are_read_as_they_were_frozen() -> None:
    told = Share("exactly", 40, 40, 40, (25, 57))
    groups = (
        ThemeInGroup("5A", People(30, 34), told, Difference(Beside.MORE, Size.SMALL, (2, 30))),
        ThemeInGroup("~other", TooFew(), TooFew()),
    )
    since = Difference(Beside.CANNOT_TELL)
    theme = ThemeFigure("food", "Lunch", People(10, 14), share=told, groups=groups, since=since)
    asked = QuestionWords("wish", People(60, 64), (theme,), variable="group", last_counted_on=date(2026, 10, 3))
    words = Words(Reader.TEAM, (asked,))
    assert thaw_words(freeze_words(words)) == words
