"""Telephone numbers of those who help are read from the left in every language."""

import pytest

from feedback.languages import LANGUAGES, dialled
from feedback.spoken import whole_in


@pytest.mark.parametrize("number", ["555 01 23", "+44 20 7946 0958", "(020) 7946-0958", "15:00", "1,095", "٠٢٠ ٧٩٤٦"])
def test_a_number_in_words_read_from_the_right_keeps_its_order(number: str) -> None:
    assert dialled(f"هاتف {number}، غرفة 7", "ar") == f"هاتف \u2066{number}\u2069، غرفة 7"
    assert dialled(f"Telephone {number}, room 7", "en") == f"Telephone {number}, room 7"


def test_two_numbers_that_are_told_one_after_the_other_stay_two() -> None:
    assert dialled("غرفة 12، 555 01 23", "ur") == "غرفة \u206612\u2069، \u2066555 01 23\u2069"
    assert dialled("12, 34", "ar") == "\u206612\u2069, \u206634\u2069"


def test_a_minus_stays_before_its_number_where_one_reads_from_the_right() -> None:
    assert whole_in(LANGUAGES["ar"], -17) == "\u200e-17"
    assert (whole_in(LANGUAGES["en"], -17), whole_in(LANGUAGES["ar"], 17)) == ("-17", "17")
