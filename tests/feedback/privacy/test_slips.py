"""A slip's code: hard to guess, easy to type, and a typing mistake is never somebody else's slip."""

import secrets
from collections import Counter

import pytest

from feedback.privacy.slips import check_letter, new_code, normal, tag

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODES = [new_code() for _ in range(30)]
_PEPPER = bytes(32)


@pytest.mark.parametrize("code", _CODES)
def test_each_single_mistyped_letter_is_noticed(code: str) -> None:
    letters = code.replace("-", "")
    for place, right in enumerate(letters):
        for wrong in _LETTERS.replace(right, ""):
            assert normal(letters[:place] + wrong + letters[place + 1 :]) is None


@pytest.mark.parametrize("code", _CODES)
def test_each_swap_of_neighbours_is_noticed_but_the_one_that_luhn_cannot_see(code: str) -> None:
    letters = code.replace("-", "")
    for place in range(len(letters) - 1):
        first, second = letters[place], letters[place + 1]
        swapped = normal(letters[:place] + second + first + letters[place + 2 :])
        unseen = first == second or {first, second} == {"0", "Z"}
        assert (swapped is not None) == unseen


def test_every_pair_of_neighbours_but_0_and_z_is_told_from_its_swap() -> None:
    for first in _LETTERS:
        for second in _LETTERS.replace(first, ""):
            letters = f"11{first}{second}111111"
            right = letters + check_letter(letters)
            swapped = f"11{second}{first}111111" + right[-1]
            assert (normal(swapped) is None) == ({first, second} != {"0", "Z"})


def test_without_the_check_letter_a_mistake_would_go_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    # The negative control: with a check letter that is always the same, other codes pass for right ones.
    monkeypatch.setattr("feedback.privacy.slips.check_letter", lambda _letters: "0")
    assert normal("2222-2222-220") == "2222-2222-220"
    assert normal("2222-2223-220") == "2222-2223-220"


@pytest.mark.parametrize("code", _CODES[:5])
def test_a_code_may_be_typed_in_many_ways(code: str) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    devanagari = str.maketrans("0123456789", "०१२३४५६७८९")
    wide = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in _LETTERS})
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f"  {code.replace('-', '–')}\t",
        "\N{LEFT-TO-RIGHT MARK}" + "-".join(code.replace("-", "")) + "\N{RIGHT-TO-LEFT MARK}",
        code.replace("-", "−"),
        code.translate(arabic),
        code.translate(devanagari),
        code.translate(wide),
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("1", "ı").replace("0", "o").lower(),
        code.replace("1", "İ"),
    ):
        assert normal(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "-", "0", "UUUU-UUUU-UUU", "0000-0000-0001", "½" * 11, "\ud800" * 11, "ab" * 900]
)
def test_what_is_no_code_is_mistyped(typed: str) -> None:
    assert normal(typed) is None


def test_a_code_is_ten_letters_from_secrets_and_each_letter_is_as_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    choose = secrets.choice

    def note(letters: str) -> str:
        seen.append(choose(letters))
        return seen[-1]

    monkeypatch.setattr("feedback.privacy.slips.secrets.choice", note)
    codes = [new_code() for _ in range(2000)]
    # Ten letters of 32 are 50 bits; nothing else in a code is chosen.
    assert len(seen) == 20_000
    assert [code.replace("-", "")[:10] for code in codes] == ["".join(seen[n : n + 10]) for n in range(0, 20_000, 10)]
    assert len(set(codes)) == 2000
    counted = Counter(seen)
    # Chi-square with 31 degrees of freedom: above 82 once in a million runs.
    assert sum((counted[letter] - 625) ** 2 / 625 for letter in _LETTERS) < 82


def test_the_tag_says_nothing_without_the_pepper_and_differs_by_group() -> None:
    code = _CODES[0]
    tags = {tag(code, None, _PEPPER), tag(code, "AB12", _PEPPER), tag(code, None, b"another pepper")}
    assert len(tags) == 3
    assert all(len(each) == 32 and set(each) <= set("0123456789abcdef") for each in tags)
    assert tag(code, None, _PEPPER) == tag(normal(code.lower()) or "", None, _PEPPER)
