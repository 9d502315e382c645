"""Made-up rounds on paper, in five scripts. A test names only what matters to it."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from feedback.operations.answers.publish import Asked
from feedback.operations.reports.form_paper import PaperFacts
from forms.definition import Instrument
from forms.wording import Words

#: Left to right, right to left, many letters, syllables (issue 4, "Paper").
SCRIPTS = ("en", "ar", "ur", "zh-Hans", "am")

_SAID: dict[str, Words] = {
    "ease": dict(
        zip(
            SCRIPTS,
            (
                "How easy is it at home?",
                "ما مدى سهولته في البيت؟",
                "یہ گھر پر کتنا آسان ہے؟",
                "在家里用起来容易吗？",
                "ቤት ውስጥ ምን ያህል ቀላል ነው?",
            ),
            strict=True,
        )
    ),
    "hard": dict(zip(SCRIPTS, ("Hard", "صعب", "مشکل", "难", "ከባድ"), strict=True)),
    "fair": dict(zip(SCRIPTS, ("Quite easy", "سهل نوعًا ما", "کافی آسان", "比较容易", "በመጠኑ ቀላል"), strict=True)),
    "easy": dict(zip(SCRIPTS, ("Very easy", "سهل جدًا", "بہت آسان", "很容易", "በጣም ቀላል"), strict=True)),
    "unknown": dict(zip(SCRIPTS, ("I don't know", "لا أعرف", "مجھے معلوم نہیں", "不知道", "አላውቅም"), strict=True)),
    "again": dict(
        zip(
            SCRIPTS,
            ("Use it again?", "هل تستخدمه مرة أخرى؟", "کیا دوبارہ استعمال کریں گے؟", "还想再用吗？", "እንደገና ትጠቀማላችሁ?"),
            strict=True,
        )
    ),
    "yes": dict(zip(SCRIPTS, ("Yes", "نعم", "ہاں", "是", "አዎ"), strict=True)),
    "maybe": dict(zip(SCRIPTS, ("Maybe", "ربما", "شاید", "也许", "ምናልባት"), strict=True)),
    "no": dict(zip(SCRIPTS, ("No", "لا", "نہیں", "不", "አይ"), strict=True)),
    "days": dict(zip(SCRIPTS, ("On how many days?", "في كم يوم؟", "کتنے دن؟", "有几天？", "ስንት ቀን?"), strict=True)),
    "wish": dict(
        zip(
            SCRIPTS,
            ("What do you wish for?", "ماذا تتمنى؟", "آپ کی خواہش کیا ہے؟", "您有什么愿望？", "ምን ይመኛሉ?"),
            strict=True,
        )
    ),
    "title": dict(
        zip(
            SCRIPTS,
            ("Reading aloud", "القراءة بصوت عال", "بلند آواز سے پڑھنا", "大声朗读", "ድምፅ አውጥቶ ማንበብ"),
            strict=True,
        )
    ),
    "trying": dict(
        zip(
            SCRIPTS,
            (
                "The class reads with an app.",
                "يقرأ الصف مع تطبيق يستمع إلى الأطفال قبل الاجتماع.",
                "جماعت ایک ایپ کے ساتھ پڑھتی ہے۔",
                "全班用一个应用程序来朗读。",
                "ክፍሉ በመተግበሪያ ያነባል።",
            ),
            strict=True,
        )
    ),
}


def an_instrument(**facts: Any) -> Instrument:
    """A question of every type, in five scripts."""
    questions: list[dict[str, Any]] = [
        {"type": "scale", "id": "ease", "options": _options("hard", "fair", "easy"), "apart": _options("unknown")},
        {"type": "yes-maybe-no", "id": "again", "options": _options("yes", "maybe", "no")},
        {
            "type": "choices",
            "id": "liked",
            "text": _SAID["wish"],
            "at_most": 2,
            "options": _pictured("hard", "fair", "easy"),
        },
        {"type": "choice", "id": "one", "text": _SAID["ease"], "options": _options("hard", "easy")},
        {"type": "number", "id": "days", "maximum": 7, "unit": _SAID["days"], "bands": [0, 3]},
        {"type": "text", "id": "wish", "hint": _SAID["trying"]},
    ]
    said = [{"text": _SAID.get(each["id"]), "why": _SAID["trying"], **each} for each in questions]
    plain = {
        "format": 1,
        "id": "on-paper",
        "version": 1,
        "languages": SCRIPTS,
        "audience": "families",
        "layout": "page",
        "minutes": 3,
        "licence": "CC0",
        "title": _SAID["title"],
        "introduction": _SAID["trying"],
        **facts,
    }
    chosen = [each for each in said if plain["audience"] == "families" or each["type"] != "text"]
    return Instrument.model_validate(
        {**plain, "sections": [{"id": "all", "title": _SAID["title"], "questions": chosen}]}
    )


def the_facts(language: str = "en", **changed: Any) -> PaperFacts:
    """What the papers of a made-up round show; `changed` are facts of its `Asked`, or of the papers."""
    words = {code: dict.fromkeys(("trying", "why", "promise"), _SAID["trying"][code]) for code in SCRIPTS}
    instrument = changed.pop("instrument", None) or an_instrument()
    asked = Asked(
        round_id="0" * 32,
        code="R00001",
        instrument=instrument,
        instrument_sha256="0" * 64,
        languages=SCRIPTS,
        audience=instrument.audience,
        pilot_words={code: {**words[code], "title": _SAID["title"][code]} for code in SCRIPTS},
        school_name="Hill Road School",
        k=10,
        keep_comments_days=90,
        keep_tallies_days=1095,
        if_too_few="destroy",
        promise_on=date(2026, 12, 14),
        closes_at=datetime(2026, 11, 30, 18, 0),
        group_size=25,
    )
    of_asked = {name: changed.pop(name) for name in list(changed) if name in {each.name for each in fields(asked)}}
    days = {"opens_on": date(2026, 11, 23), "last_day": date(2026, 11, 30), "return_by": date(2026, 12, 7)}
    root = f"https://voice.hillroad.example/{language}/r/R00001"
    return PaperFacts(
        **{"asked": replace(asked, **of_asked), "language": language, "root": root, "of": "", **days, **changed}
    )


def _options(*ids: str) -> list[dict[str, Any]]:
    return [{"id": id_, "label": _SAID[id_]} for id_ in ids]


def _pictured(*ids: str) -> list[dict[str, Any]]:
    return [
        {**option, "picture": picture} for option, picture in zip(_options(*ids), ("book", "game", "star"), strict=True)
    ]
