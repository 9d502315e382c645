"""Bring in another school's pack: looked at first; the second press makes a draft of it, with pictures and recordings.

Between the two presses a small pack travels through the browser, and a large one is chosen once more. What is sealed
is its hash, so that what is kept is what was looked at.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from itsdangerous import BadData

from feedback.models import StaffMember
from feedback.operations.errors import NotReady, WrongState
from feedback.operations.school import School
from feedback.operations.staff import allow
from feedback.operations.workshop.drafts import start_draft
from feedback.operations.workshop.exchange import Outline, sealing
from feedback.operations.workshop.packed_clips import Voice, hear_voices, keep_voices
from feedback.operations.workshop.packs import OpenedPack, open_pack, remember_school
from feedback.operations.workshop.pictures import LONGEST_LICENCE, LONGEST_WORDS, drawn_small, keep_drawn, pictograms
from feedback.privacy.permissions import Action
from forms.draft import as_data
from forms.exchange.pack import Pack
from forms.exchange.pack_members import PackRefused
from forms.exchange.pack_pictures import shown_pictures, with_names
from forms.texts import Data

#: The largest pack that comes in through a browser: what the service's proxies let through to the desk is little more.
LARGEST_PACK = 10 * 1024 * 1024
#: Larger ones are chosen once more: as text in a page they would be a third larger than the page's form may be.
_CARRIED = 1_400_000
_MANIFEST = b"manifest.json"
_DIRECTORY = 30


@dataclass(frozen=True, slots=True)
class LookedPack:
    """A pack as it would come in.

    `carried` is the whole pack for the second press, "" where it is too large for a page and has to be chosen again;
    `sealed` says that it was this one. `pictures` come along; `missing` are those that the form shows and that neither
    the pack nor Voicebox has; `left_out` are pictures of the pack that its form does not show. `voices` are all of its
    recordings, with what becomes of each.
    """

    opened: OpenedPack
    outline: Outline
    pictures: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    voices: tuple[Voice, ...]
    sealed: str
    carried: str

    @property
    def coming(self) -> int:
        """How many recordings come along."""
        return sum(voice.comes for voice in self.voices)

    @property
    def told(self) -> tuple[Voice, ...]:
        """The recordings that do not come along, or have to be recorded again."""
        return tuple(voice for voice in self.voices if voice.told != "there")


def is_pack(body: bytes) -> bool:
    """Whether this is a pack, or the beginning of one: a ZIP that begins with a manifest."""
    return body.startswith(b"PK\x03\x04") and body[_DIRECTORY : _DIRECTORY + len(_MANIFEST)] == _MANIFEST


def look_into_pack(school: School, by: StaffMember, body: bytes, *, largest: int = LARGEST_PACK) -> LookedPack:
    """What is in a pack, and by whom it is signed. PackRefused with the reason, NotPermitted; nothing is stored."""
    allow(by, Action.EDIT_INSTRUMENTS)
    if len(body) > largest:
        raise PackRefused("pack_too_large" if largest > LARGEST_PACK else "pack_too_large_here")
    opened = open_pack(school, body)
    data = as_data(opened.pack.instrument)
    shown, there = shown_pictures(data), _pictures(opened.pack)
    return LookedPack(
        opened,
        Outline(data),
        pictures=tuple(name for name in shown if name in there),
        missing=tuple(name for name in shown if name not in there and name not in pictograms()),
        left_out=tuple(file for name, file in there.items() if name not in shown),
        voices=hear_voices(opened.recordings, make=False),
        sealed=sealing(school, by).dumps(sha256(body).hexdigest()),
        carried=urlsafe_b64encode(body).decode() if len(body) <= _CARRIED else "",
    )


def carried_pack(carried: str) -> bytes:
    """The pack that a page carried; b"" where it carried none, or something else."""
    try:
        return urlsafe_b64decode(carried.encode())
    except ValueError:
        return b""


def take_in_pack(school: School, by: StaffMember, body: bytes, sealed: str, *, compared: bool, now: datetime) -> str:
    """Keep a pack that this account looked at as a draft with its pictures and recordings; the draft's id.

    `compared`: somebody compared the letters with a school that is not known here, which is known from then on.
    NotReady with "another_file" or "not_compared", PackRefused, and WrongState where the seal is not whole: nothing is
    stored then.
    """
    allow(by, Action.EDIT_INSTRUMENTS)
    try:
        looked_at = sealing(school, by).loads(sealed)
    except BadData as broken:
        raise WrongState(sealed[:20]) from broken
    if looked_at != sha256(body).hexdigest():
        raise NotReady("another_file")
    opened = open_pack(school, body)
    if not (opened.is_known or compared):
        raise NotReady("not_compared")
    voices = hear_voices(opened.recordings, make=True)
    data = _with_own_pictures(school, by, opened.pack, now)
    instrument = opened.pack.instrument
    draft_id = start_draft(
        school,
        by,
        data,
        now=now,
        adapted_from=f"{instrument.id} {instrument.version}",
        with_it=lambda session, draft: keep_voices(school, session, by, draft, voices, now=now),
    )
    if not opened.is_known:
        remember_school(school, opened, now=now, account=by.account)
    return draft_id


def _with_own_pictures(school: School, by: StaffMember, pack: Pack, now: datetime) -> Data:
    """The form with the names that its pictures have here. All are drawn anew before any is kept."""
    data, there = as_data(pack.instrument), _pictures(pack)
    shown = {name: words for name, words in shown_pictures(data).items() if name in there}
    drawn = {name: _drawn(pack, there[name]) for name in shown}
    names = {}
    for name, words in shown.items():
        told = {language: text[:LONGEST_WORDS] for language, text in words.items()}
        licence = pack.instrument.licence[:LONGEST_LICENCE]
        names[name] = keep_drawn(school, by, drawn[name], words=told, licence=licence, now=now)
    return with_names(data, names)


def _drawn(pack: Pack, file: str) -> tuple[bytes, int, int]:
    try:
        return drawn_small(pack.pictures[file].body)
    except NotReady as unreadable:
        raise PackRefused("pack_media", f"pictures/{file}") from unreadable


def _pictures(pack: Pack) -> dict[str, str]:
    """Name in the form -> name in the pack."""
    return {PurePath(file).stem: file for file in pack.pictures}
