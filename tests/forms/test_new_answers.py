"""What is particular to faces, pictures, rankings, points, then and now, months and weeks, and answers apart."""

from typing import Any

import pytest
from pydantic import ValidationError

from forms.builder import answers_of, build_form
from forms.loader import InstrumentRefused, load_instrument
from tests.forms.broken_files import GOOD
from tests.forms.factories import (
    MAY_HAVE_APART,
    Marked,
    Posted,
    a_question,
    a_question_dict,
    an_instrument,
    options,
)


def refused(question: dict[str, Any], posted: dict[str, str]) -> str:
    """The one sentence beside a question whose answer is refused; what was typed is still in the field."""
    form = build_form(an_instrument(question), "en", translations=Marked())(
        Posted({name: [said] for name, said in posted.items()})
    )
    assert not form.validate()
    (field,) = form
    assert {f"{field.name}.{part}": said for part, said in field.typed.items() if said} == posted  # type: ignore[attr-defined]  # a field in parts
    assert answers_of(an_instrument(question), form) == {}
    (sentence,) = field.errors
    return str(sentence)


@pytest.mark.parametrize("type_", MAY_HAVE_APART)
def test_an_answer_apart_is_offered_last_and_is_no_cell(type_: str) -> None:
    plain, question = a_question(type_), a_question(type_, apart=options("dont-know"))
    assert question.cells() == plain.cells()
    assert question.favourable() == plain.favourable()
    assert [option.id for option in question.offered()] == [*(option.id for option in plain.offered()), "dont-know"]
    raw: object = ["dont-know"] if type_ == "choices" else "dont-know"
    answer = question.accept(raw)
    assert answer is not None
    assert question.cell_of(answer) == ("dont-know",)
    assert question.retold(answer, "ar") == (("dont-know (ar)", "ar"),)
    assert plain.accept(raw) is None


def test_who_ticks_something_and_does_not_know_as_well_has_ticked_something() -> None:
    question = a_question("choices", at_most=1, apart=options("dont-know", "not-for-me"))
    assert question.accept(["dont-know", "red"]) == ("red",)
    assert question.accept(["not-for-me", "dont-know"]) == ("dont-know",)
    assert question.accept(["red", "blue"]) is None
    asked = a_question_dict("choices", at_most=1, apart=options("dont-know"))
    form = build_form(an_instrument(asked), "en")(Posted({"q-a-choices": ["red", "dont-know"]}))
    assert form.validate()


@pytest.mark.parametrize("count", [3, 4, 5])
def test_warm_faces_begin_at_neutral_and_every_face_is_another_one(count: int) -> None:
    ids = ("a", "b", "c", "d", "e")[:count]
    warm = [option.picture for option in a_question("smileys", options=options(*ids)).cells()]
    full = [option.picture for option in a_question("smileys", faces="full", options=options(*ids)).cells()]
    assert warm[0] == "face-neutral"
    assert not {"face-sad", "face-unhappy"} & set(warm)
    assert full[0] in {"face-sad", "face-unhappy"}
    assert len(set(warm)) == len(set(full)) == count


@pytest.mark.parametrize("ages", ["6-8", "9-11"])
def test_young_children_are_shown_no_unhappy_face(ages: str) -> None:
    assert an_instrument(a_question_dict("smileys"), ages=ages)
    with pytest.raises(ValidationError, match="unhappy faces"):
        an_instrument(a_question_dict("smileys", faces="full"), ages=ages)
    assert an_instrument(a_question_dict("smileys", faces="full"), ages="12-14")


def test_a_ranking_of_few_counts_the_first_place_and_of_many_the_first_three() -> None:
    few, many = a_question("ranking"), a_question("ranking", options=options("a", "b", "c", "d", "e"))
    assert few.cell_of(("blue", "red")) == ("blue",)
    assert many.cell_of(("e", "a", "b", "c")) == ("e", "a", "b")
    assert many.cell_of(("e",)) == ("e",)
    assert a_question("ranking", top=2).cell_of(("blue", "red", "green")) == ("blue", "red")


def test_two_answers_in_one_place_are_refused_and_stay_chosen() -> None:
    posted = {"q-a-ranking.red": "1", "q-a-ranking.blue": "1"}
    assert refused(a_question_dict("ranking"), posted) == (
        "«Two answers have the same place. Please give each place only once.»"
    )


def test_places_may_have_gaps_and_close() -> None:
    form = build_form(an_instrument(a_question_dict("ranking")), "en")(
        Posted({"q-a-ranking.green": ["3"], "q-a-ranking.red": ["2"]})
    )
    assert form.validate()
    assert form["q-a-ranking"].data == ("red", "green")


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"red": "5", "blue": "4"}, "«Please share out 10 points in all. Now it is 9.»"),
        ({"red": "0"}, "«Please share out 10 points in all. Now it is 0.»"),
        ({"red": "٩", "blue": "٢"}, "«Please share out 10 points in all. Now it is 11.»"),
        ({"red": "-1", "blue": "11"}, "«Please write a number from 0 to 10.»"),
        ({"red": "ten"}, "«Please write a whole number, such as 3.»"),
    ],
)
def test_points_that_are_not_the_total_are_refused_and_stay_typed(posted: dict[str, str], sentence: str) -> None:
    assert refused(a_question_dict("points"), {f"q-a-points.{id_}": typed for id_, typed in posted.items()}) == sentence


def test_a_tie_of_points_counts_for_both_and_nothing_for_those_with_fewer() -> None:
    question = a_question("points")
    assert question.accept({"red": 4, "blue": 4, "green": 2}) == {"red": 4, "blue": 4, "green": 2}
    assert question.cell_of({"red": 4, "blue": 4, "green": 2}) == ("red", "blue")
    assert [question.accept(raw) for raw in ({"red": 9}, {"red": 11, "blue": -1}, {"red": 10, "x": 0})] == [None] * 3
    assert question.accept({"red": True, "blue": 9}) is None


def test_half_of_then_and_now_is_refused_and_stays_chosen() -> None:
    assert refused(a_question_dict("then-now"), {"q-a-then-now.now": "most"}) == (
        "«Please answer both parts, or skip both.»"
    )


def test_months_are_named_as_each_language_names_them_and_by_number_where_nobody_knows() -> None:
    languages = ["en", "ar", "zh-Hans", "tl", "ht", "ti", "hmn"]
    label = a_question("month", text=dict.fromkeys(languages, "When?"), why=dict.fromkeys(languages, "Why.")).cells()[0]
    assert label.label == {
        "en": "September 2026",
        "ar": "سبتمبر 2026",
        "zh-Hans": "2026年9月",
        "tl": "Setyembre 2026",
        "ht": "2026-09",
        "ti": "2026-09",
        "hmn": "2026-09",
    }


def test_weeks_are_named_by_their_days_over_the_end_of_a_year() -> None:
    cells = a_question("week").cells()
    assert [cell.id for cell in cells] == ["2026-w52", "2026-w53", "2027-w01"]
    assert cells[1].label["en"] == "Dec 28 – Jan 3"


def test_a_line_stays_one_line() -> None:
    question = a_question("short-text", max_length=9)
    assert question.accept(" one\r\n two\x00 ") == "one two"
    assert question.accept("one two three") is None


def test_a_pair_is_named_in_the_direction_of_its_script() -> None:
    pair = a_question("then-now").cells()[1]
    assert (pair.id, pair.label) == ("none--some", {"en": "none › some", "ar": "none (ar) › some (ar)"})


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("type: month, first: 2026-13, last: 2027-01", 1, '"2026-13" is not a month. Write year and month'),
        ("type: month, first: 2026-09, last: 2026-09", 0, '"last" does not come after "first". Give a later'),
        ("type: month, first: 2026-09, last: 2029-09", 0, "more than 24 to choose from. Bring them closer"),
        ("type: week, first: 2026-09, last: 2026-W50", 1, '"2026-09" is not a week. Write year and week'),
        ("type: ranking, scale: how-much, top: 3", 2, '"top" is 3, but there are only 3 answers. Use a'),
        ("type: smileys, scale: how-much, faces: full", 0, '"fun-2" shows unhappy faces to ages 9-11. Write'),
        ("type: smileys, scale: how-much, faces: glad", 2, '"glad" cannot be used for "faces". Use one of: warm, full'),
        ("type: then-now, scale: how-much, then: Before", 2, '"then" should hold words for each language.'),
    ],
)
def test_what_is_wrong_with_a_new_type_is_said_with_its_line_and_its_cure(lines: str, line: int, said: str) -> None:
    keys = [*lines.split(", "), "id: fun-2", "text: {en: Say when., ar: متى.}", "why: {en: So., ar: لذلك.}"]
    if "then-now" in lines:
        keys.append("now: {en: Now, ar: الآن}")
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(GOOD + "      - " + "\n        ".join(keys) + "\n", name="recess.yaml")
    (problem,) = refused.value.problems
    assert said in f"{problem.what} {problem.cure}"
    # The ages stand elsewhere than the faces, so that is said of the whole file.
    assert problem.line == (1 if problem.code == "unhappy_faces" else GOOD.count("\n") + 1 + line)
