"""A remark: its weight, its sentences, the wording it proposes, and the words it holds for."""

import re

import pytest

from forms.checks import check, profile_of, profiles
from forms.checks.profiles import STRICTEST
from forms.checks.sentences import PROFILES, SENTENCES, TOPICS
from forms.draft import as_data
from forms.library import open_library
from tests.forms.checks.forms import a_form, a_question, labelled, said_of, weights_of
from tests.forms.checks.lists import figures


def _asked(text: str, **facts: object) -> dict[str, str]:
    return weights_of(a_question(text={"en": text}), **facts)


@pytest.mark.parametrize(
    ("text", "rule", "weight", "facts"),
    [
        ("How easy and fun is it?", "double_barrelled", "warning", {}),
        ("How great is it?", "leading", "block", {}),
        ("How often can't you log in?", "negation", "block", {"ages": "12-14"}),
        ("How often can't you log in?", "negation", "block", {"ages": None}),
        ("How often can't you log in?", "negation", "warning", {"ages": "15-18"}),
        ("How often can't you log in?", "negation", "warning", {"audience": "families", "ages": None}),
        ("Do you always finish?", "absolute", "warning", {}),
        ("What did you do last year?", "recall", "warning", {"ages": "9-11"}),
        ("How much do you agree?", "agreement", "warning", {}),
        ("How good is the platform?", "jargon", "warning", {}),
        ("What is your name?", "identity", "block", {}),
        ("How old are you?", "demographic", "block", {}),
        ("Do you feel depressed?", "protected", "block", {}),
        ("Is your teacher fair?", "rates_a_person", "block", {}),
    ],
)
def test_the_weight_is_that_of_the_table(text: str, rule: str, weight: str, facts: dict[str, object]) -> None:
    assert _asked(text, **facts) == {rule: weight}


def test_older_people_may_be_asked_about_last_year() -> None:
    assert _asked("What did you do last year?") == {}


@pytest.mark.parametrize(
    ("labels", "rule", "ages"),
    [
        (("Bad", "Good", "Very good"), "unbalanced", "15-18"),
        (("Good", "Very good", "Excellent"), "only_one_side", "15-18"),
        (("1", "2", "3"), "numbers_only", "12-14"),
        (("Bad", "OK", "Good"), "midpoint", "9-11"),
    ],
)
def test_scales_that_are_blocked(labels: tuple[str, ...], rule: str, ages: str) -> None:
    remarks = said_of(a_question(options=labelled(*labels)), ages=ages)
    assert remarks[rule, "items/one"].weight == "block"


def test_numbers_and_middles_may_be_shown_to_older_students() -> None:
    assert weights_of(a_question(options=labelled("1", "2", "3")), ages="15-18") == {}
    assert weights_of(a_question(options=labelled("Bad", "OK", "Good"))) == {}


def test_warm_faces_of_the_young_are_all_on_one_side() -> None:
    faces = a_question(type="smileys", faces="warm", options=labelled("Good", "Very good", "Great"))
    assert weights_of(faces, ages="6-8") == {}


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    seen = {*figures("labelled").rules, "too_many_questions"}
    assert seen <= set(SENTENCES)
    for what, cure in SENTENCES.values():
        assert what.endswith(".")
        assert cure.endswith(".")
        assert set(re.findall(r"%\((\w+)\)s", what + cure)) <= {
            "found", "better", "plain", "count", "most", "language", "good", "bad", "topic", "named",
        }  # fmt: skip


def test_every_remark_can_be_told() -> None:
    worst = a_question(
        text={"en": "Don't you agree that your amazing teacher is always good and fair? And the platform?"}
    )
    remarks = check(a_form(worst, a_question("b", text={"en": "Do you never smoke?"}), a_question("c"), minutes=20))
    assert len(remarks) > 8
    for remark in remarks:
        what, cure = remark.told(lambda sentence: sentence)
        assert "%(" not in what + cure


def test_a_topic_is_named_in_the_readers_language() -> None:
    (remark,) = check(a_form(a_question(text={"en": "Which church do you go to?"})))
    assert remark.needs_officer
    assert "(religion)" in remark.told(lambda sentence: sentence)[0]
    assert "(Glaube)" in remark.told(lambda sentence: {"religion": "Glaube"}.get(sentence, sentence))[0]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("How much does the platform help you?", "How much does the tool help you?"),
        ("Do you always finish your work?", "Do you often finish your work?"),
        ("How much do you like our amazing new app?", "How much do you like our new app?"),
        ("How easy and fun is it?", "How easy is this tool for you?"),
    ],
)
def test_a_better_wording_is_proposed(text: str, better: str) -> None:
    assert [remark.better for remark in check(a_form(a_question(text={"en": text})))] == [better]


def test_a_better_wording_is_in_the_language_of_the_text() -> None:
    (remark,) = check(a_form(a_question(text={"zh-Hans": "这个平台对你帮助有多少？"})))
    assert remark.better == "这个工具对你帮助有多少？"
    assert remark.language == "zh-Hans"


def test_a_digest_holds_for_the_very_words_wherever_the_question_stands() -> None:
    def digest(text: str, **facts: object) -> str:
        return said_of(a_question(text={"en": text}), **facts)["leading", "items/one/text"].digest

    assert digest("How great is it?") == digest("How great is it?", minutes=2, title={"en": "Other"})
    assert digest("How great is it?") != digest("How great is this?")
    assert len(digest("How great is it?")) == 64


def test_a_profile_decides_which_topics_are_protected() -> None:
    form = a_form(a_question(text={"en": "Do your parents earn much?"}))
    assert [remark.rule for remark in check(form, profile=profile_of("us-ppra"))] == ["protected"]
    assert check(form, profile=profile_of("eu-gdpr")) == ()
    assert set(profiles()) == set(PROFILES)
    assert set(STRICTEST.topics) == set(TOPICS) == {topic for each in profiles().values() for topic in each.topics}


def test_two_topics_in_one_question_are_decided_one_by_one() -> None:
    remarks = check(a_form(a_question(text={"en": "Does your doctor ask about drugs?"})))
    assert {remark.values["topic"] for remark in remarks} == {"privileged", "illegal"}
    assert len({remark.digest for remark in remarks}) == 2


def test_a_hint_may_ask_to_leave_private_matters_out() -> None:
    fine = a_question(hint={"en": "Please leave out your name, church and doctor."})
    assert weights_of(fine) == {}
    assert weights_of(a_question(hint={"en": "Tell us about your family life."})) == {"protected": "block"}


def test_a_text_of_another_language_is_checked_for_what_needs_no_words() -> None:
    data = as_data(open_library("first-look"))
    polish = a_form(a_question(text={"pl": "Jak masz na imię?"}, why={}))
    assert [remark.rule for remark in check(polish)] == ["missing_why"]
    assert all(remark.language in data["languages"] for remark in check(data) if remark.language)
