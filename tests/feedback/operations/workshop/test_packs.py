"""Packs between two schools: signed by one, told to the other with a fingerprint, and remembered after a yes."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models import AuditEntry
from feedback.operations.school import School
from feedback.operations.workshop.packs import make_pack, open_pack, own_fingerprint, remember_school
from feedback.privacy.keys import Keystore
from feedback.privacy.signing import is_signed_by, signing_of
from forms.exchange.pack_members import PackRefused
from forms.library import open_library
from tests.factories import NOW


@pytest.fixture
def other_school(school: School, tmp_path: Path) -> School:
    return replace(school, keystore=Keystore(tmp_path / "another keystore"))


def _a_pack(school: School) -> bytes:
    return make_pack(school, open_library("first-look"), {}, {})


def test_a_pack_of_an_unknown_school_is_told_with_its_fingerprint_until_somebody_says_yes(
    school: School, other_school: School
) -> None:
    opened = open_pack(school, _a_pack(other_school))
    assert not (school.keystore.folder / "packs.key").exists()
    assert (opened.is_known, opened.fingerprint) == (False, own_fingerprint(other_school))
    remember_school(school, opened, now=NOW, account="console")
    remember_school(school, opened, now=NOW, account="console")
    assert open_pack(school, _a_pack(other_school)).is_known
    assert (school.keystore.folder / "known-schools").read_text(encoding="utf-8").count("\n") == 1
    with Session(school.engine) as session:
        entry = session.scalars(select(AuditEntry)).first()
    assert entry is not None
    assert (entry.action, entry.object_id) == ("pack_school_known", opened.fingerprint)


def test_a_pack_of_our_own_is_known_and_schools_have_different_keys(school: School, other_school: School) -> None:
    assert open_pack(school, _a_pack(school)).is_known
    assert own_fingerprint(school) != own_fingerprint(other_school)
    assert own_fingerprint(school) == own_fingerprint(school)


def test_the_key_is_for_the_service_only(school: School) -> None:
    own_fingerprint(school)
    assert (school.keystore.folder / "packs.key").stat().st_mode & 0o777 == 0o600


def test_a_signature_counts_for_packs_only_and_for_these_bytes_only(school: School, other_school: School) -> None:
    signing = signing_of(school.keystore)
    signature = signing.sign(b"words")
    assert is_signed_by(signing.public_key(), signature, b"words")
    assert not is_signed_by(signing.public_key(), signature, b"other words")
    assert not is_signed_by(signing_of(other_school.keystore).public_key(), signature, b"words")
    assert not is_signed_by(b"short", signature, b"words")


def test_a_pack_that_was_cut_off_is_refused(school: School) -> None:
    with pytest.raises(PackRefused, match="cut off"):
        open_pack(school, _a_pack(school)[:-30])
