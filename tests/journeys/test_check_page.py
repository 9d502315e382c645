"""The page that checks is kept as a file and opened from the disk: it checks without a network and misses nothing."""

import json
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from feedback.operations.school import School
from feedback.privacy.evidence import sign_document
from tests.desk import Desk
from tests.factories import NOW, a_staff_member

_FACTS = {"rounds": 2, "name": "Ünïcode ٣ 𝔘", "held": False, "list": [{"b": 1, "a": None}], "𝔘": "x", "￿": '"\n\u007f'}


def test_a_file_is_checked_offline(client: FlaskClient, school: School, browser: Browser, tmp_path: Path) -> None:
    desk = Desk(client.application, a_staff_member(school, "officer", account="officer@example.org"))
    (tmp_path / "check.html").write_bytes(desk.client.get("/en/desk/proofs/check.html").data)
    signed = sign_document(school.keystore, "certificate", _FACTS, school_name="Our school", on=NOW.date())
    good, bad, none = (tmp_path / name for name in ("good.json", "bad.json", "none.json"))
    good.write_text(json.dumps(signed, indent=1, ensure_ascii=False), encoding="utf-8")
    bad.write_text(json.dumps({**signed, "facts": {**_FACTS, "rounds": 3}}), encoding="utf-8")
    none.write_text('{"a": 1}', encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((tmp_path / "check.html").as_uri())
    for file, said in ((good, "nothing was changed"), (bad, "does not hold"), (none, "no signed file")):
        page.set_input_files("#file", str(file))
        expect(page.locator("#said")).to_contain_text(said, ignore_case=True)
    page.set_input_files("#file", str(good))
    page.fill("#key", "00" * 32)
    page.locator("#key").press("Tab")
    expect(page.locator("#said")).to_contain_text("another key")
    expect(page.locator("#facts tbody tr")).to_have_count(3 + len(_FACTS))
    assert problems == []
    context.close()
