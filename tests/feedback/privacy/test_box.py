"""An envelope opens only with its own box's key, and says nothing by its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.privacy.box import (
    Box,
    EnvelopeTooLarge,
    EnvelopeUnreadable,
    new_box_key,
    open_envelope,
    read_private,
    read_public,
    seal,
    write_private,
    write_public,
)

BOX = Box("a" * 32, "b" * 64)
KEY = new_box_key()


def test_what_was_sealed_comes_out_again() -> None:
    contents = {"answers": {"again": "yes", "wish": "ق" * 900}, "group": None}
    assert open_envelope(seal(contents, KEY.public_key(), BOX), KEY, BOX) == contents


def test_the_key_survives_being_written_and_read() -> None:
    key = read_private(write_private(KEY))
    sealed = seal({"answers": {}}, read_public(write_public(KEY.public_key())), BOX)
    assert open_envelope(sealed, key, BOX) == {"answers": {}}


@pytest.mark.parametrize(
    "other",
    [Box("c" * 32, BOX.instrument), Box(BOX.round_id, "d" * 64), Box(BOX.round_id, BOX.instrument, format=2)],
)
def test_an_envelope_of_another_round_version_or_format_stays_shut(other: Box) -> None:
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(seal({"answers": {}}, KEY.public_key(), BOX), KEY, other)


def test_another_boxs_key_opens_nothing() -> None:
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(seal({"answers": {}}, KEY.public_key(), BOX), new_box_key(), BOX)


@given(st.binary(max_size=3000))
def test_rubbish_in_the_box_is_unreadable_and_nothing_worse(rubbish: bytes) -> None:
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(rubbish, KEY, BOX)


def test_short_and_middling_answers_are_sealed_to_the_same_length() -> None:
    lengths = {len(seal({"wish": "x" * n}, KEY.public_key(), BOX)) for n in (0, 1, 100, 800)}
    assert lengths == {1024}


def test_lengths_are_a_few_multiples_of_256() -> None:
    lengths = {len(seal({"wish": "x" * n}, KEY.public_key(), BOX)) for n in range(0, 20_000, 1_000)}
    assert lengths == {1024, 4096, 16384, 65536}


def test_what_fits_no_envelope_is_refused() -> None:
    with pytest.raises(EnvelopeTooLarge):
        seal({"wish": "x" * 70_000}, KEY.public_key(), BOX)
