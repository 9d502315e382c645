"""Everything that the exchange has to say has a sentence, and no sentence is there for nothing."""

import re
from pathlib import Path

import pytest

from forms.exchange.core import LARGEST_FILE, FileRefused, Loss, refuse_too_big, shown
from forms.exchange.formats import FORMATS, format_named
from forms.exchange.markup import plain
from forms.exchange.names import language_code, option_id, question_id
from forms.exchange.sentences import LOSSES, REFUSALS

_FOLDER = Path(__file__).parents[3] / "forms/exchange"
SOURCE = "\n".join(path.read_text() for path in _FOLDER.rglob("*.py") if "sentences" not in path.name)


def codes(pattern: str) -> set[str]:
    return set(re.findall(pattern, SOURCE))


def test_every_code_that_is_used_has_its_sentence() -> None:
    assert codes(r'FileRefused\(\s*"(\w+)"') <= set(REFUSALS)
    assert codes(r'(?:lose|_once)\(\s*"(\w+)"') <= set(LOSSES)


def test_every_sentence_is_said_somewhere() -> None:
    quoted = codes(r'"(\w+)"')
    assert set(LOSSES) <= quoted
    assert set(REFUSALS) <= quoted


@pytest.mark.parametrize("code", LOSSES)
def test_a_loss_is_told_in_words_with_what_was_found(code: str) -> None:
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", LOSSES[code][1]), "1")
    loss = Loss(code, "here", "something", values)
    assert "%(" not in loss.sentence % loss.said
    assert loss.weight in ("left_out", "changed", "note")


def test_what_was_found_is_shown_short_and_on_one_line() -> None:
    assert shown("a\n b" + "c" * 200) == "a b" + "c" * 76 + "…"


def test_a_file_as_large_as_can_be_is_looked_at_and_no_larger_one() -> None:
    refuse_too_big(bytes(LARGEST_FILE))
    with pytest.raises(FileRefused, match="2 megabytes"):
        refuse_too_big(bytes(LARGEST_FILE + 1))


def test_every_format_has_a_name_of_its_own_and_is_found_by_it() -> None:
    assert [format_named(each.name) for each in FORMATS] == list(FORMATS)
    with pytest.raises(KeyError):
        format_named("unknown")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("English (en)", "en"),
        ("Arabic (ar)", "ar"),
        ("French", "fr"),
        ("Français", "fr"),
        ("العربية", "ar"),
        ("pt_BR", "pt-BR"),
        ("zh-cn", "zh-Hans"),
        ("Simplified (zh-hans)", "zh-Hans"),
        ("Dari", "fa-AF"),
        ("Klingon!", None),
        ("zz", None),
    ],
)
def test_a_language_is_known_by_its_names_and_codes(named: str, code: str | None) -> None:
    assert language_code(named) == code


def test_an_id_stays_where_it_can() -> None:
    assert question_id("how-often", ()) == "how-often"
    assert question_id("how-often", ("how-often",)) == "how-often-2"
    assert question_id("_Wie oft?", ()) == "wie-oft"
    assert question_id("كم", ()) == "q"
    assert option_id("1", ()) == "1"
    assert option_id("1 a", ()) == "1-a"
    assert option_id("A_b", ("a-b",)) == "a-b-2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>One</p><p>Two &amp; <b>three</b><br>four</p>", "One\nTwo & three\nfour"),
        ("**Strong** and _soft_, [a link](https://example.org)", "Strong and soft, a link"),
        ("# Head", "Head"),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("2 * 3 * 4, snake_case_word", "2 * 3 * 4, snake_case_word"),
        ("I <3 you", "I <3 you"),
        ("<style>p {}</style>Seen", "Seen"),
        ('<img src="a.png" alt="A tree"> here', "A tree here"),
    ],
)
def test_harmless_markup_becomes_its_words(text: str, words: str) -> None:
    assert plain(text) == words
