"""What files say in short: matrices, own words, the question about help, and what is wrong with them."""

import pytest

from forms.definition import Instrument, canonical, digest
from forms.loader import InstrumentRefused, load_instrument
from forms.questions.base import Measure
from forms.standard import did_someone_help
from forms.tailor import for_under_18s_without_text, tailor
from tests.factories import a_family_instrument
from tests.factories import an_instrument as a_short_form
from tests.winding import WINDING, a_winding_form

CORE = ["en", "es", "fr", "de", "pt", "ar", "zh-Hans", "vi", "uk", "ru", "so", "ht", "tl", "hi", "ur"]


def test_a_matrix_becomes_scale_questions_under_one_stem() -> None:
    form = a_winding_form()
    rows = [question for question in form.questions if question.stem]
    assert [(row.id, row.type, row.text["en"]) for row in rows] == [
        ("mornings-safe", "scale", "We feel safe"),
        ("mornings-calm", "scale", "It is calm"),
        ("mornings-late", "scale", "We come late"),
    ]
    assert {tuple(option.id for option in row.offered()) for row in rows} == {
        ("never", "sometimes", "often", "dont-know")
    }
    assert {row.why["en"] for row in rows} == {"To plan the mornings."}
    assert Instrument.model_validate_json(canonical(form)) == form


def test_own_words_become_a_text_of_their_own_beside_the_answer() -> None:
    words = a_winding_form().question("how-other")
    assert words.measure is Measure.TEXT
    assert words.companion_of == "how"
    assert words.show_if is not None
    assert (words.show_if.question, words.show_if.answers) == ("how", ("other",))
    assert [question.id for question in a_winding_form().main_questions][:2] == ["how", "bus-full"]


def test_children_keep_the_answer_and_lose_the_place_to_write() -> None:
    left = for_under_18s_without_text(a_winding_form(audience="students"))
    assert [option.id for option in left.question("how").offered()] == ["foot", "bus", "other"]
    assert "how-other" not in [question.id for question in left.questions]


def test_a_notice_is_shown_and_never_counted() -> None:
    form = a_winding_form()
    assert [item.id for item in form.items][:2] == ["hello", "how"]
    assert "hello" not in [question.id for question in form.questions]
    assert "hello" not in [item.id for item in tailor(form, without=["hello"]).items]


def test_a_notice_alone_is_no_form() -> None:
    questions = [question.id for question in a_winding_form().questions]
    with pytest.raises(InstrumentRefused, match="No question is left"):
        tailor(a_winding_form(), without=questions)


def test_the_question_about_help_is_there_in_the_fifteen_core_languages() -> None:
    section, missing = did_someone_help(CORE)
    (question,) = section["questions"]
    texts = [section["title"], question["text"], question["why"], *(each["label"] for each in question["options"])]
    assert missing == []
    assert all(list(text) == CORE and all(text.values()) for text in texts)
    assert did_someone_help(["en", "ps"])[1] == ["ps"]


def test_forms_of_an_earlier_voicebox_keep_their_digests() -> None:
    assert digest(a_short_form(ages="6-8")) == "32667118efa20d09602bd181d254b9e0ec5f19a9db38f612b2e7195f8a63dfdf"
    assert digest(a_family_instrument()) == "6f468155e8cd47b0ae5d94ac24e018c37bdb79508cb22c3172ca991630228c92"


#: A change to the winding form, the line (by what it contains) that is at fault, and what is said about it.
BROKEN = [
    ("own_words: true", "own_words: yes", "own_words: yes", '"own_words" is yes here. Write "own_words: true"'),
    ("ask_help: true", "ask_help: 1", "ask_help: 1", '"ask_help" is 1. Write "ask_help: true"'),
    ("{id: calm, text:", "{id: safe, text:", "en: It is calm", 'The id "mornings-safe" is used twice: the first one'),
    ("{id: calm, text:", "{id: calm, txet:", "en: It is calm", 'Did you mean "text"? Known here: id, text'),
    ("        rows:", "        row:", "row:", 'Did you mean "rows"? Known here: options, apart, type, id, text, why'),
    ("question: how, is: [bus]", "question: hwo, is: [bus]", "hwo", "Name one that is asked earlier: how."),
    ("question: how, is: [bus]", "question: how, is: [bsu]", "[bsu]", "Use ids from its options: foot, bus, other."),
    ("question: how, is: [bus]", "question: how, ist: [bus]", "ist:", 'Did you mean "is"? Known here: question, is.'),
    ("question: how, is: [foot]", "question: path, is: [foot]", "path, is", "Before this there is no question"),
    ("id: hello\n", "id: how\n", "id: how", 'The id "how" is used twice: the first one is on line 26'),
    ("picture: book", "options: []", "options: []", '"options" is unknown here. Take it out, or use one of: type, id'),
]


@pytest.mark.parametrize(("good", "bad", "line", "said"), BROKEN, ids=[bad for _, bad, *_ in BROKEN])
def test_what_is_wrong_with_a_short_form_is_said_at_its_place_in_the_file(
    good: str, bad: str, line: str, said: str
) -> None:
    broken = WINDING.replace(good, bad, 1)
    with pytest.raises(InstrumentRefused) as refused:
        load_instrument(broken, name="winding.yaml")
    (problem,) = refused.value.problems
    assert said in f"{problem.what} {problem.cure}"
    assert any(line in text for text in broken.splitlines()[problem.line - 1 : problem.line + 1])


def test_own_words_stand_beside_chosen_answers_only() -> None:
    scale = WINDING.replace("{id: never, label:", "{id: never, own_words: true, label:")
    with pytest.raises(InstrumentRefused, match='"own_words" is unknown here'):
        load_instrument(scale, name="winding.yaml")


def test_help_is_asked_about_only_in_languages_that_have_the_question() -> None:
    other = WINDING.replace("languages: [en, ar, es]", "languages: [en, ar, es, ps]")
    with pytest.raises(InstrumentRefused, match="is not there yet in: ps"):
        load_instrument(other, name="winding.yaml")
