"""Themes between groups and rounds: what is found, what is not believed, and what nobody can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest

from analysis.compare import FALSE_SHARE, compare
from analysis.differences import Part
from analysis.disclosure import people_band
from analysis.summary import Reader
from analysis.theme_shares import by_group, theme_share
from analysis.words import Beside, Difference, QuestionWords, Size, ThemeFigure, Words

TEAM = Reader.TEAM


def asked(themes: Mapping[str, Sequence[int]], sizes: Sequence[int], *, label: str = "") -> QuestionWords:
    """What is released of a question: how many of each group wrote about a theme (by its code), of how many."""
    figures = []
    for code, counts in themes.items():
        parts = {f"g{place}": Part(count, size) for place, (count, size) in enumerate(zip(counts, sizes, strict=True))}
        total = Part(sum(counts), sum(sizes))
        people = people_band(total.given, reader=TEAM)
        figures.append(
            ThemeFigure(code, label or code, people, share=theme_share(total), groups=by_group(total, parts))
        )
    return QuestionWords("wish", people_band(sum(sizes), reader=TEAM), tuple(figures), variable="group")


def compared(now: QuestionWords, last: QuestionWords | None = None) -> QuestionWords:
    """The same with its differences."""
    (found,) = compare(Words(TEAM, (now,)), {"wish": last} if last else {}).questions
    return found


def others(question: QuestionWords, theme: int = 0) -> list[Difference]:
    return [one.others for one in question.themes[theme].groups]


def test_a_group_that_writes_much_more_about_a_theme_is_found_and_the_other_is_its_mirror() -> None:
    more, less = others(compared(asked({"food": (45, 15)}, (60, 60))))
    assert (more.beside, more.size) == (Beside.MORE, Size.LARGE)
    assert (less.beside, less.size, less.points) == (Beside.LESS, Size.LARGE, more.points)
    assert more.points is not None
    # The true difference of these people is 50 points.
    assert more.points[0] < 50 < more.points[1]


def test_a_group_is_held_against_all_others_that_are_shown() -> None:
    found = others(compared(asked({"food": (50, 20, 22)}, (80, 80, 80))))
    assert [one.beside for one in found] == [Beside.MORE, Beside.LESS, Beside.LESS]


def test_a_class_is_too_small_to_tell_a_difference_that_looks_big() -> None:
    # 48 % beside 24 %.
    assert {one.beside for one in others(compared(asked({"food": (12, 6)}, (25, 25))))} == {Beside.CANNOT_TELL}
    # Words instead of numbers tell nothing.
    found = compared(asked({"food": (8, 6, 3)}, (12, 12, 12)))
    assert len(found.themes[0].groups) == 3
    assert {one.beside for one in others(found)} == {Beside.CANNOT_TELL}


def test_many_people_tell_that_there_is_no_difference_worth_a_word() -> None:
    assert {one.beside for one in others(compared(asked({"food": (300, 300)}, (1000, 1000))))} == {Beside.ALIKE}
    # Real beyond doubt, and too small to act on.
    assert {one.beside for one in others(compared(asked({"food": (3000, 3300)}, (9000, 9000))))} == {Beside.ALIKE}


def test_a_theme_is_held_against_the_last_round_by_its_code() -> None:
    now, last = asked({"food": (60,), "wc": (30,)}, (100,)), asked({"food": (20,)}, (80,))
    found = compared(now, last)
    assert found.themes[0].since is not None
    assert (found.themes[0].since.beside, found.themes[0].since.size) == (Beside.MORE, Size.MEDIUM)
    # It was not shown last time: too few people, or nobody accepted it.
    assert found.themes[1].since == Difference(Beside.CANNOT_TELL)
    assert compared(now).themes[0].since is None


def test_a_theme_of_one_round_is_known_again_by_its_name_only() -> None:
    last = asked({"own-1": (20,)}, (80,), label="The new bus")
    for label, beside in (("the new Bus", Beside.MORE), ("The old bus", Beside.CANNOT_TELL)):
        (theme,) = compared(asked({"own-1": (60,)}, (100,), label=label), last).themes
        assert theme.since is not None
        assert theme.since.beside is beside


def test_a_round_that_was_released_before_rounds_were_compared_tells_nothing() -> None:
    now, last = asked({"food": (60,)}, (100,)), asked({"food": (20,)}, (80,))
    old = replace(last, themes=tuple(replace(theme, share=None) for theme in last.themes))
    assert compared(now, old).themes[0].since == Difference(Beside.CANNOT_TELL)


def test_without_a_difference_hardly_any_round_claims_one() -> None:
    assert _rounds_with_a_claim() <= FALSE_SHARE


def test_if_each_theme_were_judged_alone_too_many_rounds_would_claim_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def alone(chances: Sequence[float], *, false_share: float) -> list[bool]:
        return [chance <= false_share for chance in chances]

    monkeypatch.setattr("analysis.compare.discoveries", alone)
    assert _rounds_with_a_claim() > 2 * FALSE_SHARE


def test_few_of_the_differences_that_are_claimed_are_chance_and_real_ones_are_found() -> None:
    random, right, wrong, real = Random(21), 0, 0, 0  # noqa: S311 - the same rounds in every run
    for _ in range(200):
        rates = {"food": [0.7, 0.3], "bus": [0.6, 0.25]} | {code: [0.4, 0.4] for code in ("wc", "wifi", "games")}
        claimed = _claimed(compared(_drawn(random, rates, [80, 80])))
        right += len(claimed & {"food", "bus"})
        wrong += len(claimed - {"food", "bus"})
        real += 2
    assert wrong / max(1, right + wrong) <= FALSE_SHARE
    assert right / real > 0.8


def _rounds_with_a_claim() -> float:
    """The share of rounds that claim a difference where only chance tells groups, and this round from the last."""
    random, rounds, claims = Random(20), 400, 0  # noqa: S311 - the same rounds in every run
    for _ in range(rounds):
        sizes = [random.randint(20, 90) for _ in range(random.randint(2, 4))]
        rates = {code: random.uniform(0.15, 0.6) for code in ("food", "wc", "bus", "wifi", "games")}
        now, last = (_drawn(random, {code: [rate] * 4 for code, rate in rates.items()}, sizes) for _ in range(2))
        claims += bool(_claimed(compared(now, last)))
    return claims / rounds


def _drawn(random: Random, rates: Mapping[str, Sequence[float]], sizes: Sequence[int]) -> QuestionWords:
    counts = {
        code: [sum(random.random() < rate for _ in range(size)) for rate, size in zip(each, sizes, strict=False)]
        for code, each in rates.items()
    }
    return asked(counts, sizes)


def _claimed(question: QuestionWords) -> set[str]:
    """The themes of which some difference is claimed."""
    some = {Beside.MORE, Beside.LESS}
    return {
        theme.theme
        for theme in question.themes
        if some & {one.others.beside for one in theme.groups} or (theme.since and theme.since.beside in some)
    }
