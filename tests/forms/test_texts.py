"""Keys of texts: each text once, the same after everything has moved, and a draft that is made of it."""

import pytest

from forms.draft import as_data, as_draft, faults_of_draft, finished, free_id, items_of, new_draft
from forms.library import names, open_library
from forms.problems import InstrumentRefused
from forms.texts import only_in, texts_of, with_texts
from tests.every_type import every_type


@pytest.mark.parametrize("name", list(names()))
def test_every_text_has_one_key_whatever_the_order(name: str) -> None:
    data = as_data(open_library(name))
    texts = {text.key: text.words for text in texts_of(data)}
    assert len(texts) == len(list(texts_of(data)))
    data["sections"].reverse()
    for section in data["sections"]:
        section["questions"].reverse()
    assert {text.key: text.words for text in texts_of(data)} == texts


@pytest.mark.parametrize("name", list(names()))
def test_a_draft_and_its_translations_make_the_instrument_again(name: str) -> None:
    instrument = open_library(name)
    data, draft = as_data(instrument), as_draft(instrument, "en")
    assert {language for text in texts_of(draft) for language in text.words} == {"en"}
    assert finished(draft).languages == ("en",)
    others = {text.key: {k: v for k, v in text.words.items() if k != "en"} for text in texts_of(data)}
    joined = with_texts(draft, others) | {"languages": list(instrument.languages)}
    assert finished(joined) == instrument
    assert only_in(joined, ("en",)) == draft


def test_every_word_of_every_type_has_a_key() -> None:
    draft = as_draft(every_type(languages=("en", "ar")), "en")
    assert finished(draft).languages == ("en",)
    assert {"then", "now", "unit"} <= {text.field for text in texts_of(draft)}


def test_texts_for_unknown_keys_are_refused() -> None:
    with pytest.raises(KeyError):
        with_texts(as_data(open_library("first-look")), {"items/nowhere/text": {"en": "x"}})


def test_a_new_draft_lacks_its_questions_and_its_introduction() -> None:
    draft = new_draft("ours", "Ours", "en", audience="families")
    assert {fault.code for fault in faults_of_draft(draft)} == {"missing_language", "too_short"}
    with pytest.raises(InstrumentRefused):
        finished(draft)
    assert list(items_of(draft)) == []


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        ("How easy is it?", (), "how-easy-is-it"),
        ("How easy is it?", ("how-easy-is-it",), "how-easy-is-it-2"),
        ("هل هو سهل؟", (), "q"),
        ("3 things", (), "q-3-things"),
        ("Élève " * 20, (), "eleve-eleve-eleve-eleve-eleve-eleve"),
    ],
)
def test_ids_are_made_of_words(wanted: str, taken: tuple[str, ...], given: str) -> None:
    assert free_id(wanted, taken) == given
