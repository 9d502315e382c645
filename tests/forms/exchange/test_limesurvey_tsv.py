"""LimeSurvey's tab-separated structure: ours comes back to the letter; what others wrote comes as a draft."""

import csv
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition import Instrument
from forms.draft import as_data
from forms.exchange.core import FileRefused
from forms.exchange.formats import read_form
from forms.exchange.limesurvey import is_tsv, read_tsv, write_tsv
from forms.library import names, open_library
from forms.questions.base import Measure
from tests.every_type import every_type
from tests.forms.exchange.shares import MUTATED
from tests.forms.exchange.surveys import a_tsv
from tests.winding import a_winding_form

_ASKED = {"class": "Q", "type/scale": "L", "name": "q1", "text": "How much?"}
_ANSWERS = ({"class": "A", "name": "A1", "text": "Little"}, {"class": "A", "name": "A2", "text": "Much"})


def _changed(content: bytes, change: Callable[[list[str]], list[str]]) -> bytes:
    file = StringIO(newline="")
    writer = csv.writer(file, dialect="excel-tab")
    writer.writerows(change(row) for row in csv.reader(StringIO(content.decode(), newline=""), dialect="excel-tab"))
    return file.getvalue().encode()


def _odd_words() -> Instrument:
    data = as_data(a_winding_form())
    data["title"] |= {"en": 'a "b" <b> & &lt; **c** _d_ \\'}
    data["introduction"] |= {"en": "one\n\ntwo\tthree\n - four"}
    rows = data["sections"][0]["questions"]
    rows[4]["text"] |= {"en": 'You chose {how|a "b" \\ <c>}.'}
    return Instrument.model_validate(data)


@pytest.mark.parametrize("name", names())
def test_every_form_of_the_library_comes_back_equal(name: str) -> None:
    format_, came = read_form(write_tsv(open_library(name)))
    assert (format_.name, came.losses) == ("limesurvey-tsv", ())
    assert came.data == as_data(open_library(name))


@pytest.mark.parametrize("form", [every_type(), a_winding_form(), _odd_words()], ids=["types", "winding", "words"])
def test_every_kind_of_question_comes_back_equal(form: Instrument) -> None:
    came = read_tsv(b"\xef\xbb\xbf" + write_tsv(form))
    assert (came.data, came.losses) == (as_data(form), ())


def test_words_that_were_changed_in_the_table_come_back_changed_and_nothing_else_is_lost() -> None:
    form = open_library("family-window")
    sent = write_tsv(form).replace(b"Family Window", b"Our window").replace(b"Gar nicht", b"Kein bisschen")
    came = read_tsv(sent)
    assert came.losses == ()
    assert came.data["title"]["en"] == "Our window"
    asked = came.data["sections"][0]["questions"][0]
    assert asked["options"][0]["label"]["de"] == "Kein bisschen"
    assert asked["why"] == as_data(form)["sections"][0]["questions"][0]["why"]


@pytest.mark.parametrize(
    ("form", "losses"),
    [
        (open_library("first-look"), {"no_why": 1}),
        (open_library("family-window"), {"no_why": 1}),
        (every_type(), {"number_bands": 1, "no_why": 1}),
        (a_winding_form(), {"markup": 4, "no_why": 1}),
    ],
    ids=["young", "families", "types", "winding"],
)
def test_without_our_column_a_form_comes_back_as_limesurvey_knows_it(form: Instrument, losses: dict[str, int]) -> None:
    came = read_tsv(_changed(write_tsv(form), lambda row: row[:-1]))
    assert Counter(loss.code for loss in came.losses) == losses
    assert came.data["languages"] == list(form.languages)
    shown = [item for section in came.data["sections"] for item in section["questions"]]
    said = [item["text"]["en"].split("\n")[-1] for item in shown if item["type"] != "notice" and "stem" not in item]
    # Then and now are two rows of a table there.
    assert said == [question.text["en"] for question in form.questions if question.measure is not Measure.CHANGE]


def test_a_file_of_ours_with_another_condition_is_read_as_it_stands_now() -> None:
    sent = write_tsv(a_winding_form()).replace(b'how.NAOK == ""bus""', b'how.NAOK == ""foot""')
    came = read_tsv(sent)
    assert "ls_extra_gone" in [loss.code for loss in came.losses]
    asked = next(item for item in came.data["sections"][0]["questions"] if item["id"] == "busfull")
    assert asked["show_if"] == {"question": "how", "is": ["foot"]}


def test_conditions_and_settings_stand_in_limesurveys_own_terms() -> None:
    rows = list(csv.DictReader(StringIO(write_tsv(a_winding_form()).decode(), newline=""), dialect="excel-tab"))
    asked = {row["name"]: row for row in rows if row["class"] == "Q" and row["language"] == "en"}
    assert asked["wait"]["relevance"] == '(busfull.NAOK == "a2" or busfull.NAOK == "often")'
    assert asked["mornings" + "safe"]["text"].startswith('Your way: {if(is_empty(how.NAOK), "as always", how.shown)}.')
    assert {row["name"]: row["text"] for row in rows if row["class"] == "S"}["ipaddr"] == "N"
    assert all(len(row["name"]) <= 5 for row in rows if row["class"] == "A")
    assert all(row["name"].isalnum() and len(row["name"]) <= 20 for row in rows if row["class"] in ("Q", "SQ"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (a_tsv({**_ASKED, "text": "<script>x</script>"}, *_ANSWERS), "script"),
        (write_tsv(open_library("first-look")).replace(b"First Look", b"<iframe>"), "script"),
        (a_tsv(_ASKED, *_ANSWERS, _ASKED), "name_twice"),
        (a_tsv(_ASKED, *_ANSWERS, _ANSWERS[0]), "ls_code_twice"),
        (a_tsv({**_ASKED, "name": ""}), "no_name"),
        (a_tsv(_ANSWERS[0]), "ls_nowhere"),
        (a_tsv({"class": "ZZ"}), "malformed"),
        (a_tsv(), "nothing_to_ask"),
        (a_tsv(_ASKED, *({"class": "A", "name": f"A{number}"} for number in range(5001))), "too_many_parts"),
        (a_tsv(*({**_ASKED, "language": f"x{number}"} for number in range(300))), "too_many_parts"),
        (a_tsv({**_ASKED, "text": '"open'}), "cut"),
        (a_tsv({**_ASKED, "text": "a\tb\tc\td\te\tf\tg"}), "cut"),
        (b"class\ttype/scale\tname\n", "no_column"),
        (b"class\ttype/scale\tname\ttext\tlanguage\ttext\n", "column_twice"),
        (b"class\ttype/scale\tname\ttext\tlanguage\nQ\tL\tq\tx\ten\n", "ls_nowhere"),
        (b"class\ttype/scale\tname\ttext\tlanguage\n", "malformed"),
        (b"class\ttype/scale\tname\ttext\tlanguage\n\xff", "not_utf8"),
        (b"class\ttype/scale\tname\ttext\tlanguage\n" + b"\t" * 3 + b"x" * 140_000, "cut"),
    ],
)
def test_a_table_that_means_harm_or_is_damaged_is_refused_with_the_reason(content: bytes, code: str) -> None:
    assert is_tsv(content)
    with pytest.raises(FileRefused) as refused:
        read_tsv(content)
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


_GOOD = write_tsv(every_type(languages=("en", "es")))
_BITS = st.sampled_from(
    [b"", b"\t", b"\n", b'"', b"<br />", b"{", b"99999999999", b"\xff", b"A\t", b"}", b"[]", b"null"]
)


@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(_GOOD)), st.integers(0, 30), _BITS | st.binary(max_size=5)), max_size=4
    )
)
@MUTATED
def test_a_mutated_table_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    content = _GOOD
    for at, length, bit in changes:
        content = content[:at] + bit + content[at + length :]
    is_tsv(content)
    with suppress(FileRefused):
        came = read_tsv(content)
        assert all(loss.sentence % loss.said for loss in came.losses)
