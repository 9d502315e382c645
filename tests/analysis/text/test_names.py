"""Names are taken out of comments, as children and families write them, and everyday words stay."""

import pytest

from analysis.name_words import words_of
from analysis.text.name_lists import PlainNames
from analysis.text.redaction import redact

#: What a school gave: words, sorted, of people that nobody can put together again.
SCHOOL = PlainNames(
    words_of(
        "Amina Okoro Hope Rose Zeynab Thanh Linh Trâm Олена Іван Роман أحمد فاطمة أمل سنية 小明 欣怡 王 सुनीता आशा خوشی"
    )
)


def _read(language: str, written: str) -> str:
    return redact(written, language=language, names=SCHOOL).text


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("en", "my friend amina hits me", "my friend [name] hits me"),
        ("en", "i sit with zeynab and AMINA", "i sit with [name] and [name]"),
        ("en", "amina okoro is mean", "[name] is mean"),
        ("en", "aminas pencil, Okoro's bag", "[name] pencil, [name]'s bag"),
        ("uk", "Олені подобається з іваном", "[name] подобається з [name]"),
        ("ar", "جلست مع فاطمه. ولأحمد كتاب", "جلست مع [name]. [name] كتاب"),
        ("zh", "今天欣怡打了我", "今天[name]打了我"),
        ("hi", "सुनीता ने मारा", "[name] ने मारा"),
        ("vi", "bạn Linh đánh em", "bạn [name] đánh em"),
    ],
)
def test_words_of_the_schools_list_are_found_in_small_letters_and_with_what_languages_add_to_them(
    language: str, written: str, read: str
) -> None:
    assert _read(language, written) == read


@pytest.mark.parametrize("written", ["zeynav took my ball", "my friend Zenab is kind", "zyenab pushes"])
def test_a_name_with_one_letter_wrong_is_found(written: str) -> None:
    assert "[name]" in _read("en", written)


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("en", "I hope the food gets better", "I hope the food gets better"),
        ("en", "she rose early", "she rose early"),
        ("en", "I think Hope took it", "I think [name] took it"),
        ("en", "my friend hope and me", "my friend [name] and me"),
        ("ar", "عندي أمل ان المدرسة تتحسن", "عندي أمل ان المدرسة تتحسن"),
        ("ar", "المعلمة أمل طيبة", "المعلمة [name] طيبة"),
        ("uk", "ми читали роман на уроці", "ми читали роман на уроці"),
        ("hi", "मुझे आशा है", "मुझे आशा है"),
        ("vi", "trạm xe buýt xa quá", "trạm xe buýt xa quá"),
    ],
)
def test_a_name_that_is_an_everyday_word_too_needs_a_sign(language: str, written: str, read: str) -> None:
    assert _read(language, written) == read


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("en", "Mr Xanthos explains well", "Mr [name] explains well"),
        ("en", "my name is wubishet", "my name is [name]"),
        ("de", "Frau Müller ist nett", "Frau [name] ist nett"),
        ("es", "la señora Quispe de la cocina", "la señora [name] de la cocina"),
        ("fr", "madame Van den Broeck est gentille", "madame [name] est gentille"),
        ("hi", "शर्मा जी बहुत अच्छे हैं", "[name] जी बहुत अच्छे हैं"),
        ("zh", "王老师很好，我叫李明", "[name]老师很好，我叫[name]"),
        ("ht", "mèt Jean Baptiste bon", "mèt [name] bon"),
        ("so", "macalin Cabdi waa fiican yahay", "macalin [name] waa fiican yahay"),
        ("ru", "с уважением, Т. Иванова", "с уважением, Т. [name]"),
    ],
)
def test_without_a_list_titles_and_public_names_tell(language: str, written: str, read: str) -> None:
    assert redact(written, language=language).text == read


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "In May we went to London with English and Maths."),
        ("en", "We had Minecraft and Google Classroom in March."),
        ("en", "I miss my friends and will call them"),
        ("en", "WE WANT MORE FOOTBALL AND LESS HOMEWORK"),
        ("de", "Die Angst vor der Prüfung und die Lehrer sind das Problem"),
        ("zh", "数学老师讲得太快，班主任老师很好"),
        ("zh", "作业写了三个小时，高一的同学都累"),
        ("fr", "il pleut et la rose est morte"),
        ("uk", "любов до книжок і надія на краще"),
    ],
)
def test_what_is_no_name_stays(language: str, written: str) -> None:
    assert redact(written, language=language).text == written


def test_a_list_that_gave_nothing_finds_nothing() -> None:
    assert redact("kwizera took my pencil", language="en").text == "kwizera took my pencil"
    assert (
        redact("kwizera took my pencil", language="en", names=PlainNames(["kwizera"])).text == "[name] took my pencil"
    )
