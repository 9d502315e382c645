"""Original packs: an instrument with all that belongs to it leaves signed by this school, and comes in checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.db import writing
from feedback.operations.record import record
from feedback.operations.school import School
from feedback.operations.workshop.clip_words import all_parts
from feedback.privacy.signing import fingerprint, is_signed_by, signing_of
from forms.definition import Instrument
from forms.draft import as_data
from forms.exchange.pack import Media, Pack, read_pack, write_pack
from forms.exchange.pack_recordings import PackedRecording, recordings_in

__all__ = ["Media", "OpenedPack", "make_pack", "open_pack", "own_fingerprint", "remember_school"]


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack whose files are all as they were signed. `fingerprint` is to be compared where the school `is_known` not.

    Until somebody has said yes to an unknown school, nothing of its pack is to be kept.
    """

    pack: Pack
    fingerprint: str
    is_known: bool
    recordings: tuple[PackedRecording, ...] = ()


def make_pack(
    school: School, instrument: Instrument, pictures: Mapping[str, Media], audio: Mapping[str, Media]
) -> bytes:
    """The file, signed with the school's key, which is made where there is none.

    Pictures and recordings by their names in the pack, such as "en/easy.mp3"; ValueError as `write_pack` has it.
    """
    signing = signing_of(school.keystore)
    public_key = signing.public_key()
    return write_pack(
        Pack(instrument, pictures, audio, public_key), lambda manifest: (public_key, signing.sign(manifest))
    )


def open_pack(school: School, body: bytes) -> OpenedPack:
    """What the file holds and by whom it is signed; PackRefused with the reason. Keeps nothing."""
    pack = read_pack(body, is_signed_by)
    known = signing_of(school.keystore).knows(pack.public_key)
    recordings = recordings_in(pack.audio, all_parts(as_data(pack.instrument)))
    return OpenedPack(pack, fingerprint(pack.public_key), known, recordings)


def remember_school(school: School, opened: OpenedPack, *, now: datetime, account: str) -> None:
    """Somebody compared the fingerprint and said yes: packs of that school are not asked about again."""
    signing_of(school.keystore).remember(opened.pack.public_key)
    with writing(school.engine) as session:
        record(session, now, account, "pack_school_known", opened.fingerprint)


def own_fingerprint(school: School) -> str:
    """What another school compares before it takes a pack of ours."""
    return fingerprint(signing_of(school.keystore).public_key())
