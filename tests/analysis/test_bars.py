"""Which bars a question may have, and what they give away together."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.bars import bars
from analysis.disclosure import share
from analysis.summary import Bar, Direction, Reader, Share, TooFew
from analysis.tables import Column, Measure

SCALE = Column("helps", Measure.SCALE, ("no", "bit", "much", "very"), frozenset({"much", "very"}))
COLOUR = Column("colour", Measure.CHOICE, ("red", "green", "blue"))
USES = Column("uses", Measure.CHOICES, ("home", "class", "bus", "club"))


def bars_of(column: Column, counts: list[int], people: int, *headline: str, reader: Reader) -> tuple[Bar, ...]:
    """The bars of `column`, its counts in the order of its cells."""
    named = dict(zip(column.cells, counts, strict=True))
    return bars(column, named, people, headline=headline, reader=reader)


def scale_bars(*counts: int, reader: Reader = Reader.TEAM) -> tuple[Bar, ...]:
    """The bars of the scale."""
    return bars_of(SCALE, list(counts), sum(counts), "much", "very", reader=reader)


def test_every_step_has_its_bar_where_each_has_enough_people() -> None:
    assert scale_bars(7, 9, 10, 8) == (
        Bar(("no",), Share("exactly", 21, 21, 21, (10, 38))),
        Bar(("bit",), Share("exactly", 26, 26, 26, (14, 44))),
        Bar(("much",), Share("exactly", 29, 29, 29, (16, 47)), favourable=True),
        Bar(("very",), Share("exactly", 24, 24, 24, (12, 42)), favourable=True),
    )


def test_one_small_step_leaves_two_bars() -> None:
    favourable, rest = scale_bars(4, 11, 10, 7)
    assert favourable == Bar(("much", "very"), Share("exactly", 53, 53, 53, (36, 69)), favourable=True)
    assert rest == Bar(("no", "bit"), Share("exactly", 47, 47, 47, (31, 64)))


def test_a_step_that_would_be_coded_leaves_two_bars() -> None:
    assert len(scale_bars(6, 9, 10, 7)) == 2  # 6 of 32 is "20 % or less"


def test_a_step_nobody_took_leaves_two_bars() -> None:
    assert len(scale_bars(0, 15, 10, 7)) == 2


def test_fewer_than_thirty_have_two_bars() -> None:
    assert len(scale_bars(7, 7, 8, 7)) == 2


def test_the_public_needs_ten_people_on_every_step() -> None:
    assert len(scale_bars(9, 10, 10, 10)) == 4
    assert len(scale_bars(9, 10, 10, 10, reader=Reader.PUBLIC)) == 2


def test_steps_do_not_undo_the_code_of_the_headline() -> None:
    # 25 of 30 is coded as 80 % or more, so its two steps of 12 and 13 may not be added up.
    (favourable, rest) = bars_of(
        Column("helps", Measure.SCALE, ("no", "much", "very"), frozenset({"much", "very"})),
        [5, 12, 13],
        30,
        "much",
        "very",
        reader=Reader.TEAM,
    )
    assert favourable.figure == Share("at_least", 80, 100, 80, (63, 90))
    assert rest.figure == Share("at_most", 0, 20, 20, (10, 37))


def test_nine_to_one_at_ten_people_becomes_two_bars() -> None:
    column = Column("again", Measure.SCALE, ("no", "maybe", "yes"), frozenset({"yes"}))
    yes, rest = bars_of(column, [0, 1, 9], 10, "yes", reader=Reader.TEAM)
    assert yes.figure == Share("at_least", 80, 100, 80, (49, 94))
    assert rest.figure == Share("at_most", 0, 20, 20, (6, 51))


def test_five_to_nine_people_are_two_words() -> None:
    assert [bar.figure for bar in scale_bars(1, 1, 2, 3)] == [Direction("most"), Direction("few")]


def test_too_few_people_have_no_bars() -> None:
    assert scale_bars(1, 1, 1, 1) == ()
    assert scale_bars(2, 2, 2, 3, reader=Reader.PUBLIC) == ()


def test_where_no_answer_is_better_the_commonest_stands_against_all_others() -> None:
    first, rest = bars_of(COLOUR, [3, 9, 4], 16, "green", reader=Reader.TEAM)
    assert (first.cells, first.favourable, rest.cells) == (("green",), False, ("red", "blue"))


def test_choices_of_a_few_people_stand_together_without_a_figure() -> None:
    assert bars_of(USES, [30, 20, 4, 0], 40, "home", reader=Reader.TEAM) == (
        Bar(("home",), Share("exactly", 75, 75, 75, (60, 86))),
        Bar(("class",), Share("exactly", 50, 50, 50, (35, 65))),
        Bar(("bus", "club"), TooFew()),
    )


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.sampled_from(Reader))
def test_bars_of_a_scale_are_all_exact_or_each_others_rest(counts: list[int], reader: Reader) -> None:
    shown = bars_of(SCALE, counts, sum(counts), "much", "very", reader=reader)
    if len(shown) == 4:
        assert all(isinstance(bar.figure, Share) and bar.figure.shape == "exactly" for bar in shown)
        assert min(counts) >= (10 if reader is Reader.PUBLIC else 5)
    elif shown:
        assert shown[1].figure == share(counts[0] + counts[1], sum(counts), reader=reader)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(0, 40))
def test_the_public_never_sees_a_bar_that_the_team_does_not_see(counts: list[int], more: int) -> None:
    people = max(counts) + more
    team = bars_of(USES, counts, people, "home", reader=Reader.TEAM)
    public = bars_of(USES, counts, people, "home", reader=Reader.PUBLIC)
    seen = {bar.cells for bar in team if not isinstance(bar.figure, TooFew)}
    assert {bar.cells for bar in public if not isinstance(bar.figure, TooFew)} <= seen


def test_one_hidden_choice_takes_the_smallest_other_with_it() -> None:
    # All 40 ticked something, so with a and b shown at least six must have ticked c, and hidden means at most six.
    column = Column("liked", Measure.CHOICES, ("a", "b", "c"))
    shown = bars(column, {"a": 18, "b": 16, "c": 6}, 40, headline=("a",), reader=Reader.TEAM)
    assert [bar.cells for bar in shown] == [("a",), ("b", "c")]
    assert shown[1].figure == TooFew()
