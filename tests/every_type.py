"""A form with one question of every type, in words that people really use, to look at and to listen to."""

from typing import Any

from forms.definition import Instrument
from tests.factories import an_instrument

_WHY = {"en": "We want to choose what helps.", "ar": "نريد أن نختار ما يفيد.", "es": "Queremos elegir lo que ayuda."}
_UNKNOWN = {"id": "unknown", "label": {"en": "I don't know", "ar": "لا أعرف", "es": "No lo sé"}}
_OTHER = {"id": "not-for-me", "label": {"en": "Does not apply", "ar": "لا ينطبق", "es": "No corresponde"}}
_STEPS = (
    ("not", "Not at all", "أبدًا", "Nada"),
    ("little", "A little", "قليلًا", "Un poco"),
    ("lot", "Quite a lot", "كثيرًا", "Bastante"),
    ("much", "Very much", "كثيرًا جدًا", "Mucho"),
)
_THINGS = (
    ("books", "Books to read", "كتب للقراءة", "Libros para leer", "book"),
    ("games", "Games", "ألعاب", "Juegos", "game"),
    ("friends", "Reading with friends", "القراءة مع الأصدقاء", "Leer con amigos", "friends"),
    ("tablet", "The tablet", "الجهاز اللوحي", "La tableta", "tablet"),
)
_YES = (("yes", "Yes", "نعم", "Sí"), ("maybe", "Maybe", "ربما", "Quizás"), ("no", "No", "لا", "No"))


def _words(en: str, ar: str, es: str) -> dict[str, str]:
    return {"en": en, "ar": ar, "es": es}


def _options(rows: tuple[tuple[str, ...], ...]) -> list[dict[str, Any]]:
    options = []
    for id_, en, ar, es, *picture in rows:
        options.append({"id": id_, "label": _words(en, ar, es), **({"picture": picture[0]} if picture else {})})
    return options


#: What each type is asked with, besides its id and why it is asked.
_ASKED: dict[str, dict[str, Any]] = {
    "choice": {
        "text": _words("Where do you read most?", "أين تقرأ أكثر؟", "¿Dónde lees más?"),
        "options": _options(
            (("home", "At home", "في البيت", "En casa"), ("bus", "On the bus", "في الحافلة", "En bus"))
        ),
        "apart": [_UNKNOWN],
    },
    "choices": {
        "text": _words("What helped you?", "ما الذي ساعدك؟", "¿Qué te ayudó?"),
        "hint": _words("Choose up to two.", "اختر اثنين على الأكثر.", "Elige hasta dos."),
        "options": _options(tuple(row[:4] for row in _THINGS)),
        "at_most": 2,
        "apart": [_OTHER],
    },
    "picture-choice": {
        "text": _words("What do you want more of?", "ماذا تريد أكثر؟", "¿De qué quieres más?"),
        "options": _options(_THINGS),
    },
    "scale": {
        "text": _words("Did the app help you?", "هل ساعدك التطبيق؟", "¿Te ayudó la aplicación?"),
        "options": _options(_STEPS),
        "apart": [_UNKNOWN, _OTHER],
    },
    "smileys": {
        "text": _words("How much fun is reading?", "ما مدى متعة القراءة؟", "¿Es divertido leer?"),
        "faces": "warm",
        "options": _options(_STEPS[1:]),
        "apart": [_UNKNOWN],
    },
    "yes-maybe-no": {
        "text": _words("Do you want to use it again?", "هل تريد استخدامه مرة أخرى؟", "¿Quieres usarlo otra vez?"),
        "options": _options(_YES),
        "apart": [_UNKNOWN],
    },
    "then-now": {
        "text": _words("Do you like to read?", "هل تحب القراءة؟", "¿Te gusta leer?"),
        "options": _options(_STEPS),
        "then": _words("Before we had the app", "قبل أن نستخدم التطبيق", "Antes de tener la aplicación"),
        "now": _words("Now", "الآن", "Ahora"),
    },
    "ranking": {
        "text": _words("What should we do first?", "بماذا نبدأ؟", "¿Qué hacemos primero?"),
        "options": _options(_THINGS),
    },
    "points": {
        "text": _words("What should we spend on?", "على ماذا ننفق؟", "¿En qué gastamos?"),
        "options": _options(tuple(row[:4] for row in _THINGS[:3])),
        "total": 10,
    },
    "number": {
        "text": _words("On how many days last week?", "في كم يوم في الأسبوع الماضي؟", "¿Cuántos días?"),
        "maximum": 7,
        "unit": _words("days", "أيام", "días"),
        "bands": [0, 1, 3, 6],
    },
    "month": {
        "text": _words("When did you start?", "متى بدأت؟", "¿Cuándo empezaste?"),
        "first": "2026-09",
        "last": "2027-02",
    },
    "week": {
        "text": _words("Which week was best?", "أي أسبوع كان الأفضل؟", "¿Qué semana fue la mejor?"),
        "first": "2026-W44",
        "last": "2026-W47",
    },
    "short-text": {
        "text": _words("What would you call it?", "ماذا تسميه؟", "¿Cómo lo llamarías?"),
        "hint": _words("A word or two.", "كلمة أو كلمتان.", "Una o dos palabras."),
    },
    "text": {
        "text": _words("What do you wish for?", "ماذا تتمنى؟", "¿Qué deseas?"),
        "hint": _words("Please write no names.", "لا تكتب أسماء من فضلك.", "No escribas nombres."),
    },
}


def every_type(*types: str, **changes: Any) -> Instrument:
    """A form for families on one page, with a question of each of these types, or of every type there is."""
    questions = [{"type": type_, "id": f"a-{type_}", "why": _WHY, **_ASKED[type_]} for type_ in types or _ASKED]
    facts = {"id": "every-type", "audience": "families", "ages": None, "layout": "page", "questions": questions}
    return an_instrument(**{**facts, **changes})
