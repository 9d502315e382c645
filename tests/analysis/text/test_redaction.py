"""What is taken out of a comment before anybody reads on, and what is left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.redaction import LONGEST, Redacted, redact


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Write to ana.lopez@example.org. Thanks!", "Write to [email]. Thanks!"),
        ("my mail: ana (at) example (dot) com", "my mail: [email]"),
        ("ana at gmail dot com", "[email]"),
        ("user＠example．com", "[email]"),
        ("邮箱abc@example.com谢谢", "邮箱[email]谢谢"),
        ("пишите на имя@почта.рф", "пишите на [email]"),
        ("a\u200bna@exam\u00adple.com", "[email]"),
    ],
)
def test_addresses_are_taken_out(written: str, read: str) -> None:
    assert redact(written) == Redacted(read, ("[email]",))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Call 07700 900123 now", "Call [phone] now"),
        ("tel:+1 (555) 010-0123.", "tel:[phone]."),
        ("(555) 010-0123", "[phone]"),
        ("in 2025 0912 345 678", "in 2025 [phone]"),
        ("8 (916) 123-45-67", "[phone]"),
        ("0 7 7 0 0 9 0 0 1 2 3", "[phone]"),
        ("اتصلوا على ٠٥٠ ١٢٣ ٤٥٦٧", "اتصلوا على [phone]"),
        ("میرا نمبر ۰۳۰۰ ۱۲۳۴۵۶۷ ہے", "میرا نمبر [phone] ہے"),
        ("फोन ९८७६५ ४३२१०", "फोन [phone]"),
        ("电话13800138000谢谢", "电话[phone]谢谢"),
        ("０９０１２３４５６７８", "[phone]"),
        ("my number is 20261122", "my number is [phone]"),
    ],
)
def test_telephone_numbers_of_any_script_are_taken_out(written: str, read: str) -> None:
    assert redact(written) == Redacted(read, ("[phone]",))


@pytest.mark.parametrize(
    ("written", "read", "marks"),
    [
        ("follow @maria_99!", "follow [handle]!", ("[handle]",)),
        ("Snapchat: ana99", "Snapchat: [handle]", ("[handle]",)),
        ("I am ana#1234", "I am [handle]", ("[handle]",)),
        ("wa.me/441234567", "[link]", ("[link]",)),
        ("t.me/abc or instagram.com/ana.l", "[link] or [link]", ("[link]", "[link]")),
        ("https://example.org/?u=ana@example.org ok", "[link] ok", ("[link]",)),
    ],
)
def test_handles_and_links_are_taken_out(written: str, read: str, marks: tuple[str, ...]) -> None:
    assert redact(written) == Redacted(read, marks)


@pytest.mark.parametrize(
    "written",
    [
        "It takes 10 minutes, 3 times a week.",
        "Since 2019, in 2024-2025 and in 2026 too",
        "I got 12345 points and 1 000 000 stars, 1000000 really",
        "5 5 4 3 5 4 5",
        "on 12.05.2026 10 people, on 2026-11-22 20 people, from 10:30 to 11:15",
        "half 1/2, 3/4 or 24/25",
        "Meet @ 5.30pm in room 204",
        "I like khanacademy.org and Instagram is fun",
        "٢٠٢٦ كانت سنة جيدة",
    ],
)
def test_what_leads_to_nobody_is_left_alone(written: str) -> None:
    assert redact(written) == Redacted(written, ())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\x00b\x1b[2Jc\ud800d", "ab[2Jcd"),
        ("\u202edlrow\u202c \u2066x\u2069 \ufeffy\u200b", "dlrow x y"),
        ("e\u0301te\u0301", "été"),
        ("Z" + "\u0302" * 50, "Ẑ" + "\u0302" * 3),
        ("one\r\ntwo\u2028three\ttab", "one\ntwo\nthree tab"),
        ("  \u200b  ", ""),
        # Persian and Hindi spell with joiners; Latin letters do not.
        ("می\u200cخواهم क्\u200dष a\u200db ٠\u200c٥", "می\u200cخواهم क्\u200dष ab ٠٥"),
    ],
)
def test_characters_that_deceive_are_taken_out(written: str, read: str) -> None:
    assert redact(written).text == read


def test_a_comment_ends_at_five_thousand_characters_and_not_within_an_address() -> None:
    assert len(redact("word " * 5_000).text) <= LONGEST
    written = "x" * (LONGEST - 8) + " ana.lopez@example.org"
    assert redact(written).text == "x" * (LONGEST - 8) + " [email]"


SCRIPTS = st.text(st.sampled_from("aZ é0123456789٠٥۳९@＠.+-()/ \n\u200d\u200c\u202e\u0301عвि好#:"), max_size=60)


@given(st.one_of(st.text(max_size=200), SCRIPTS))
def test_redacting_twice_changes_nothing(written: str) -> None:
    once = redact(written).text
    assert redact(once) == Redacted(once, ())


@given(SCRIPTS)
def test_the_result_is_composed_and_holds_nothing_unseen(written: str) -> None:
    text = redact(written).text
    assert unicodedata.is_normalized("NFC", text)
    assert not {"\u202e", "\x00", "\u200b"} & set(text)
