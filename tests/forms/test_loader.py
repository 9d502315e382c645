"""Instruments as files: what is wrong is said with its line and its cure, all of it at once."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import forms
from forms.definition import Instrument
from forms.library import names
from forms.loader import InstrumentRefused, Problem, instrument_schema, load_instrument
from tests.forms.broken_files import BROKEN, GOOD
from tests.forms.factories import Marked


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(text, name="recess.yaml")
    return refused.value.problems


def test_a_good_file_becomes_an_instrument_with_its_scales_filled_in() -> None:
    instrument = load_instrument(GOOD, name="recess.yaml")
    fun = instrument.question("fun")
    assert [option.id for option in fun.offered()] == ["no", "some", "much", "dont-know"]
    assert fun.apart()[0].label == {"en": "I don't know", "ar": "لا أعرف"}
    assert instrument.ages == "9-11"


@pytest.mark.parametrize(("good", "bad", "line", "said"), BROKEN, ids=[said[:60] for *_, said in BROKEN])
def test_a_broken_file_is_refused_with_its_line_and_its_cure(good: str, bad: str, line: int, said: str) -> None:
    assert good in GOOD
    problems = problems_of(GOOD.replace(good, bad, 1))
    told = {problem.line: f"{problem.what} {problem.cure}" for problem in problems if said in _sentence(problem)}
    assert line in told, [(problem.line, _sentence(problem)) for problem in problems]


def test_one_fault_is_one_problem() -> None:
    two_faults = {"goal: fun", "colour: red", "minimum: 10\n        maximum: 9"}
    for good, bad, *_ in BROKEN:
        if bad not in two_faults and "options: []" not in bad:
            assert len(problems_of(GOOD.replace(good, bad, 1))) == 1, bad


@pytest.mark.parametrize(
    ("count", "said"), [(1, 'Too few entries in "options": 1. Give at least 2.'), (8, "Give at most 7.")]
)
def test_a_bad_scale_is_told_once_where_the_scale_stands(count: int, said: str) -> None:
    steps = "".join(f"      - {{id: s{step}, label: {{en: Step, ar: درجة}}}}\n" for step in range(count))
    start, end = GOOD.index("      - {id: no"), GOOD.index("    apart:")
    (problem,) = problems_of(GOOD[:start] + steps + GOOD[end:])
    assert (problem.line, problem.place) == (14, "scales.how-much.options")
    assert said in _sentence(problem)


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    broken = GOOD.replace("audience: students", "audience: pupils").replace("type: choice", "type: slider")
    broken = broken.replace("{en: Recess, ar: الفسحة}", "{en: Recess}").replace("id: times", "id: fun")
    assert [(problem.line, problem.column, problem.place) for problem in problems_of(broken)] == [
        (5, 11, "audience"),
        (10, 1, "title"),
        (29, 15, "sections[0].questions[1].type"),
        (38, 13, "sections[0].questions[2].id"),
    ]


def test_the_refusal_reads_as_a_compilers_would() -> None:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(GOOD.replace("layout: screens", "layout: book"), name="recess.yaml")
    cure = "Use one of: screens, page."
    assert str(refused.value) == f'recess.yaml:7:9 layout: "book" cannot be used for "layout". {cure}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'The file is empty. Start with the line "format: 1"'),
        ("# nothing but a comment\n", "The file is empty."),
        ("- format: 1\n", "A form is written as keys with values; this file holds something else."),
        ("just words", "A form is written as keys with values"),
        (f"{GOOD}---\n{GOOD}", "but found another document"),
        ("x" * 1_000_001, "The file is larger than 1000000 characters. Keep one form per file."),
        ("? [a, b]\n: c\n", "A key has to be one word."),
    ],
)
def test_what_is_no_form_at_all_is_refused_in_words(text: str, said: str) -> None:
    assert any(said in _sentence(problem) for problem in problems_of(text))


SCRAPS = st.sampled_from(
    ["", ":", "- ", "{", "}", "[", "]", "*a", "&a ", "!x ", "'", '"', "|", "\n", "  ", "%", "null", "-1"]
)


@settings(max_examples=300, deadline=None, database=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), SCRAPS | st.text(max_size=4)), max_size=3))
def test_whatever_happened_to_a_file_it_is_read_or_refused_in_words(cuts: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, scrap in cuts:
        text = text[:start] + scrap + text[start + length :]
    problems: list[Problem] = []
    try:
        load_instrument(text, name="recess.yaml")
    except InstrumentRefused as refused:
        problems.extend(refused.problems)
    assert all(problem.line >= 1 and problem.column >= 1 and problem.cure for problem in problems)


def test_problems_can_be_told_in_another_language() -> None:
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument("format: 9", name="recess.yaml", gettext=Marked().gettext)
    assert refused.value.problems[0].what == '«The format "9" is unknown to this Voicebox.»'


def test_the_published_schema_is_that_of_the_models() -> None:
    path = Path(forms.__file__).with_name("instrument.schema.json")
    fresh = json.dumps(instrument_schema(), indent=2, ensure_ascii=False) + "\n"
    assert path.read_text(encoding="utf-8") == fresh, "write json.dumps(instrument_schema(), indent=2) into it"


def test_the_schema_knows_every_key_of_the_library() -> None:
    keys = set(instrument_schema()["properties"])
    assert keys == {*Instrument.model_fields, "scales", "ask_help"}
    for name in names():
        text = Path(forms.__file__).with_name("library").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        assert {line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()} <= keys


def _sentence(problem: Problem) -> str:
    return f"{problem.what} {problem.cure}"
