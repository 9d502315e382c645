"""Words that LimeSurvey itself shows, which are in none of its files. State: machine drafts but for English."""

from collections.abc import Mapping
from typing import Any

from forms.wording import Words

_LANGUAGES = ["en", "es", "fr", "de", "pt", "ar", "zh-Hans", "vi", "uk", "ru", "so", "ht", "tl", "hi", "ur"]
_TABLE: Mapping[str, str] = {
    "yes": "Yes|Sí|Oui|Ja|Sim|نعم|是|Có|Так|Да|Haa|Wi|Oo|हाँ|ہاں",
    "no": "No|No|Non|Nein|Não|لا|否|Không|Ні|Нет|Maya|Non|Hindi|नहीं|نہیں",
    "maybe": (
        "Uncertain|No estoy seguro|Incertain|Unsicher|Não tenho certeza|غير متأكد|不确定|Không chắc|Не впевнені|"
        "Не уверены|Ma hubo|Pa sèten|Hindi sigurado|पक्का नहीं|یقین نہیں"
    ),
    "less": (
        "Decrease|Disminuyó|Diminution|Abnahme|Diminuiu|انخفاض|减少|Giảm|Зменшилося|Уменьшилось|Wuu yaraaday|"
        "Diminye|Bumaba|घटा|کم ہوا"
    ),
    "same": (
        "Same|Igual|Sans changement|Gleich geblieben|Igual|بلا تغيير|没变|Như cũ|Так само|Без изменений|"
        "Isku mid|Menm jan|Pareho|वैसा ही|ویسا ہی"
    ),
    "more": (
        "Increase|Aumentó|Augmentation|Zunahme|Aumentou|ارتفاع|增加|Tăng|Збільшилося|Увеличилось|Wuu kordhay|"
        "Ogmante|Tumaas|बढ़ा|بڑھا"
    ),
    "other": ("Other|Otro|Autre|Sonstiges|Outro|غير ذلك|其他|Khác|Інше|Другое|Mid kale|Lòt|Iba pa|अन्य|کچھ اور"),
}


def own_words(name: str, languages: list[str]) -> Words:
    """What LimeSurvey shows for "yes", "no", "maybe", "less", "same", "more" or "other", in those that we know."""
    known = dict(zip(_LANGUAGES, _TABLE[name].split("|"), strict=True))
    said = {language: known.get(language, known.get(language.split("-")[0], "")) for language in languages}
    return {language: words for language, words in said.items() if words}


def bare_numbers(steps: range, languages: list[str]) -> list[dict[str, Any]]:
    """Options whose labels are numbers, until somebody writes words."""
    return [{"id": str(step), "label": dict.fromkeys(languages, str(step))} for step in steps]
