"""What browsers seal without a line: let in once, and believed only as far as a page would have let it be typed."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models import Comment, Envelope, Round, Tally
from feedback.operations.answers.one_envelope import cap
from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.respond_sealed import accept_sealed, answers_in, sealing_of
from feedback.operations.counting.count import count
from feedback.operations.counting.open_envelopes import add_up_in_memory
from feedback.operations.errors import BoxFull, RoundClosed, SlipUnknown
from feedback.operations.school import School
from feedback.privacy.box import BROWSER_SIZES, Box, EnvelopeUnreadable, seal
from feedback.privacy.carrying import carry
from feedback.privacy.receipts import new_form_key
from forms.questions.base import Answer
from tests.factories import NOW, a_family_instrument, a_round, a_slip, drop_envelopes

_TYPED = {"ease": ["easy"], "liked": ["games", "books"], "days": ["٣"], "wish": [" a quiet room\x00 "]}
_MEANT: dict[str, Answer] = {"ease": "easy", "liked": ("games", "books"), "days": 3, "wish": "a quiet room"}
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def sealed_as_browsers_do(school: School, round_: Round, body: bytes, *, size: int = BROWSER_SIZES[1]) -> bytes:
    """Bytes of any content, padded and sealed with the round's public key, as any program can do it."""
    padded = (len(body).to_bytes(4) + body).ljust(size - 81, b"\0")
    return _SUITE.encrypt(padded, _public_key(school, round_), info=_box(school, round_).info)


def _public_key(school: School, round_: Round) -> ec.EllipticCurvePublicKey:
    return school.keystore.public_key(round_.id)


def _box(school: School, round_: Round) -> Box:
    with Session(school.engine) as session:
        return Box(round_.id, session.get_one(Round, round_.id).instrument.sha256)


def _send(
    school: School, round_: Round, contents: str | bytes, *, key: str = "", group: str | None = None, slip: str = ""
) -> None:
    body = contents.encode() if isinstance(contents, str) else contents
    asked = open_for_answers(school, round_.code, "en", group=group, now=NOW)
    accept_sealed(school, asked, key or new_form_key(), sealed_as_browsers_do(school, round_, body), slip=slip, now=NOW)


def _envelopes(school: School) -> int:
    with Session(school.engine) as session:
        return session.scalar(select(func.count()).select_from(Envelope)) or 0


def _meant(school: School, round_: Round, contents: dict[str, Any]) -> dict[str, Answer]:
    with Session(school.engine) as session:
        stored = session.get_one(Round, round_.id)
        asked = open_for_answers(school, stored.code, "en", now=NOW)
        return answers_in(school, stored, asked.instrument, contents)


@pytest.fixture
def round_(school: School) -> Round:
    """A round for families, with two groups."""
    groups = [{"code": "G1AA", "name": "Oak", "size": 10}, {"code": "G2BB", "name": "Elm", "size": 10}]
    return a_round(school, a_family_instrument(), groups=groups, breakdowns=["group"])


def test_what_was_typed_without_a_line_means_what_it_means_on_a_page(school: School, round_: Round) -> None:
    assert _meant(school, round_, {"typed": _TYPED}) == _MEANT


def test_the_count_adds_up_both_kinds_of_envelopes_alike(school: School, round_: Round) -> None:
    drop_envelopes(school, round_, *[{"ease": "easy"}] * 6, group="G1AA")
    for _ in range(6):
        _send(school, round_, '{"typed": {"ease": ["easy"]}, "group": "G1AA"}', group="g2bb")
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    assert count(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        rows = session.scalars(select(Tally).where(Tally.question == "ease", Tally.cell == "easy"))
        found = {(row.breakdown, row.group): row.people for row in rows}
    # A group that the browser wrote inside is not believed: the link's is.
    assert found == {("", ""): 12, ("group", "Oak"): 6, ("group", "Elm"): 6}


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "{",
        "[1]",
        "null",
        "{}",
        '{"typed": {}}',
        '{"typed": [["ease", "easy"]]}',
        '{"typed": {"ease": "easy", "days": [["3"]], "liked": [null], "wish": {"a": 1}}}',
        '{"typed": {"ease": ["best"], "liked": ["games", "books", "stars"], "days": ["800"]}}',
        '{"typed": {"wish": ["' + "x" * 201 + '"], "q-ease": ["easy"], "nothing": ["easy"]}}',
        '{"answers": {"ease": ["easy"], "days": true, "wish": 7, "liked": "games"}}',
        '{"carried": "AAAA", "typed": {"wish": ["\\u0000\\ud800"]}}',
        '{"group": "G1AA", "mode": "paper"}',
        b'{"group": null}\0' + b"\0" * 896,
        "[" * 3000,
        b"\xff\xfe",
    ],
)
def test_hostile_envelopes_change_nothing(school: School, round_: Round, contents: str | bytes) -> None:
    drop_envelopes(school, round_, *[_MEANT] * 10)
    before = add_up_in_memory(school, round_.id, None, lambda _said: None)
    for _ in range(3):
        _send(school, round_, contents)
    assert _envelopes(school) == 13
    after = add_up_in_memory(school, round_.id, None, lambda _said: None)
    assert (after.envelopes, after.sums, sorted(after.comments)) == (10, before.sums, sorted(before.comments))


def test_a_good_envelope_beside_them_would_change_something(school: School, round_: Round) -> None:
    drop_envelopes(school, round_, *[_MEANT] * 10)
    before = add_up_in_memory(school, round_.id, None, lambda _said: None)
    _send(school, round_, '{"typed": {"ease": ["easy"]}}')
    after = add_up_in_memory(school, round_.id, None, lambda _said: None)
    assert after.envelopes == before.envelopes + 1
    assert after.sums != before.sums


def test_nineteen_voices_and_thirty_hostile_envelopes_are_not_enough(school: School) -> None:
    round_ = a_round(school, a_family_instrument(), group_size=None, k=20)
    drop_envelopes(school, round_, *[_MEANT] * 19)
    for _ in range(30):
        _send(school, round_, '{"typed": {"ease": ["best"]}}')
    with Session(school.engine) as session, session.begin():
        session.get_one(Round, round_.id).state = "closed"
    assert not count(school, round_.id, today=NOW.date())
    with Session(school.engine) as session:
        assert session.scalars(select(Tally)).all() == []
        assert session.scalars(select(Comment)).all() == []


@pytest.mark.parametrize("size", [0, 1, 895, 897, 1024, 65_536])
def test_bytes_that_no_browser_seals_are_refused(school: School, round_: Round, size: int) -> None:
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    with pytest.raises(EnvelopeUnreadable):
        accept_sealed(school, asked, new_form_key(), b"\x04" * size, now=NOW)
    assert _envelopes(school) == 0


def test_what_earlier_screens_carried_counts_where_nothing_newer_was_typed(school: School, round_: Round) -> None:
    def token(secret: str, group: str) -> str:
        bound_to = f"{round_.id} {_box(school, round_).instrument} {group}"
        return carry({"answers": {"ease": "hard", "days": 2}, "at": 2, "slip": ""}, secret=secret, bound_to=bound_to)

    ours, typed = school.settings.secret, {"ease": [], "again": ["no"]}
    for group in ("", "G2BB"):
        assert _meant(school, round_, {"carried": token(ours, group), "typed": typed}) == {"again": "no", "days": 2}
    forged = {"carried": token("somebody else's secret 0123456789 abcdef", ""), "typed": typed}
    assert _meant(school, round_, forged) == {"again": "no"}


def test_the_same_key_sent_ten_times_is_one_envelope(school: School, round_: Round) -> None:
    key = new_form_key()
    for _ in range(10):
        _send(school, round_, '{"typed": {"ease": ["easy"]}}', key=key)
    assert _envelopes(school) == 1


def test_late_ones_and_ones_too_many_are_refused(school: School) -> None:
    round_ = a_round(school, a_family_instrument(), group_size=10)
    for _ in range(cap(10)):
        _send(school, round_, '{"typed": {"ease": ["easy"]}}')
    with pytest.raises(BoxFull):
        _send(school, round_, '{"typed": {"ease": ["easy"]}}')
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    sealed = sealed_as_browsers_do(school, round_, b"{}")
    with pytest.raises(RoundClosed):
        accept_sealed(school, asked, new_form_key(), sealed, now=NOW + timedelta(days=8))
    assert _envelopes(school) == cap(10)


def test_a_slip_lets_one_in_and_a_wrong_one_none(school: School) -> None:
    round_ = a_round(school, a_family_instrument(), slips=True)
    slip = a_slip(school, round_)
    for wrong in ("", "0000-0000-000", slip[:-1]):
        with pytest.raises(SlipUnknown):
            _send(school, round_, '{"typed": {"ease": ["easy"]}}', slip=wrong)
    _send(school, round_, '{"typed": {"ease": ["easy"]}}', slip=slip.lower())
    with pytest.raises(SlipUnknown):
        _send(school, round_, '{"typed": {"ease": ["easy"]}}', slip=slip)
    assert _envelopes(school) == 1


def test_a_stored_envelope_looks_like_any_other(school: School, round_: Round) -> None:
    drop_envelopes(school, round_, {"ease": "easy"})
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    small = sealed_as_browsers_do(school, round_, b'{"typed":{"ease":["easy"]}}', size=BROWSER_SIZES[0])
    accept_sealed(school, asked, new_form_key(), small, now=NOW)
    with Session(school.engine) as session:
        kept = session.scalars(select(Envelope)).all()
    assert {(each.format, len(each.sealed), each.sealed_for_reading) for each in kept} == {(1, 1024, None)}


def test_the_page_names_the_last_day_and_the_boxs_key(school: School) -> None:
    round_ = a_round(school, closes_at=NOW.replace(hour=0) + timedelta(days=4))
    found = sealing_of(school, open_for_answers(school, round_.code, "en", now=NOW))
    assert found is not None
    assert found.until.isoformat() == "2026-11-26"
    assert found.info == f"voicebox envelope 1 {round_.id} {_box(school, round_).instrument}"


def test_without_the_key_the_form_is_asked_all_the_same(school: School, round_: Round) -> None:
    asked = open_for_answers(school, round_.code, "en", now=NOW)
    (school.keystore.folder / "rounds" / round_.id / "box.public").unlink()
    assert sealing_of(school, asked) is None


def test_sealing_in_the_school_gives_the_same_sizes(school: School, round_: Round) -> None:
    for length in (0, 700, 4000):
        contents = {"answers": {"wish": "x" * length}, "group": None}
        assert len(seal(contents, _public_key(school, round_), _box(school, round_))) - 128 in BROWSER_SIZES
