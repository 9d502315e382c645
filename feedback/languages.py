"""The languages Voicebox can speak: our own table, in front of every library that has one.

A library's table lacks some languages of our families, and raises an error where it does. Here each has its name as
its readers write it, its direction, the locale that writes its dates and numbers, and the font it is printed in.
"""

import re
from dataclasses import dataclass

from forms.wording import N_

SOURCE = "en"
#: Under texts that nobody who reads the language has signed.
UNCHECKED = N_("Translated by computer, not yet checked.")

_LATIN, _ARABIC = "Noto Sans", "Noto Naskh Arabic"


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is BCP 47, as in addresses and `lang`; `locale` is CLDR's name of the locale to format with.

    `months` are the names of the twelve months where CLDR knows the language and not its months.
    """

    code: str
    endonym: str
    locale: str
    direction: str = "ltr"
    font: str = _LATIN
    months: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where its catalogues lie in `translations/`."""
        return self.code.replace("-", "_")


#: CLDR writes Haitian Creole's dates in French.
_HAITIAN_MONTHS = (
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
)

LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "en"),
        Language("ar", "العربية", "ar", "rtl", _ARABIC),
        Language("es", "Español", "es"),
        Language("am", "አማርኛ", "am", font="Noto Sans Ethiopic"),
        Language("bn", "বাংলা", "bn", font="Noto Sans Bengali"),
        Language("de", "Deutsch", "de"),
        Language("fa", "فارسی", "fa", "rtl", _ARABIC),
        Language("fr", "Français", "fr"),
        Language("hi", "हिन्दी", "hi", font="Noto Sans Devanagari"),
        Language("ht", "Kreyòl ayisyen", "ht", months=_HAITIAN_MONTHS),
        Language("ko", "한국어", "ko", font="Noto Sans CJK KR"),
        Language("pa", "ਪੰਜਾਬੀ", "pa", font="Noto Sans Gurmukhi"),
        Language("pl", "Polski", "pl"),
        Language("ps", "پښتو", "ps", "rtl", _ARABIC),
        Language("pt", "Português", "pt"),
        Language("ro", "Română", "ro"),
        Language("ru", "Русский", "ru"),
        Language("so", "Soomaali", "so"),
        Language("sw", "Kiswahili", "sw"),
        Language("ti", "ትግርኛ", "ti", font="Noto Sans Ethiopic"),
        Language("tl", "Tagalog", "fil"),
        Language("tr", "Türkçe", "tr"),
        Language("uk", "Українська", "uk"),
        Language("ur", "اردو", "ur", "rtl", _ARABIC),
        Language("vi", "Tiếng Việt", "vi"),
        Language("zh-Hans", "简体中文", "zh_Hans", font="Noto Sans CJK SC"),
        Language("zh-Hant", "繁體中文", "zh_Hant", font="Noto Sans CJK TC"),
    )
}

#: Printed in Naskh, and once more in Nastaliq: the hand that many read more easily on paper.
NASTALIQ = ("ur",)
_RTL = frozenset({"ar", "fa", "he", "iw", "ku-Arab", "ckb", "ps", "sd", "ug", "ur", "yi", "dv"})


def direction_of(code: str) -> str:
    """ "rtl" or "ltr" for any language code, also for one the table does not know."""
    known = LANGUAGES.get(code)
    if known:
        return known.direction
    return "rtl" if code in _RTL or code.split("-", maxsplit=1)[0] in _RTL else "ltr"


#: Digits in groups, as telephone numbers, hours and days are written.
_NUMBERS = re.compile(r"\+?\(?\d(?:[\d()./:-]|,(?=\d)| (?=[\d(]))*\d")


def dialled(text: str, code: str) -> str:
    """The text with its numbers read from the left, also in a language read from the right.

    Else "555 01 23" is shown there as "23 01 555" (Unicode's rules for two directions, W2 and L2): no one to call.
    """
    if direction_of(code) == "ltr":
        return text
    return _NUMBERS.sub("\u2066\\g<0>\u2069", text)
