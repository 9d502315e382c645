"""The table of OWASP's ASVS: every point is whole, and what it names as its proof is there."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from feedback.help_pages import asvs
from feedback.web.guides import _CHAPTERS

ROOT = Path(__file__).resolve().parents[2]
#: What privacy.md, section 7, lists, and more.
_LISTED = (
    "V1.1.2 V1.2.1 V1.2.2 V1.2.3 V1.2.4 V1.2.5 V1.2.9 V1.2.10 V1.3.1 V1.3.4 V1.3.6 V1.3.7 V1.3.11 V1.5.1 "
    "V1.5.2 V2.1.3 V2.2.1 V2.2.2 V2.3.1 V2.3.3 V2.3.4 V2.4.1 V3.2.1 V3.3.1 V3.4.1 V3.4.3 V3.4.5 V3.4.6 V3.5.1 "
    "V3.5.3 V3.7.2 V4.1.3 V5.2.3 V5.4.1 V6.1.1 V6.2.1 V6.2.12 V6.3.1 V6.3.2 V6.3.3 V6.4.1 V6.4.3 V6.5.2 "
    "V6.5.3 V6.8.1 V7.2.4 V7.3.1 V7.4.2 V7.4.5 V7.5.1 V8.1.2 V8.2.2 V8.2.3 V8.4.1 V9.1.1 V9.2.1 V10.2.1 "
    "V10.5.1 V11.1.2 V11.2.1 V11.2.3 V11.3.2 V11.5.1 V12.2.1 V12.2.2 V13.1.1 V13.2.5 V13.3.1 V13.4.2 V14.1.1 "
    "V14.2.1 V14.2.2 V14.2.3 V14.2.7 V14.3.1 V14.3.2 V14.3.3 V15.1.2 V15.2.2 V15.3.3 V15.3.4 V16.1.1 V16.2.1 "
    "V16.2.5 V16.3.1 V16.4.1 V16.4.2 V16.4.3 V16.5.1 V16.5.3"
)


def test_every_proof_of_a_point_is_there() -> None:
    named = [(point["id"], path) for point in asvs() for path in point["proof"]]
    assert len(named) > 100
    assert [each for each in named if not (ROOT / each[1]).is_file()] == []


def test_every_point_is_whole_and_in_the_standards_order() -> None:
    ids = [point["id"] for point in asvs()]
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", each) for each in ids)
    in_order = sorted(ids, key=lambda each: [int(part) for part in each[1:].split(".")])
    assert (ids, len(set(ids))) == (in_order, len(ids))
    assert {each.split(".")[0] for each in ids} <= set(_CHAPTERS)
    assert {point["state"] for point in asvs()} == {"met", "not-applicable", "deviation"}
    assert [point["id"] for point in asvs() if point["level"] not in (1, 2, 3) or not point["how"]] == []
    assert [point["id"] for point in asvs() if not point["proof"] and point["state"] != "not-applicable"] == []
    assert set(_LISTED.split()) - set(ids) == set()


def test_what_is_deliberately_otherwise_is_told_in_the_guide() -> None:
    otherwise = {point["id"] for point in asvs() if point["state"] == "deviation"}
    assert otherwise == {"V12.2.2", "V15.3.4", "V16.2.1"}
    for language in ("en", "es", "ar"):
        told = (ROOT / "feedback" / "help" / language / "asvs.md").read_text(encoding="utf-8")
        assert set(re.findall(r"V\d+\.\d+\.\d+", told)) == otherwise


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_guide_shows_every_point(client: FlaskClient, language: str) -> None:
    shown = client.get(f"/{language}/help/asvs").text
    assert [point["id"] for point in asvs() if f'<th scope="row">{point["id"]}</th>' not in shown] == []
    assert "[asvs]" not in shown
