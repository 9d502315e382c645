"""What stands for a name or a number is said in the reader's language; what is stored stays as it is."""

from flask import Flask

from analysis.text.redaction import MARKS as STORED
from feedback.i18n import Catalogue, redacted, speak
from feedback.marks import MARKS, say_marks


def test_pages_know_every_mark_that_redaction_makes() -> None:
    assert set(MARKS) == set(STORED)


def test_each_mark_is_said_and_nothing_else() -> None:
    told = say_marks("[name] and [phone], [names] (name) [name]", {"[name]": "<N>", "[phone]": "<P>"}.__getitem__)
    assert told == "<N> and <P>, [names] (name) <N>"


def test_a_page_says_marks_in_its_own_language(app: Flask) -> None:
    with app.test_request_context():
        speak("en", Catalogue.STAFF)
        assert redacted("Mr [name] hit [name]") == "Mr [name] hit [name]"
        speak("es", Catalogue.RESPONDENT)
        assert redacted("Mr [name]") == "Mr [nombre]"
