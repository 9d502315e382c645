"""Instruments as they are stored: canonical, hashed, complete."""

import json

import pytest
from pydantic import ValidationError

from forms.definition import Instrument, canonical, digest
from forms.wording import say
from tests.forms.factories import a_question_dict, an_instrument, options, words


def test_what_is_stored_reads_back_equal() -> None:
    instrument = an_instrument(themes=[{"id": "language_inclusion", "title": words("T"), "next_step": words("N")}])
    assert Instrument.model_validate_json(canonical(instrument)) == instrument


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    turned = dict(reversed(a_question_dict("choice").items()))
    assert canonical(an_instrument(turned)) == canonical(an_instrument(a_question_dict("choice")))
    assert list(json.loads(canonical(an_instrument()))) == sorted(json.loads(canonical(an_instrument())))


def test_one_changed_word_changes_the_digest() -> None:
    one, other = an_instrument(title=words("Sample")), an_instrument(title=words("sample"))
    assert len(digest(one)) == 64
    assert digest(one) != digest(other)


def test_what_is_not_set_is_not_stored() -> None:
    assert "null" not in canonical(an_instrument())


def test_keys_that_were_added_since_change_no_older_forms_digest() -> None:
    # Taken before there were more than these six types, and answers apart elsewhere than on a scale.
    older = ("choice", "choices", "scale", "yes-maybe-no", "number", "text")
    instrument = an_instrument(*(a_question_dict(type_) for type_ in older))
    assert digest(instrument) == "a04f13743bbab74e8336c4daf03d2118c52a3c7b5ab1a8d77914dba3f6b86658"
    assert digest(an_instrument(a_question_dict("choice", apart=options("none")))) != digest(
        an_instrument(a_question_dict("choice"))
    )


def test_a_theme_may_say_how_people_write_about_it_in_any_language_and_older_forms_keep_their_digest() -> None:
    theme = {"id": "clubs_sports", "title": words("Clubs"), "next_step": words("N")}
    plain = an_instrument(themes=[theme])
    assert '"examples"' not in canonical(plain)
    with_examples = an_instrument(themes=[{**theme, "examples": {"so": ["kubadda cagta"], "en": ["more football"]}}])
    assert with_examples.themes[0].examples == {"so": ("kubadda cagta",), "en": ("more football",)}
    assert Instrument.model_validate_json(canonical(with_examples)) == with_examples


@pytest.mark.parametrize("id_", ["other", "found-1", "own-2"])
def test_no_theme_takes_the_name_of_those_that_a_review_finds(id_: str) -> None:
    with pytest.raises(ValidationError, match="kept for themes"):
        an_instrument(themes=[{"id": id_, "title": words("T"), "next_step": words("N")}])


def test_questions_are_found_by_their_id() -> None:
    instrument = an_instrument()
    assert instrument.question("a-text").type == "text"
    with pytest.raises(KeyError):
        instrument.question("a-poem")


def test_an_instrument_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        an_instrument().version = 2  # type: ignore[misc]  # that it is refused is what is tested


@pytest.mark.parametrize(
    "facts",
    [
        {"title": {"en": "Only English"}},
        {"title": {"en": "Title", "ar": " "}},
        {"title": {"en": "Title", "ar": "عنوان", "fr": "Titre"}},
        {"languages": ["en", "ar", "en"]},
        {"languages": []},
        {"languages": ["English", "ar"]},
        {"version": 0},
        {"version": True},
        {"format": 2},
        {"sections": []},
        {"colour": "red"},
    ],
)
def test_an_incomplete_instrument_cannot_be_made_even_without_a_file(facts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        an_instrument(**facts)


def test_two_questions_cannot_share_an_id() -> None:
    with pytest.raises(ValidationError, match='The id "a-text" is used twice'):
        an_instrument(a_question_dict("text"), a_question_dict("text"))


def test_words_are_said_in_the_asked_language_else_in_english_else_in_the_first() -> None:
    assert say({"en": "Yes", "ar": "نعم"}, "ar") == ("نعم", "ar")
    assert say({"ar": "نعم", "en": "Yes"}, "so") == ("Yes", "en")
    assert say({"ar": "نعم", "es": "Sí"}, "so") == ("نعم", "ar")
