"""A signed document is checked with public parts only, by us and by OpenSSL, and no change goes unnoticed."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feedback.privacy.evidence import (
    NotGenuine,
    evidence_key,
    evidence_pem,
    read_document,
    sign_document,
    signed_bytes,
)
from feedback.privacy.keys import Keystore

_ON = date(2026, 11, 23)


def _signed(folder: Path) -> dict[str, Any]:
    facts = {"rounds": 2, "name": "Ünïcode ٣", "held": False, "list": [{"b": 1, "a": None}]}
    return sign_document(Keystore(folder), "certificate", facts, school_name="Our school", on=_ON)


def test_a_document_is_read_as_it_was_signed(tmp_path: Path) -> None:
    document = _signed(tmp_path)
    read = read_document(json.dumps(document).encode())
    assert (read.kind, read.school, read.signed_on) == ("certificate", "Our school", _ON)
    assert read.facts == document["facts"]
    assert read.public_key == evidence_key(Keystore(tmp_path))


_CHANGES: list[Callable[[dict[str, Any]], object]] = [
    lambda found: found["facts"].update(rounds=3),
    lambda found: found.update(school="Another"),
    lambda found: found.update(signed_on="2026-11-24"),
    lambda found: found.update(voicebox="head"),
    lambda found: found.update(more=1),
    lambda found: found.pop("facts"),
    lambda found: found.update(form=2),
    lambda found: found.update(signature="zz"),
    lambda found: found.update(signature=7),
]


@pytest.mark.parametrize("change", _CHANGES, ids=[str(at) for at in range(len(_CHANGES))])
def test_any_change_is_noticed(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    document = _signed(tmp_path)
    change(document)
    with pytest.raises(NotGenuine):
        read_document(json.dumps(document).encode())


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b"[" * 100_000, b"null"], ids=["empty", "list", "bytes", "deep", "null"]
)
def test_what_is_no_document_is_refused(body: bytes) -> None:
    with pytest.raises(NotGenuine):
        read_document(body)


def test_openssl_says_the_same(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "Debian has it: install the package openssl"
    document = _signed(tmp_path / "keys")
    for name, body in (
        ("school.pem", evidence_pem(bytes.fromhex(document["public_key"])).encode()),
        ("signed", signed_bytes(document)),
        ("signature", bytes.fromhex(document["signature"])),
    ):
        (tmp_path / name).write_bytes(body)
    asked = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "school.pem", "-rawin", "-in", "signed"]
    told = subprocess.run([*asked, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verified Successfully" in told.stdout, told.stderr
    (tmp_path / "signed").write_bytes(signed_bytes(document) + b" ")
    told = subprocess.run([*asked, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode != 0
