"""What a voice reads of a form is the same while it is written and once it is asked."""

import pytest

from forms.aloud import INTRODUCTION, hash_read, read_aloud
from forms.draft import as_data, as_draft, finished
from forms.library import names, open_library


@pytest.mark.parametrize("name", names())
def test_a_draft_and_its_version_are_read_alike(name: str) -> None:
    draft = as_draft(open_library(name), "en")
    told = read_aloud(draft, "en")
    assert told == read_aloud(as_data(finished(draft)), "en")
    assert next(iter(told)) == INTRODUCTION
    assert all(told.values())


def test_a_question_is_read_with_its_answers_and_what_is_asked_beside_it_and_not_with_why_it_is_asked() -> None:
    options = [{"id": "a", "label": {"en": "Yes"}}, {"id": "b", "label": {"en": "Other"}}]
    asked = {"id": "q", "type": "one", "text": {"en": "Better?", "es": "¿Mejor?"}, "why": {"en": "To choose."}}
    beside = {"id": "q-own", "type": "text", "text": {"en": "What else?"}, "companion_of": "q"}
    sections = [{"id": "s", "title": {"en": "Class"}, "questions": [{**asked, "options": options}, beside]}]
    data = {"title": {"en": "Ours", "es": "Lo nuestro"}, "introduction": {"en": ""}, "sections": sections}
    assert read_aloud(data, "en") == {INTRODUCTION: ("Ours",), "q": ("Better?", "Yes", "Other", "What else?")}
    assert read_aloud(data, "es") == {INTRODUCTION: ("Lo nuestro",), "q": ()}


def test_another_order_of_answers_is_read_anew() -> None:
    assert len({hash_read(words) for words in (("a", "b"), ("b", "a"), ("a b",))}) == 3
