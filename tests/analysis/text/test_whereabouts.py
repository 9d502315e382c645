"""Addresses, classes and birthdays lead to one child, and are taken out; what only looks like them stays."""

import time

import pytest

from analysis.text.redaction import MARKS, redact


@pytest.mark.parametrize(
    ("written", "mark", "left"),
    [
        ("I live at 12 Baker Street near the park", "[address]", "I live at [address] near the park"),
        ("vivo en la calle Mayor 5, y voy a pie", "[address]", "vivo en la [address], y voy a pie"),
        ("wir wohnen in der Hauptstraße 12", "[address]", "wir wohnen in der [address]"),
        ("j'habite 12 rue de la Paix", "[address]", "j'habite [address]"),
        ("ми живемо на вул. Шевченка 12", "[address]", "ми живемо на [address]"),
        ("我家住在中山路12号", "[address]", "[address]"),
        ("I am in class 5B", "[class]", "I am in class [class]"),
        ("the kids from 6c laugh", "[class]", "the kids from [class] laugh"),
        ("Наталі подобається в 7-Б", "[class]", "[class]"),
        ("estudo no 4º B", "[class]", "estudo no [class]"),
        ("我在三年级二班", "[class]", "我在[class]"),
        ("lớp 9A5 ồn quá", "[class]", "lớp [class] ồn quá"),
        ("my birthday is 3 May 2014", "[birthday]", "my birthday is [birthday]"),
        ("cumplo años el 29 de febrero", "[birthday]", "cumplo años el [birthday]"),
        ("我的生日是2014年5月3日", "[birthday]", "我的生日是[birthday]"),
        ("моя донька народилась 12.05.2014", "[birthday]", "моя донька народилась [birthday]"),
    ],
)
def test_what_leads_to_one_child_is_taken_out(written: str, mark: str, left: str) -> None:
    found = redact(written, language="und")
    assert mark in found.marks
    assert left in found.text


@pytest.mark.parametrize(
    "written",
    [
        "3 kids on the street were shouting",
        "the 3D printer and the 4G net",
        "question 3b is too hard",
        "room 204, page 45",
        "on 3 May 2026 the lift broke",
        "we lost 3:2 and got 5 points",
        "la ruta 27 llega tarde",
        "5 a day keeps the doctor away",
    ],
)
def test_what_leads_to_nobody_stays(written: str) -> None:
    assert redact(written, language="und").text == written


HOSTILE = (
    *("word ", "Amina ", "1 ", "a@", "a.", "😀", "\u202e", "a\u200b", "王", "<b>", "\0", "calle ", "12 Baker "),
    *("born 3 ", "my name is ", "a_", "محمد ", "5B ", "insta a1b ", "[name]", "de la ", "0", "- ", "al"),
)


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_text_takes_no_time_and_is_the_same_when_redacted_twice(part: str) -> None:
    redact("Mr Okoro of class 5B", language="en")
    begun = time.process_time()
    once = redact(part * (100_000 // len(part)), language="en").text
    # Seconds of the processor; it takes a few tenths. What grows with the square of the length takes minutes.
    assert time.process_time() - begun < 5
    assert redact(once, language="en").text == once


def test_marks_in_a_text_are_left_alone() -> None:
    written = "Mr " + " and ".join(MARKS)
    assert redact(written, language="en").text == written
    assert redact(written, language="en").marks == ()


def test_half_is_no_class_in_arabic() -> None:
    assert redact("الإنترنت بطيء ونصف الحواسيب معطلة.", language="ar").marks == ()


def test_a_class_after_and_is_still_one() -> None:
    assert redact("نحن وصف 5 ب نحب الرياضة", language="ar").marks == ("[class]",)
