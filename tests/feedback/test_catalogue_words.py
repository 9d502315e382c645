"""What catalogues say, as far as a program can judge: plurals, placeholders, letters, nothing left in English."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import Translations

from feedback.i18n import Catalogue, offered
from feedback.languages import LANGUAGES
from feedback.resources import resource_dir

_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[^\W\d_]+")
#: What Unicode calls the letters of languages that are not written in Latin ones.
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC"),
    **dict.fromkeys(("am", "ti"), "ETHIOPIC"),
    **dict.fromkeys(("ru", "uk"), "CYRILLIC"),
    **dict.fromkeys(("zh-Hans", "zh-Hant"), "CJK"),
    "bn": "BENGALI",
    "hi": "DEVANAGARI",
    "pa": "GURMUKHI",
    "ko": "HANGUL",
}
#: Words that keep Latin letters in every script; keys and values of files are quoted by the staff's catalogue.
_LATIN_EVERYWHERE = {"QR", "X", "PDF", "Voicebox", "ESSA", "YAML", "Enter"}
#: All that reads the same in a language as in English.
_SAME = {
    # Marks of what was taken out: the word is the same in several languages.
    "*": {
        "%(place)s: %(question)s",
        "%(field)s: %(text)s",
        "%(field)s (%(words)s): %(text)s",
        "%(label)s, %(day)s",
        "%(group)s: %(share)s",
        "Voicebox · %(day)s",
        "Voicebox · %(month)s",
        "SHA-256",
        "[link]",
        "[email]",
    },
    "es": {"Error: %(title)s", "No", "no", "bytes"},
    "tl": {"Poster: %(title)s"},
}
#: English words that are none in any of our languages that are written in Latin letters.
_ENGLISH = {"the", "you", "your", "and", "answers", "please", "with", "nobody", "sheet", "school", "people", "what"}
#: The signs of Latin texts that these scripts have signs of their own for.
_FOREIGN_SIGNS = {"ARABIC": ",;?", "CJK": ",;?!:()"}
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\ufffd\u00ad\ufeff]|  |^ | $")

Case = tuple[Catalogue, str]
CASES: list[Case] = [
    (catalogue, code) for catalogue in Catalogue for code in LANGUAGES if code != "en" and code in offered(catalogue)
]
EVERY_CATALOGUE = pytest.mark.parametrize(("catalogue", "code"), CASES)


@cache
def _catalog(catalogue: Catalogue, code: str) -> Catalog:
    path = resource_dir("translations") / LANGUAGES[code].folder / "LC_MESSAGES" / f"{catalogue}.po"
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGES[code].locale)


def _messages(catalogue: Catalogue, code: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every message, with its plural if it has one, and its texts: one for each plural form, or only one."""
    for message in _catalog(catalogue, code):
        if message.id:
            yield _all(message.id), _all(message.string)


def _all(texts: object) -> tuple[str, ...]:
    return tuple(map(str, texts)) if isinstance(texts, list | tuple) else (str(texts),)


def _texts(catalogue: Catalogue, code: str) -> Iterator[str]:
    for _, texts in _messages(catalogue, code):
        yield from dict.fromkeys(texts)


@EVERY_CATALOGUE
def test_every_plural_form_of_the_language_is_there(catalogue: Catalogue, code: str) -> None:
    forms = _catalog(catalogue, code).num_plurals
    counted = [len(texts) for source, texts in _messages(catalogue, code) if len(source) == 2]
    assert set(counted) == {forms}


@EVERY_CATALOGUE
def test_every_form_has_the_placeholders_of_the_source_and_leaves_out_a_number_only_where_it_is_said_in_words(
    catalogue: Catalogue, code: str
) -> None:
    numbers = _numbers_of_forms(_catalog(catalogue, code))
    wrong = [
        (source, text)
        for source, texts in _messages(catalogue, code)
        for form, text in enumerate(texts)
        if not _placeholders_are_right(source, text, numbers[form] if len(source) == 2 else set())
    ]
    assert wrong == []


def _numbers_of_forms(catalog: Catalog) -> dict[int, set[int]]:
    """For which numbers each plural form stands, as far as anything here is counted."""
    form_of = c2py(catalog.plural_expr)
    return {form: {number for number in range(200) if form_of(number) == form} for form in range(catalog.num_plurals)}


def _placeholders_are_right(source: tuple[str, ...], text: str, numbers: set[int]) -> bool:
    """`numbers` are those that the form is for: where it is one, or none and one, words can say which."""
    wanted, there = sorted(_PLACEHOLDER.findall(source[-1])), sorted(_PLACEHOLDER.findall(text))
    missing = set(wanted) - set(there)
    is_left_out_in_english = missing <= set(wanted) - set(_PLACEHOLDER.findall(source[0]))
    is_said_in_words = numbers <= {0, 1} or len(numbers) == 1 or is_left_out_in_english
    return there == wanted or (set(there) < set(wanted) and len(missing) == 1 and bool(numbers) and is_said_in_words)


@EVERY_CATALOGUE
def test_tags_are_balanced(catalogue: Catalogue, code: str) -> None:
    for source, texts in _messages(catalogue, code):
        assert [text for text in texts if sorted(_TAG.findall(text)) != sorted(_TAG.findall(source[-1]))] == []


@EVERY_CATALOGUE
def test_nothing_reads_the_same_as_in_english_but_what_is_listed(catalogue: Catalogue, code: str) -> None:
    same = {text for source, texts in _messages(catalogue, code) for text in texts if text in source}
    assert same <= _SAME["*"] | _SAME.get(code, set())


@EVERY_CATALOGUE
def test_it_is_written_in_the_letters_of_its_language(catalogue: Catalogue, code: str) -> None:
    allowed = set(_LATIN_EVERYWHERE)
    if catalogue is Catalogue.STAFF:
        # What has to be typed in a file is quoted as it is.
        allowed |= {word for source, _ in _messages(catalogue, code) for text in source for word in _WORD.findall(text)}
    assert {word for text in _texts(catalogue, code) for word in _in_other_letters(text, code)} <= allowed


def _in_other_letters(text: str, code: str) -> set[str]:
    """Runs of letters of another script than the language's."""
    script = _SCRIPTS.get(code, "LATIN")
    plain = _TAG.sub(" ", _PLACEHOLDER.sub(" ", text))
    other = (letter if not unicodedata.name(letter, "").startswith(script) else " " for letter in plain)
    return set(_WORD.findall("".join(other)))


@EVERY_CATALOGUE
def test_no_english_word_is_left_and_no_sign_of_another_script(catalogue: Catalogue, code: str) -> None:
    script = _SCRIPTS.get(code, "LATIN")
    if script == "LATIN":
        # A key of a file is quoted as it is.
        bare = {text: _PLACEHOLDER.sub(" ", text).replace('"answers"', "") for text in _texts(catalogue, code)}
        plain = {text: set(_WORD.findall(said.lower())) for text, said in bare.items()}
        assert [text for text, words in plain.items() if _ENGLISH & words] == []
    if catalogue is Catalogue.RESPONDENT:
        signs = set(_FOREIGN_SIGNS.get(script, ""))
        assert [text for text in _texts(catalogue, code) if signs & set(_PLACEHOLDER.sub("", text))] == []


@EVERY_CATALOGUE
def test_texts_are_composed_and_hold_nothing_that_steers_or_blanks(catalogue: Catalogue, code: str) -> None:
    for text in _texts(catalogue, code):
        assert unicodedata.is_normalized("NFC", text), text
        assert not _STEERING.search(text), text


@EVERY_CATALOGUE
def test_what_is_compiled_says_what_the_catalogue_says(catalogue: Catalogue, code: str) -> None:
    folder = resource_dir("translations")
    compiled = Translations.load(str(folder), [LANGUAGES[code].folder], str(catalogue))
    assert isinstance(compiled, Translations)
    once = {source[0]: texts[0] for source, texts in _messages(catalogue, code) if len(source) == 1}
    assert {source: compiled.gettext(source) for source in once} == once, "run `make messages`"


def test_what_is_wrong_with_a_text_is_noticed() -> None:
    one, many = "%(people)s person of %(all)s", "%(people)s people of %(all)s"
    assert _placeholders_are_right((one, many), "شخص واحد من %(all)s", {1})
    assert not _placeholders_are_right((one, many), "люди из %(all)s", {1, 21, 31})
    assert not _placeholders_are_right((one, many), "Personen von %(al)s und %(people)s", {0, 2})
    assert not _placeholders_are_right(("Page %(number)s",), "Seite", set())
    assert _in_other_letters("Press Далее", "ru") == {"Press"}
    assert _in_other_letters("Нажмите %(key)s", "ru") == set()
    assert _STEERING.search("a  b")
    assert _STEERING.search("a\u202eb")
