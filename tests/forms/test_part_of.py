"""A form without some of its questions asks nothing new; other words do."""

from forms.part_of import is_part_of
from forms.tailor import tailor
from tests.factories import a_family_instrument, an_instrument


def test_a_form_is_a_part_of_itself_and_what_is_left_of_it_is_one_too() -> None:
    whole = a_family_instrument()
    assert is_part_of(whole, whole)
    assert is_part_of(tailor(whole, without=["wish"]), whole)
    assert is_part_of(tailor(tailor(whole, without=["wish"]), without=["days"]), whole)


def test_a_whole_form_is_no_part_of_what_is_left_of_it() -> None:
    whole = a_family_instrument()
    assert not is_part_of(whole, tailor(whole, without=["wish"]))


def test_other_words_and_another_form_are_no_part() -> None:
    whole = a_family_instrument()
    reworded = tailor(whole, without=["wish"], wording={"again": {"en": "Once more?"}})
    assert not is_part_of(reworded, whole)
    assert not is_part_of(an_instrument(), whole)
