"""What a program sees of a translation, in several scripts; and what it leaves to people."""

import pytest

from forms.draft import as_data
from forms.glossary import ready_words
from forms.library import names, open_library
from forms.texts import Text, texts_of
from forms.translation_checks import SENTENCES, check

HARD = [
    ("Blank", "  ", "fr", "blank"),
    ("Tell us.", "Tell us.", "fr", "same"),
    ("Tell us.", " tell  us. ", "de", "same"),
    ("You chose {place|a place}. Why?", "Vous avez choisi. Pourquoi ?", "fr", "pipes"),
    ("You chose {place|a place}.", "Vous avez choisi {lieu|un lieu}.", "fr", "pipes"),
    ("You chose a place.", "Vous avez choisi {un lieu.", "fr", "brackets"),
    ("On how many of 10 days?", "في كم يوم من ١١ يومًا؟", "ar", "numbers"),
    ("Up to 3 answers", "۴ جواب تک", "ur", "numbers"),
    ("Page 2", "पृष्ठ", "hi", "numbers"),
    ("Write to help@school.example", "Escriba a ayuda@school.example", "es", "links"),
    ("See https://a.example/x", "Voir a.example", "fr", "links"),
    ("Yes", "\u2067نعم", "ar", "marks"),
    ("Yes", "نعم\u2069", "ar", "marks"),
    ("Do you like it?", "Do you like this one?", "ur", "script"),
    ("Do you like it?", "Te gusta?", "fa", "script"),
    ("Do you like it?", "هل يعجبك؟", "es", "script"),
    ("Yes", "x" * 121, "es", "too_long"),
]


@pytest.mark.parametrize(("source", "words", "language", "code"), HARD)
def test_what_was_lost_is_refused(source: str, words: str, language: str, code: str) -> None:
    found = check(source, words, language, place="label")
    assert [each.code for each in found if each.hard] == [code]
    assert SENTENCES[code] % found[0].values


@pytest.mark.parametrize(
    ("source", "words", "language"),
    [
        ("On how many of 10 days?", "في كم يوم من ١٠ أيام؟", "ar"),
        ("Up to 3 answers", "۳ جواب تک", "ur"),
        ("Page 2", "पृष्ठ २", "hi"),
        ("1,000 steps", "1.000 Schritte", "de"),
        ("1,000 steps", "1 000 pas", "fr"),
        ("2.5 hours", "2,5 Stunden", "de"),
        ("You chose {place|a place}. Why?", "لماذا اخترت {place|مكانًا}؟", "ar"),
        ("See https://a.example/2", "انظر https://a.example/2", "ar"),
        ("Ask about Duolingo", "اسأل عن Duolingo", "ar"),
        ("Yes", "\u2067نعم\u2069", "ar"),
        ("Tell us.", "告诉我们。", "zh-Hans"),
        ("Tell us.", "알려 주세요.", "ko"),
        ("Tell us.", "ይንገሩን።", "am"),
        ("1–5", "1–5", "fr"),
    ],
)
def test_what_is_right_is_left_alone(source: str, words: str, language: str) -> None:
    assert check(source, words, language, place="text") == ()


def test_words_that_stay_on_purpose_need_no_script_of_their_own() -> None:
    assert check("Duolingo", "Duolingo", "ar", place="label", identical=True) == ()
    assert [each.code for each in check("Duolingo", "Duolingo", "ar", place="label")] == ["same"]


@pytest.mark.parametrize(
    ("source", "words", "language", "code"),
    [
        ("Is it easy?", "C’est facile, ou bien est-ce que c’est difficile ?", "fr", "long"),
        ("One\nTwo", "Un deux", "fr", "lines"),
        ("Tell us.", "Skazhi nam.", "ru", "script"),
    ],
)
def test_what_a_person_has_to_judge_is_only_shown(source: str, words: str, language: str, code: str) -> None:
    assert [(each.code, each.hard) for each in check(source, words, language, place="text")] == [(code, False)]


def test_two_answers_of_a_question_are_told_apart() -> None:
    found = check("Quite", "Ziemlich", "de", place="label", other_answers=["Sehr", "ziemlich"])
    assert [each.code for each in found] == ["like_another"]


def test_a_label_has_fixed_words() -> None:
    label = Text("items/a/options/yes/label", {"en": "Not at all"}, "a", "label")
    ready = ready_words(label, "Not at all", "en", "es")
    assert ready == ("Nada",)
    assert check("Not at all", "Nada", "es", place="label", ready=ready) == ()
    assert [each.code for each in check("Not at all", "No", "es", place="label", ready=ready)] == ["glossary"]
    question = Text("items/a/text", {"en": "Not at all"}, "a", "text")
    assert ready_words(question, "Not at all", "en", "es") == ()


@pytest.mark.parametrize("name", list(names()))
def test_the_library_passes_in_all_its_languages(name: str) -> None:
    wrong = [
        (text.key, language, each.code)
        for text in texts_of(as_data(open_library(name)))
        for language, words in text.words.items()
        if language != "en" and text.readers == "respondents"
        for each in check(text.words["en"], words, language, place=text.field, identical=True)
        if each.hard
    ]
    assert wrong == []
