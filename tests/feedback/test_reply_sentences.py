"""The bank of ready sentences: the school answers the same day, in every language, without a translator."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from feedback.languages import LANGUAGES
from feedback.reply_sentences import PARTS, SENTENCES, BlankRefused, filled, sentence, sentences
from feedback.resources import resource_dir

TYPED = {"day": "2026-05-03", "number": "12", "name": "Fraction Fun"}
_BLANK = re.compile(r"%\((\w+)\)s")


def _catalog(code: str) -> Catalog | None:
    path = resource_dir("translations") / LANGUAGES[code].folder / "LC_MESSAGES" / "respondent.po"
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGES[code].locale)


def test_every_sentence_has_a_code_of_its_own_and_a_place_in_the_reply() -> None:
    assert len({each.code for each in SENTENCES}) == len({each.text for each in SENTENCES}) == len(SENTENCES)
    assert [each for part in PARTS for each in sentences(part)] == list(SENTENCES)
    assert [len(sentences(part)) for part in PARTS] == [14, 18, 10]
    assert sentence("ask_again").part == "did"
    with pytest.raises(KeyError):
        sentence("promise")


def test_a_sentence_has_the_blanks_it_says_it_has_and_only_those_that_need_no_translator() -> None:
    assert [each.code for each in SENTENCES if tuple(_BLANK.findall(each.text)) != each.blanks] == []
    assert {blank for each in SENTENCES for blank in each.blanks} == set(TYPED)
    assert max(len(each.blanks) for each in SENTENCES) <= 2


def test_the_sentences_are_short_and_said_by_the_school() -> None:
    assert [each.text for each in SENTENCES if len(each.text.split()) > 15] == []
    assert [each.text for each in SENTENCES if re.search(r"\b(I|my|secret|nobody will know)\b", each.text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_that_a_catalogue_has_keeps_its_blanks_and_can_be_filled(code: str) -> None:
    catalog = _catalog(code)
    for each in SENTENCES:
        message = catalog.get(each.text) if catalog else None
        if message and message.string:
            assert sorted(_BLANK.findall(str(message.string))) == sorted(each.blanks), each.code
        told = filled(each.code, TYPED, code)
        assert "%" not in told
        assert ("Fraction Fun" in told) == ("name" in each.blanks)
        assert ("2026" in told) == ("day" in each.blanks)


def test_days_and_numbers_are_written_as_the_readers_write_them() -> None:
    assert filled("ask_again", {"day": "2026-05-03"}, "en") == "We will ask you again on May 3, 2026."
    assert "3 مايو 2026" in filled("ask_again", {"day": "2026-05-03"}, "ar")
    assert "3 me 2026" in filled("ask_again", {"day": "2026-05-03"}, "ht")
    assert "1,095" in filled("more_time", {"number": "1095"}, "ar")
    assert "1.095" in filled("more_time", {"number": "1095"}, "de")
    assert filled("more_time", {"number": "١٢"}, "en") == "There is more time now. Minutes: 12."


def test_a_latin_name_does_not_turn_an_arabic_sentence_around() -> None:
    assert "\u2068Fraction Fun (2)\u2069" in filled("ask_maker", {"name": " Fraction Fun (2) "}, "ar")


def test_what_is_typed_is_text_and_never_a_blank_itself() -> None:
    assert "\u2068100 %(day)s\u2069" in filled("ask_maker", {"name": "100 %(day)s", "day": "soon"}, "en")


@pytest.mark.parametrize(
    ("code", "blank", "typed"),
    [
        *(("ask_again", "day", typed) for typed in ("", "3 May", "2026-02-30", "2026-W18-7", "20260503")),
        *(("more_time", "number", typed) for typed in ("", "-1", "1.5", "10000", "ten", "²")),
        *(
            ("ask_maker", "name", typed)
            for typed in ("", " ", "a\nb", "a\u2028b", "a\tb", "x" * 61, "a\u2069b", "a\ufdd0")
        ),
    ],
)
def test_a_blank_that_is_missing_or_wrong_is_refused_by_its_name(code: str, blank: str, typed: str) -> None:
    for values in ({blank: typed}, {}):
        with pytest.raises(ValueError, match=f"^{blank}: ") as refused:
            filled(code, values, "ar")
        assert isinstance(refused.value, BlankRefused)
        assert refused.value.blank == blank


def test_a_language_that_we_do_not_speak_is_not_filled() -> None:
    with pytest.raises(KeyError):
        filled("agree", {}, "xx")
