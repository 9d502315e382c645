"""Whole files of LimeSurvey: real ones with an exact list of what they lose, old ones, hostile ones, mutated ones."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.core import FileRefused, Loss
from forms.exchange.formats import read_form
from forms.exchange.limesurvey import is_lss, read_lss
from tests.forms.exchange.shares import MUTATED
from tests.forms.exchange.surveys import FORMS, an_lss

_ASKED = {"title": "q1", "type": "L", "a": {"A1": "Little", "A2": "Much"}}
#: What the surveys in that folder lose, of each kind so much.
_LOST = {
    "limesurvey_colors.lss": {
        "id_changed": 17,
        "media": 3,
        "setting": 2,
        "condition": 2,
        "answer_no_words": 2,
        "personal": 1,
        "ls_mail": 1,
        "ls_quota": 1,
        "appearance": 1,
        "constraint": 1,
        "required": 1,
        "no_why": 1,
    },
    "limesurvey_demo_survey.lss": {
        "id_changed": 21,
        "fraction": 15,
        "number_bands": 15,
        "ls_text": 7,
        "appearance": 6,
        "ls_numbers": 5,
        "ls_order": 4,
        "personal": 3,
        "required": 3,
        "markup": 2,
        "ls_quota": 2,
        "own_words": 2,
        "number_range": 2,
        "ls_grid": 2,
        "constraint": 2,
        "no_answer_in_text": 1,
        "ls_mail": 1,
        "ls_gender": 1,
        "type": 1,
        "calculation": 1,
        "ls_comment": 1,
        "setting": 1,
        "no_why": 1,
    },
}


def _told(losses: tuple[Loss, ...], *notes: str) -> list[tuple[str, str]]:
    return [(loss.code, loss.place) for loss in losses if loss.code not in notes]


def test_real_surveys_lose_exactly_this() -> None:
    for path in FORMS.glob("*.lss"):
        format_, came = read_form(path.read_bytes())
        assert (format_.name, Counter(loss.code for loss in came.losses)) == ("limesurvey", _LOST[path.name])


def test_a_survey_about_colours_loses_exactly_this_and_in_these_places() -> None:
    boxes = {"SQ1": "red", "SQ2": "green"}
    came = read_lss(
        an_lss(
            {"title": "Q00", "type": "M", "sq": boxes, "mandatory": "Y", "attributes": {"min_answers": 2}},
            {"title": "G01", "type": "T", "relevance": '((Q00_SQ1.NAOK == "Y") and (Q00_SQ2.NAOK == "Y"))'},
            {"title": "G02", "type": "T", "relevance": '((Q00_SQ2.NAOK == "Y"))'},
            {"title": "G03", "type": "L", "a": {"A1": '<img src="fire.png" />', "A2": "leaves"}},
            surveys=[{"language": "en", "anonymized": "N", "expires": "2032-05-31"}],
            quota=[{"name": "dark colors"}],
            surveys_languagesettings=[{"surveyls_language": "en", "surveyls_email_invite": "Dear you"}],
        )
    )
    assert _told(came.losses, "id_changed") == [
        ("personal", "surveys"),
        ("setting", "surveys"),
        ("ls_mail", "surveys_languagesettings"),
        ("ls_quota", "quota"),
        ("constraint", "question Q00"),
        ("required", "question Q00"),
        ("condition", "question G01"),
        ("media", "question G03, A1"),
        ("answer_no_words", "question G03, A1"),
        ("no_why", ""),
    ]
    colours, _why, why = came.data["sections"][0]["questions"][:3]
    assert (colours["id"], colours["type"]) == ("q00", "choices")
    assert why["show_if"] == {"question": "q00", "is": ["sq2"]}


def test_a_survey_of_before_version_4_has_its_words_in_each_row() -> None:
    rows = [
        {"qid": 1, "sid": 1, "gid": 1, "type": "L", "title": "q1", "language": language, "question": words, "help": ""}
        for language, words in (("en", "Again?"), ("de-informal", "Nochmal?"))
    ]
    answers = [
        {"qid": 1, "code": code, "scale_id": 0, "language": language, "answer": words}
        for language, said in (("en", "Yes|No"), ("de-informal", "Ja|Nein"))
        for code, words in zip("YN", said.split("|"), strict=True)
    ]
    groups = [{"gid": 1, "language": language, "group_name": "It"} for language in ("en", "de-informal")]
    lss = an_lss(questions=rows, answers=answers, groups=groups, group_l10ns=[])
    lss = lss.replace(
        b"<language>en</language></languages>", b"<language>en</language><language>de-informal</language></languages>"
    )
    lss = lss.replace(
        b"<group_l10ns><rows><row><gid>1</gid><language>en</language><group_name>First</group_name>",
        b"<group_l10ns><rows><row><gid>1</gid><group_name>It</group_name>",
    )
    came = read_lss(lss.replace(b"<surveyls_title>Reading</surveyls_title>", b"<surveyls_title></surveyls_title>"))
    (asked,) = came.data["sections"][0]["questions"]
    assert came.data["languages"] == ["en", "de"]
    assert asked["text"] == {"en": "Again?", "de": "Nochmal?"}
    assert [option["label"] for option in asked["options"]] == [{"en": "Yes", "de": "Ja"}, {"en": "No", "de": "Nein"}]


def test_words_that_a_language_lacks_are_counted() -> None:
    more = [{"qid": 1, "language": "so", "question": "Mar kale?"}]
    lss = an_lss(_ASKED, question_l10ns=more)
    lss = lss.replace(
        b"<language>en</language></languages>",
        b"<language>en</language><language>so</language><language>xx-qq</language></languages>",
    )
    came = read_lss(lss)
    assert came.data["languages"] == ["en"]
    told = [(loss.code, loss.found) for loss in came.losses if "language" in loss.code]
    assert told == [("unknown_language", "xx-qq"), ("language_gaps", "so")]


_ENTITY = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (an_lss(_ASKED).replace(_DECLARED, _DECLARED + _ENTITY).replace(b"What is it?", b"&b;"), "entities"),
        (an_lss(_ASKED).replace(_DECLARED, _DECLARED + _OUTSIDE).replace(b"What is it?", b"&a;"), "entities"),
        (an_lss({**_ASKED, "question": "<script>alert(1)</script>"}), "script"),
        (an_lss({**_ASKED, "question": "&lt;script&gt;alert(1)&lt;/script&gt;"}), "script"),
        (an_lss({**_ASKED, "question": '<img src=x onerror="alert(1)">'}), "script"),
        (an_lss({**_ASKED, "a": {"A1": '<a href="javascript:x()">y</a>', "A2": "b"}}), "script"),
        (an_lss(_ASKED, question_l10ns=[{"qid": 1, "language": "en", "script": "$('x').hide()"}]), "script"),
        (an_lss(_ASKED, _ASKED), "name_twice"),
        (an_lss(_ASKED, answers=[{"aid": 9, "qid": 1, "code": "A1", "scale_id": 0}]), "ls_code_twice"),
        (an_lss(_ASKED, answers=[{"aid": 9, "qid": 7, "code": "A3"}]), "ls_nowhere"),
        (an_lss(_ASKED, groups=[{"gid": 2}]), "ls_nowhere"),
        (an_lss({**_ASKED, "title": " "}), "no_name"),
        (an_lss(_ASKED)[:-200], "not_xml"),
        (an_lss(), "nothing_to_ask"),
        (an_lss({"title": "q1", "type": "|"}), "nothing_to_ask"),
        (an_lss(_ASKED).replace(b">366<", b">12<"), "unknown_version"),
        (an_lss(_ASKED).replace(b">Survey<", b">Question<"), "ls_not_a_survey"),
        (an_lss(_ASKED) + b" " * 2_000_001, "too_big"),
        (an_lss({**_ASKED, "a": {f"A{number}": "x" for number in range(5001)}}), "too_many_parts"),
        (an_lss(_ASKED, groups=[{"gid": number} for number in range(1, 502)]), "too_many_parts"),
        (b"", "empty"),
    ],
)
def test_a_file_that_means_harm_or_is_damaged_is_refused_with_the_reason(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_lss(content)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


_GOOD = an_lss(
    {**_ASKED, "other": "Y", "attributes": {"random_order": 1}},
    {"title": "q2", "type": "1", "sq": {"S1": "a"}, "a": {"A1": "x", "A2": "y", "X1": "z", "X2": "w"}},
    {"title": "q3", "type": "N", "relevance": '((q1.NAOK == "A1"))', "attributes": {"max_num_value_n": 7}},
    {"title": "q4", "type": "M", "sq": {"S1": "a", "S2": "b"}, "attributes": {"max_answers": 1}},
    quota=[{"name": "full"}],
)
#: What somebody, or chance, would put into such a file.
_BITS = st.sampled_from(
    [
        b"",
        b"<row>",
        b"</row>",
        b"9" * 400,
        b"-1",
        b"q1",
        b"&#x1F600;",
        b"{q1}",
        b"\xff\xfe",
        b"1",
        b"<rows>",
        b"|",
        b"((",
        b'"',
        b"M",
    ]
)


@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(_GOOD)), st.integers(0, 40), _BITS | st.binary(max_size=5)), max_size=4
    )
)
@MUTATED
def test_a_mutated_survey_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    content = _GOOD
    for at, length, bit in changes:
        content = content[:at] + bit + content[at + length :]
    is_lss(content)
    with suppress(FileRefused):
        came = read_lss(content)
        assert all(loss.sentence % loss.said for loss in came.losses)
