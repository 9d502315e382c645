"""Two languages at once: what stands below what, and where only one fits."""

import pytest

from feedback.two_languages import both_of, first_of, paired, set_below


def _both(first: str, second: str, code: str = "en", direction: str = "ltr") -> str:
    return f'<span class="both">{first} <span class="below" lang="{code}" dir="{direction}">{second}</span></span>'


@pytest.mark.parametrize(("address", "both"), [("ur", ("ur", None)), ("ur+zh-Hans", ("ur", "zh-Hans"))])
def test_an_address_names_one_language_or_two(address: str, both: tuple[str, str | None]) -> None:
    assert both_of(address) == both


def test_the_second_stands_below_the_first_with_its_language_and_direction() -> None:
    assert set_below(f"<p>{paired('Next', 'اگلا', 'ur')}</p>") == f"<p>{_both('Next', 'اگلا', 'ur', 'rtl')}</p>"


def test_what_is_the_same_in_both_stands_once() -> None:
    assert set_below(f"<p>{paired('10', '10', 'ur')}</p>") == "<p>10</p>"


@pytest.mark.parametrize(
    "page",
    [
        '<a aria-label="{}">x</a>',
        "<title>{}</title>",
        "<select><option>{}</option></select>",
        "<textarea>{}</textarea>",
        "<script>{}</script>",
    ],
)
def test_where_only_one_fits_the_first_stands_alone(page: str) -> None:
    assert set_below(page.format(paired("Vor", "Next", "en"))) == page.format("Vor")


def test_after_such_a_place_the_second_is_back() -> None:
    page = f"<title>{paired('a', 'b', 'en')}</title><p>{paired('a', 'b', 'en')}</p>"
    assert set_below(page) == f"<title>a</title><p>{_both('a', 'b')}</p>"


def test_a_pair_in_the_gap_of_a_sentence_takes_the_side_it_is_in() -> None:
    sentence = paired("bis %(day)s", "by %(day)s", "en") % {"day": paired("1. Mai", "May 1", "en")}
    assert set_below(f"<p>{sentence}</p>") == f"<p>{_both('bis 1. Mai', 'by May 1')}</p>"
    assert first_of(sentence) == "bis 1. Mai"


def test_tags_inside_a_sentence_are_in_both() -> None:
    sentence = paired("<bdi>%(name)s</bdi> fragt", "<bdi>%(name)s</bdi> asks", "en") % {"name": "Hill Road"}
    both = _both("<bdi>Hill Road</bdi> fragt", "<bdi>Hill Road</bdi> asks")
    assert set_below(f"<p>{sentence}</p>") == f"<p>{both}</p>"


@pytest.mark.parametrize("typed", ["\ufdd0", "\ufdd1a", "a\ufdd3", "\ufdd0a\ufdd1b", "\ufdd0\ufdd0\ufdd2"])
def test_marks_that_somebody_typed_are_dropped(typed: str) -> None:
    page = set_below(f"<p>{typed}</p><p>{paired('a', 'b', 'en')}</p>")
    assert not any("\ufdd0" <= sign <= "\ufdd3" for sign in page)
