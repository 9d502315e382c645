"""A school's own pictures for its forms: added with words that say what they show, drawn anew, and small."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.db import reading, writing
from feedback.models import Draft, InstrumentVersion, Picture, StaffMember
from feedback.operations.errors import NotFound, NotReady
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.picture_file import PictureUnreadable, open_picture
from feedback.privacy.permissions import Action
from feedback.resources import resource_dir
from forms.draft import items_of
from forms.wording import one_line

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels of the longer side: as large as a young child's answer is shown, on a sharp screen.
_LONGEST_SIDE = 360
#: Bytes of one picture. A form for six-year-olds has about ten, and a bad line takes half a second for each of these.
BUDGET = 40 * 1024
_KINDS = ("PNG", "JPEG", "WEBP")
LONGEST_WORDS = 120
LONGEST_LICENCE = 200
_MOST_PICTURES = 500


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture as it is listed. `bytes` is how much a respondent's device fetches for it."""

    name: str
    words: dict[str, str]
    licence: str
    bytes: int
    is_used: bool


def add_picture(
    school: School, by: StaffMember, body: bytes, *, words: str, language: str, licence: str, now: datetime
) -> str:
    """Its name. The same picture again is the one that is there, with these words in this language.

    NotReady: "no_picture", "too_large", "too_detailed", "words", "licence", "too_many". Nothing is stored then.
    """
    allow(by, Action.EDIT_INSTRUMENTS)
    said, rights = one_line(words), one_line(licence)
    wrong = [
        *(["words"] if not said or len(said) > LONGEST_WORDS else []),
        *(["licence"] if not rights or len(rights) > LONGEST_LICENCE else []),
    ]
    if wrong:
        raise NotReady(*wrong)
    small = drawn_small(body)
    return keep_drawn(school, by, small, words={language: said}, licence=rights, now=now)


def keep_drawn(
    school: School,
    by: StaffMember,
    drawn: tuple[bytes, int, int],
    *,
    words: Mapping[str, str],
    licence: str,
    now: datetime,
) -> str:
    """The name of a picture as `drawn_small` made it, with these words by language; NotReady("too_many")."""
    allow(by, Action.EDIT_INSTRUMENTS)
    small, width, height = drawn
    with writing(school.engine) as session:
        name = _name_of(session, small, school.only)
        kept = session.get(Picture, name)
        if kept is None:
            if len(session.scalars(select(Picture.name)).all()) >= _MOST_PICTURES:
                raise NotReady("too_many")
            kept = Picture(name=name, words={}, width=width, height=height, body=small, by_id=by.id)
            kept.added_on = school.settings.day_of(now)
            session.add(kept)
        kept.words, kept.licence = {**kept.words, **words}, licence
        session.flush()
        record(session, now, by.account, "picture_added", name, bytes=len(small))
    return name


def _name_of(session: Session, small: bytes, school_id: str | None) -> str:
    """After what is in it; where another school of the installation has added the same, after the school as well."""
    name = f"own-{sha256(small).hexdigest()[:16]}"
    everywhere = select(Picture.school_id).where(Picture.name == name)
    owner = session.scalar(everywhere, execution_options={"every_school": True})
    if school_id is None or owner in (None, school_id):
        return name
    return f"own-{sha256(school_id.encode() + small).hexdigest()[:16]}"


def pictures_of(school: School, by: StaffMember) -> list[OwnPicture]:
    """All of the school's own pictures, the newest first."""
    allow(by, Action.EDIT_INSTRUMENTS)
    with reading(school.engine) as session:
        forms = [*session.scalars(select(Draft.body)), *session.scalars(select(InstrumentVersion.body))]
        rows = session.scalars(select(Picture).order_by(Picture.added_on.desc(), Picture.name))
        return [
            OwnPicture(row.name, dict(row.words), row.licence, len(row.body), any(row.name in form for form in forms))
            for row in rows
        ]


def words_of_pictures(school: School) -> dict[str, dict[str, str]]:
    """The name of each of the school's own pictures, with what it shows by language; the newest first."""
    with reading(school.engine) as session:
        rows = session.execute(select(Picture.name, Picture.words).order_by(Picture.added_on.desc(), Picture.name))
        return {row.name: dict(row.words) for row in rows}


def remove_picture(school: School, by: StaffMember, name: str, *, now: datetime) -> None:
    """Take away a picture that no draft and no version names. NotFound, NotReady("in_use")."""
    found = {each.name: each for each in pictures_of(school, by)}
    if name not in found:
        raise NotFound(name)
    if found[name].is_used:
        raise NotReady("in_use")
    with writing(school.engine) as session:
        session.delete(session.get_one(Picture, name))
        record(session, now, by.account, "picture_removed", name)


def read_picture(school: School, name: str) -> bytes:
    """The picture as WebP; NotFound."""
    with reading(school.engine) as session:
        found = session.get(Picture, name)
        if found is None:
            raise NotFound(name)
        return found.body


def unknown_pictures(session: Session, data: Mapping[str, Any]) -> list[str]:
    """The pictures that a form names and that are neither drawings of Voicebox nor the school's own."""
    own = set(session.scalars(select(Picture.name)))
    return sorted(pictures_named(data) - own - pictograms())


def pictures_named(data: Mapping[str, Any]) -> set[str]:
    """The names of all pictures that a form shows, Voicebox's own drawings among them."""
    return {str(found) for item in items_of(data) for found in _named(item)}


@cache
def pictograms() -> frozenset[str]:
    """The names of the drawings that come with Voicebox."""
    drawings = (resource_dir("static") / "pictograms").iterdir()
    return frozenset(each.name.removesuffix(".svg") for each in drawings)


def _named(item: Mapping[str, Any]) -> Iterator[object]:
    options = (*item.get("options", ()), *item.get("apart", ()))
    yield from (part["picture"] for part in (item, *options) if part.get("picture"))


def drawn_small(body: bytes) -> tuple[bytes, int, int]:
    """The picture as WebP within the budget, with its width and height in pixels; NotReady."""
    try:
        drawn = open_picture(body, longest_side=_LONGEST_SIDE, kinds=_KINDS)
    except PictureUnreadable as unreadable:
        raise NotReady(str(unreadable)) from unreadable
    for quality in (85, 70, 50, 30):
        small = _as_webp(drawn, quality)
        if len(small) <= BUDGET:
            return small, drawn.width, drawn.height
    raise NotReady("too_detailed")


def _as_webp(drawn: "Image", quality: int) -> bytes:
    body = io.BytesIO()
    drawn.save(body, "WEBP", quality=quality, method=6)
    return body.getvalue()
