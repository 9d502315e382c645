"""Whether a change of a text is one of spelling alone, so that a form may be put right while people answer it.

Those who answered before were asked the words as they were, and everybody is counted together. So no correction may
change what is asked. The rule is narrow on purpose and needs no dictionary; what it refuses is asked in a new round:

- Numbers, places for earlier answers and negations stay: what they change is never spelling.
- Words stay in number and place. One may be split in two, two may be joined, and a word that stands there twice may go.
- A word of three letters or fewer changes only in its accents, capitals, or two letters that were swapped: short words
  turn a sentence ("now", "not").
- A word of four or five letters changes in one letter, a longer one in two, and in length by one at most. Its first
  letter stays: with it come "un-", "in-", and most words that only look alike ("like", "hike").
- In scripts without spaces between words one letter of a run of four or more changes.
- Beside accents and capitals one word of three is changed at most: a text that was rewritten is another text.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Literal

from forms.negations import is_negation, negating_letters
from forms.pieces import has_no_spaces, words_of
from forms.piping import places_of_answers

#: Why a change is no correction of spelling.
Refusal = Literal["empty", "same", "placeholders", "numbers", "negation", "words", "another_word", "too_many"]

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_SHORT, _MIDDLE = 3, 5
#: So many words, one of them changed; and one more is always allowed.
_WORDS_FOR_A_CHANGE = 3


def refused_as_spelling(before: str, after: str, language: str) -> Refusal | None:
    """Why the change is more than one of spelling; None where it is not."""
    old, new = words_of(_in_digits(before)), words_of(_in_digits(after))
    checks: dict[Refusal, bool] = {
        "empty": bool(after.strip()),
        "same": before != after,
        "placeholders": places_of_answers(before) == places_of_answers(after),
        "numbers": _numbers(old) == _numbers(new),
        "negation": _negations(old, language) == _negations(new, language),
    }
    broken = next((code for code, holds in checks.items() if not holds), None)
    return broken or _refused_words(old, new, language)


def _refused_words(old: list[str], new: list[str], language: str) -> Refusal | None:
    pairs = _paired(old, new)
    if pairs is None:
        return "words"
    if not all(_is_one_word(*pair, language) for pair in pairs):
        return "another_word"
    changed = sum(_plain(one.casefold()) != _plain(other.casefold()) for one, other in pairs)
    return "too_many" if changed > 1 + len(old) // _WORDS_FOR_A_CHANGE else None


def edits(before: str, after: str) -> int:
    """The least number of letters put in, taken out, changed, or swapped with their neighbour (optimal alignment)."""
    rows = [list(range(len(after) + 1))]
    for down, letter in enumerate(before, start=1):
        row = [down]
        for across, other in enumerate(after, start=1):
            best = min(row[-1] + 1, rows[-1][across] + 1, rows[-1][across - 1] + (letter != other))
            if down > 1 and across > 1 and before[down - 2 : down] == other + after[across - 2] and letter != other:
                best = min(best, rows[-2][across - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _paired(old: list[str], new: list[str]) -> list[tuple[str, str]] | None:
    """Each word beside what became of it; None where words came, went or changed places."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    if abs(len(old) - len(new)) > 1:
        return None
    longer, shorter = (old, new) if len(old) > len(new) else (new, old)
    if longer is old and (left := _without_a_double(old)) is not None and len(left) == len(new):
        return list(zip(left, new, strict=True))
    # The words that became one, or the one that became two: where the rest of the text fits best.
    ways = [[*longer[:at], longer[at] + longer[at + 1], *longer[at + 2 :]] for at in range(len(longer) - 1)]
    fitting = [way for way in ways if any(joined == word for joined, word in zip(way, shorter, strict=True))]
    best = max(fitting, key=lambda way: sum(map(str.__eq__, way, shorter)), default=None)
    if best is None or not _is_joined(longer, shorter):
        return None
    return list(zip(best, shorter, strict=True) if longer is old else zip(shorter, best, strict=True))


def _is_joined(longer: list[str], shorter: list[str]) -> bool:
    """Whether all letters are nearly those of the other: joining and splitting neither adds nor takes words."""
    return edits("".join(longer).casefold(), "".join(shorter).casefold()) <= 1


def _without_a_double(words: list[str]) -> list[str] | None:
    for place, (one, other) in enumerate(pairwise(words)):
        if one.casefold() == other.casefold():
            return words[:place] + words[place + 1 :]
    return None


def _is_one_word(before: str, after: str, language: str) -> bool:
    """Whether it is the same word, written otherwise."""
    old, new = before.casefold(), after.casefold()
    # The marks of Vietnamese are its tones, and those of Indian scripts are vowels: there they are letters.
    if old == new or (language != "vi" and _plain(old) == _plain(new)):
        return True
    if any(old.count(letter) != new.count(letter) for letter in negating_letters(language)):
        return False
    length = min(len(old), len(new))
    if any(map(has_no_spaces, old + new)):
        return length > _SHORT and edits(old, new) == 1
    begins_alike = _plain(old[0]) == _plain(new[0])
    if length <= _SHORT or not begins_alike:
        return _is_swapped(old, new)
    return abs(len(old) - len(new)) <= 1 and edits(old, new) <= (1 if length <= _MIDDLE else 2)


def _is_swapped(old: str, new: str) -> bool:
    return len(old) == len(new) and sorted(old) == sorted(new) and edits(old, new) == 1


def _plain(word: str) -> str:
    """Without the accents of Latin, Greek and Cyrillic letters, and without the points of Arabic ones."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word))


def _in_digits(text: str) -> str:
    """The text with digits of any script as 0 to 9: an Arabic three is a three."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _numbers(words: list[str]) -> list[str]:
    return [digits for word in words for digits in re.findall(r"[0-9]+", word)]


def _negations(words: list[str], language: str) -> int:
    return sum(is_negation(word.casefold(), language) for word in words)
