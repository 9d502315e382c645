"""Schools' things with defaults, so that a test states only the facts that matter to it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from feedback.models import Pilot, Room, Round, StaffMember
from feedback.operations.answers.kiosk import written
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond import accept
from feedback.operations.answers.slips import put_in
from feedback.operations.door.factors import door_key
from feedback.operations.school import School
from feedback.operations.workshop.instruments import keep_version
from feedback.privacy.passwords import hash_password
from feedback.privacy.receipts import new_form_key
from feedback.privacy.second_factor import code_at
from feedback.privacy.slips import new_code, tag
from forms.definition import Instrument
from forms.questions.base import Answer
from tests.signed import sign_form

#: The moment at which the tests' school lives; UTC, naive.
NOW = datetime(2026, 11, 23, 9, 0)

#: The key of the app of every account of tests that has a password.
APP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Row = TypeVar("Row")
_codes = count(1)
_WHY = {"en": "We want to choose what helps.", "ar": "نريد أن نختار ما يفيد.", "es": "Queremos elegir lo que ayuda."}
_FEELING = {
    "type": "yes-maybe-no",
    "id": "again",
    "text": {
        "en": "Do you want to use it again?",
        "ar": "هل تريد استخدامه مرة أخرى؟",
        "es": "¿Quieres usarlo otra vez?",
    },
    "why": _WHY,
    "options": [
        {"id": "yes", "label": {"en": "Yes", "ar": "نعم", "es": "Sí"}},
        {"id": "maybe", "label": {"en": "Maybe", "ar": "ربما", "es": "Quizás"}},
        {"id": "no", "label": {"en": "No", "ar": "لا", "es": "No"}},
    ],
}
_LIKED = {
    "type": "choices",
    "id": "liked",
    "text": {"en": "What did you like?", "ar": "ما الذي أعجبك؟", "es": "¿Qué te gustó?"},
    "hint": {"en": "Choose up to two.", "ar": "اختر اثنين على الأكثر.", "es": "Elige hasta dos."},
    "why": _WHY,
    "at_most": 2,
    "options": [
        {"id": "games", "picture": "game", "label": {"en": "The games", "ar": "الألعاب", "es": "Los juegos"}},
        {"id": "books", "picture": "book", "label": {"en": "The books", "ar": "الكتب", "es": "Los libros"}},
        {"id": "stars", "picture": "star", "label": {"en": "The stars", "ar": "النجوم", "es": "Las estrellas"}},
    ],
}
_EASE = {
    "type": "scale",
    "id": "ease",
    "text": {"en": "How easy is it at home?", "ar": "ما مدى سهولته في البيت؟", "es": "¿Es fácil en casa?"},
    "why": _WHY,
    "options": [
        {"id": "hard", "label": {"en": "Hard", "ar": "صعب", "es": "Difícil"}},
        {"id": "fair", "label": {"en": "Quite easy", "ar": "سهل نوعًا ما", "es": "Bastante fácil"}},
        {"id": "easy", "label": {"en": "Very easy", "ar": "سهل جدًا", "es": "Muy fácil"}},
    ],
    "apart": [{"id": "unknown", "label": {"en": "I don't know", "ar": "لا أعرف", "es": "No lo sé"}}],
}
_DAYS = {
    "type": "number",
    "id": "days",
    "text": {"en": "On how many days last week?", "ar": "في كم يوم في الأسبوع الماضي؟", "es": "¿Cuántos días?"},
    "why": _WHY,
    "maximum": 7,
    "unit": {"en": "days", "ar": "أيام", "es": "días"},
    "bands": [0, 1, 3, 6],
}
_WISH = {
    "type": "text",
    "id": "wish",
    "text": {"en": "What do you wish for?", "ar": "ماذا تتمنى؟", "es": "¿Qué desea usted?"},
    "hint": {"en": "Please write no names.", "ar": "لا تكتب أسماء من فضلك.", "es": "No escriba nombres."},
    "why": _WHY,
    "max_length": 200,
}


def an_instrument(**changes: Any) -> Instrument:
    """A form of two questions for nine- to eleven-year-olds, one question a screen."""
    return _instrument(
        {"audience": "students", "ages": "9-11", "layout": "screens", "questions": [_FEELING, _LIKED], **changes}
    )


def a_family_instrument(**changes: Any) -> Instrument:
    """A form with a question of every type for families, all on one page."""
    questions = [_EASE, _FEELING, _LIKED, _DAYS, _WISH]
    return _instrument(
        {"id": "family-window", "audience": "families", "layout": "page", "questions": questions, **changes}
    )


def in_languages(instrument: Instrument, languages: Iterable[str]) -> Instrument:
    """The form in all of these languages; where it has no words of its own in one, they are the English ones."""
    codes = list(languages)

    def spread(part: Any) -> Any:
        if isinstance(part, list):
            return [spread(each) for each in part]
        if isinstance(part, dict) and "en" in part:
            return {code: part.get(code, part["en"]) for code in codes}
        return {key: spread(value) for key, value in part.items()} if isinstance(part, dict) else part

    told = spread(instrument.model_dump(mode="json", exclude_none=True))
    return Instrument.model_validate({**told, "languages": codes})


def a_pilot(school: School, **facts: Any) -> Pilot:
    """A stored pilot that tries a reading app; detached."""
    said = {"title": "Reading app", "trying": "Class 2 reads with an app.", "why": "We want more fun in reading."}
    words = {"en": {**said, "promise": "We will change one thing you ask for."}}
    plan = {
        "words": words,
        "goal": "engagement",
        "goal_sentence": "Children like to read.",
        "hypothesis": {"change": "we use the app", "result": "more read", "date": "June", "reason": "it is fun"},
        "criterion": {"question": "again", "cells": ["yes"], "target": 60, "minimum_voices": 10},
        "also_changing": [],
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2027, 6, 30),
        "owner_role": "Deputy head",
        "exit_plan": "The licences end in June.",
        "state": "collecting",
    }
    return _stored(school, Pilot(**{**plan, **facts}))


def a_round(school: School, instrument: Instrument | None = None, *, pilot: Pilot | None = None, **facts: Any) -> Round:
    """A stored round with keys, open since yesterday for 25 people in every language of its instrument; detached.

    A draft's words are signed, so that it can be opened.
    """
    instrument = instrument or an_instrument()
    pilot = pilot or a_pilot(school)
    with Session(school.engine, expire_on_commit=False) as session, session.begin():
        version = keep_version(session, instrument)
    plan = {
        "code": f"R{next(_codes):05}",
        "pilot_id": pilot.id,
        "instrument_id": version.id,
        "audience": instrument.audience,
        "title": "Class 2B",
        "languages": list(instrument.languages),
        "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=7),
        "promise_on": date(2026, 12, 14),
        "k": 10,
        "group_size": 25,
        "breakdowns": [],
        "groups": [],
        "state": "open",
    }
    if facts.get("state") == "draft":
        sign_form(school, instrument)
    round_ = _stored(school, Round(**{**plan, **facts}))
    school.keystore.make_round_keys(round_.id)
    return round_


def a_staff_member(
    school: School,
    *roles: str,
    account: str = "teacher@example.org",
    password: str = "",
    languages: Iterable[str] = (),
    **facts: Any,
) -> StaffMember:
    """A stored account with these roles ("teacher" if none is given); it can sign in only if a password is given."""
    hashed = hash_password(password) if password else "none"
    has = {f"is_{role}": True for role in roles or ("teacher",)}
    stored = _stored(
        school, StaffMember(account=account, password_hash=hashed, languages=list(languages), **has, **facts)
    )
    if password:
        with Session(school.engine) as session, session.begin():
            session.get_one(StaffMember, stored.id).app_key = door_key(school).seal(APP_KEY.encode(), stored.id)
    return stored


def app_code(now: datetime = NOW) -> str:
    """The code that the app of every account of tests shows at this moment."""
    return code_at(APP_KEY, now)


def drop_envelopes(school: School, round_: Round, *answers: Mapping[str, Answer], group: str | None = None) -> None:
    """One envelope for each of the answers, put into the open round's box as respondents do."""
    asked = open_for_answers(school, round_.code, round_.languages[0], group=group, now=NOW)
    for answer in answers:
        accept(school, asked, new_form_key(), answer, now=NOW)


def a_slip(school: School, round_: Round, group: str | None = None) -> str:
    """The code of a slip that lets one envelope into the open round, handed out by nobody."""
    code = new_code()
    with Session(school.engine) as session, session.begin():
        put_in(session, round_.id, [tag(code, group, school.keystore.pepper(round_.id))])
    return code


def a_room(school: School, round_: Round, places: int = 20, **facts: Any) -> str:
    """The code of a room of the open round with this many places."""
    left = {"places": max(places, 5), "places_left": written(places)}
    plan = {"code": new_code(), "round_id": round_.id, "name": "Library", "pause_seconds": 90, **left}
    return _stored(school, Room(**{**plan, **facts})).code


def _instrument(facts: dict[str, Any]) -> Instrument:
    plain = {
        "format": 1,
        "id": "first-look",
        "version": 1,
        "languages": ["en", "ar", "es"],
        "minutes": 3,
        "licence": "CC0",
        "title": {"en": "First look", "ar": "نظرة أولى", "es": "Primera mirada"},
        "introduction": {"en": "Tell us what you think.", "ar": "قل لنا رأيك.", "es": "Dinos qué piensas."},
        **facts,
    }
    section = {"id": "all", "title": plain["title"], "questions": plain.pop("questions")}
    return Instrument.model_validate({**plain, "sections": [section]})


def _stored(school: School, row: Row) -> Row:
    with Session(school.engine, expire_on_commit=False) as session, session.begin():
        session.add(row)
    return row
