"""Translating twice: blind, compared, settled."""

from dataclasses import replace

import pytest

from feedback.models import StaffMember
from feedback.operations.errors import NotFound, SecondPersonNeeded, TranslationChanged, TranslationRefused
from feedback.operations.school import School
from feedback.operations.workshop.second_hand import blind_texts, pairs, settle, translate_again
from feedback.operations.workshop.translatable import form_for
from feedback.operations.workshop.translate import Written, find_text, translate_text
from forms.texts import words_hash
from tests.factories import NOW, a_staff_member

FORM, KEY, FIRST, SECOND = "first-look", "title", "پہلا جائزہ", "پہلی جھلک"
SOURCE = words_hash("First Look")


@pytest.fixture
def one(school: School) -> StaffMember:
    member = a_staff_member(school, "translator", account="one", languages=["ur"])
    translate_text(school, member, FORM, "ur", Written(KEY, FIRST, 0, SOURCE), now=NOW)
    return member


@pytest.fixture
def two(school: School) -> StaffMember:
    return a_staff_member(school, "translator", account="two", languages=["ur"])


def test_the_second_translator_sees_nothing_of_the_first(school: School, one: StaffMember, two: StaffMember) -> None:
    _form, texts = blind_texts(school, two, FORM, "ur")
    assert FIRST not in repr(texts)
    assert KEY in {each.text.text.key for each in texts}
    assert KEY not in {each.text.text.key for each in blind_texts(school, one, FORM, "ur")[1]}


def test_nobody_translates_a_text_twice_alone(school: School, one: StaffMember, two: StaffMember) -> None:
    with pytest.raises(SecondPersonNeeded):
        translate_again(school, one, FORM, "ur", Written(KEY, SECOND, 0, SOURCE), now=NOW)
    translate_again(school, two, FORM, "ur", Written(KEY, SECOND, 0, SOURCE), now=NOW)
    three = a_staff_member(school, "translator", account="three", languages=["ur"])
    with pytest.raises(SecondPersonNeeded):
        translate_again(school, three, FORM, "ur", Written(KEY, "تیسرا", 0, SOURCE), now=NOW)
    with pytest.raises(TranslationChanged):
        translate_again(school, two, FORM, "ur", Written(KEY, SECOND, 0, SOURCE), now=NOW)
    with pytest.raises(TranslationRefused):
        translate_again(school, two, FORM, "ur", Written(KEY, "First Look", 1, SOURCE), now=NOW)


@pytest.mark.usefixtures("one")
@pytest.mark.parametrize("words", [FIRST, SECOND, "ابتدائی نظر"])
def test_what_was_settled_is_the_first_and_waits_to_be_signed(school: School, two: StaffMember, words: str) -> None:
    translate_again(school, two, FORM, "ur", Written(KEY, SECOND, 0, SOURCE), now=NOW)
    _form, (pair,) = pairs(school, two, FORM, "ur")
    assert (pair.first.words, pair.second) == (FIRST, SECOND)
    seen = Written(KEY, words, pair.first.revision, SOURCE)
    for late in (replace(seen, revision=9), replace(seen, source_hash="else")):
        with pytest.raises(TranslationChanged):
            settle(school, two, FORM, "ur", late, second_revision=pair.second_revision, now=NOW)
    settle(school, two, FORM, "ur", seen, second_revision=pair.second_revision, now=NOW)
    text = find_text(form_for(school, two, FORM, "ur")[1], KEY)
    assert (text.words, text.state) == (words, "draft")
    assert pairs(school, two, FORM, "ur")[1] == []
    with pytest.raises(NotFound):
        settle(school, two, FORM, "ur", seen, second_revision=pair.second_revision, now=NOW)
