"""A bank of ready sentences with blanks: an answer to those who spoke, the same day, in every language of the pages.

Whoever answers chooses a sentence and fills its blanks; the sentence has been translated before. So a blank is only
what needs no translator: a day, a whole number, or the name of a thing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from feedback.i18n import Catalogue, translated
from feedback.languages import LANGUAGES, Language
from feedback.spoken import day_in, whole_in
from forms.wording import N_, plain_text

#: Which of the reply's places a sentence is for: what we thought, what we did or will do, or why we will not.
Part = Literal["thought", "did", "no_because"]
PARTS: Final[tuple[Part, ...]] = ("thought", "did", "no_because")
#: The longest name of a thing that fits into a sentence, in characters.
MOST_OF_NAME = 60

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 4
# A name may be of either direction: so it is read by itself, and does not turn the sentence around it.
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
#: What Unicode calls signs that steer the direction; in a name they could undo the isolation.
_STEERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class BlankRefused(ValueError):
    """A blank is missing or wrong; `blank` is its name, for the page that asks for it again."""

    def __init__(self, blank: str, wanted: str) -> None:
        super().__init__(f"{blank}: {wanted}")
        self.blank = blank


@dataclass(frozen=True, slots=True)
class ReadySentence:
    """`code` is what is stored and never changes; `text` is English, with a placeholder for each of `blanks`."""

    code: str
    part: Part
    text: str
    blanks: tuple[str, ...] = ()


SENTENCES: Final = (
    ReadySentence("agree", "thought", N_("We agree with you.")),
    ReadySentence("did_not_know", "thought", N_("We did not know this. Thank you for telling us.")),
    ReadySentence("matters", "thought", N_("This is important to us, so we talked about it together.")),
    ReadySentence(
        "not_all_the_same", "thought", N_("Not everybody said the same. We want it to be good for everyone.")
    ),
    ReadySentence("fair", "thought", N_("We think it should be fair for everyone.")),
    ReadySentence("too_little_time", "thought", N_("We think there was too little time.")),
    ReadySentence("hard_and_easy", "thought", N_("We think some tasks were too hard and others too easy.")),
    ReadySentence("devices", "thought", N_("We think there are too few good devices.")),
    ReadySentence("more_help", "thought", N_("We think some children needed more help.")),
    ReadySentence("explain", "thought", N_("We think we did not explain it well enough.")),
    ReadySentence("easier_to_sign_in", "thought", N_("We think it should be easier to sign in.")),
    ReadySentence("time_to_rest", "thought", N_("We think homework must leave time to play and to rest.")),
    ReadySentence("glad", "thought", N_("We are glad that many of you liked this.")),
    ReadySentence("not_sure_why", "thought", N_("We do not know yet why this is so.")),
    ReadySentence("more_time", "did", N_("There is more time now. Minutes: %(number)s."), ("number",)),
    ReadySentence("choose_tasks", "did", N_("There are easier and harder tasks to choose from now.")),
    ReadySentence("more_devices", "did", N_("We are getting more devices. How many: %(number)s."), ("number",)),
    ReadySentence("adult_helps", "did", N_("From %(day)s an adult will be there to help."), ("day",)),
    ReadySentence("headphones", "did", N_("There are headphones now, so the sound disturbs nobody.")),
    ReadySentence("signing_in", "did", N_("We made it easier to sign in.")),
    ReadySentence("less_homework", "did", N_("From %(day)s there will be less homework."), ("day",)),
    ReadySentence("screen_or_paper", "did", N_("Everyone can choose now: on a screen or on paper.")),
    ReadySentence("quiet_place", "did", N_("There is a quiet place to work now.")),
    ReadySentence("more_breaks", "did", N_("There are more breaks now.")),
    ReadySentence("more_of_it", "did", N_("We will do more of what you liked.")),
    ReadySentence("ask_again", "did", N_("We will ask you again on %(day)s."), ("day",)),
    ReadySentence("try_until", "did", N_("We will try this until %(day)s. Then we decide."), ("day",)),
    ReadySentence("stop_on", "did", N_("We will stop this on %(day)s."), ("day",)),
    ReadySentence("keep", "did", N_("We will keep this, because it helps.")),
    ReadySentence("teach_how", "did", N_("We will show everyone how it works on %(day)s."), ("day",)),
    ReadySentence("tell_families", "did", N_("We will tell families more about it on %(day)s."), ("day",)),
    ReadySentence("ask_maker", "did", N_("We asked the makers of %(name)s to change this."), ("name",)),
    ReadySentence("no_money", "no_because", N_("We cannot do this now, because there is not enough money.")),
    ReadySentence("no_law", "no_because", N_("We cannot do this, because the law does not allow it.")),
    ReadySentence("no_safety", "no_because", N_("We cannot do this, because it would not be safe.")),
    ReadySentence("no_time", "no_because", N_("We cannot do this now, because there is too little time.")),
    ReadySentence("no_others_need_it", "no_because", N_("We will not change this, because other children need it.")),
    ReadySentence("no_tried_before", "no_because", N_("We tried this before, and it did not work well.")),
    ReadySentence("no_opposite", "no_because", N_("Others asked for the opposite, so it stays as it is for now.")),
    ReadySentence(
        "no_not_alone", "no_because", N_("Others decide this, not we alone. We asked them on %(day)s."), ("day",)
    ),
    ReadySentence(
        "no_maker", "no_because", N_("Only the makers of %(name)s can change this. We asked them."), ("name",)
    ),
    ReadySentence(
        "no_not_now", "no_because", N_("We cannot do this now. We will think about it again on %(day)s."), ("day",)
    ),
)

_BY_CODE = {each.code: each for each in SENTENCES}


def sentence(code: str) -> ReadySentence:
    """The sentence with this code; KeyError where there is none."""
    return _BY_CODE[code]


def sentences(part: Part) -> tuple[ReadySentence, ...]:
    """The sentences for one part of a reply, in the order in which they are offered."""
    return tuple(each for each in SENTENCES if each.part == part)


def filled(code: str, values: Mapping[str, str], language: str) -> str:
    """The sentence in `language` with its blanks filled, as plain text.

    `values` has what was typed, by blank: "day" as YYYY-MM-DD, "number" from 0 to 9999, "name" of 1 to 60 characters.
    What belongs to no blank of the sentence is not looked at. KeyError for an unknown code or language, BlankRefused
    (a ValueError) for a blank that is missing or wrong. Where the catalogue has no such sentence, it is English.
    """
    chosen, spoken = sentence(code), LANGUAGES[language]
    written = {blank: _WRITE[blank](values.get(blank, "").strip(), spoken) for blank in chosen.blanks}
    return translated(chosen.text, language, Catalogue.RESPONDENT) % written


def _day(typed: str, language: Language) -> str:
    try:
        # Python would also read other forms of ISO 8601, such as weeks, which no form here writes.
        chosen = date.fromisoformat(typed if _ISO_DAY.fullmatch(typed) else "")
    except ValueError as error:
        raise BlankRefused("day", "must be a date, such as 2026-05-31") from error
    return day_in(language, chosen)


def _number(typed: str, language: Language) -> str:
    if not typed.isdecimal() or len(typed) > _MOST_DIGITS:
        raise BlankRefused("number", "must be a whole number from 0 to 9999")
    return whole_in(language, int(typed))


def _name(typed: str, _language: Language) -> str:
    is_clean = plain_text(typed) == typed and len(typed.splitlines()) == 1 and "\t" not in typed
    if not is_clean or len(typed) > MOST_OF_NAME or any(unicodedata.bidirectional(sign) in _STEERING for sign in typed):
        raise BlankRefused("name", f"must be 1 to {MOST_OF_NAME} characters in one line")
    return f"{_FIRST_STRONG_ISOLATE}{typed}{_POP_ISOLATE}"


_WRITE: Final[dict[str, Callable[[str, Language], str]]] = {"day": _day, "number": _number, "name": _name}
