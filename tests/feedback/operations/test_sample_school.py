"""The sample school has somebody for every desk, a translator's among them."""

from typing import Any

import pytest
from flask import Flask

from feedback.operations import sample_school
from feedback.operations.sample_school import make_sample_school
from feedback.operations.school import School
from feedback.operations.staff import account_of, sign_in
from tests.desk import Desk
from tests.factories import NOW


def test_the_sample_translator_finds_what_waits_in_two_languages(
    school: School, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Bringing in hundreds of comments takes long, and a translator never meets them.
    monkeypatch.setattr(sample_school, "import_responses", lambda *_parts, **_facts: None)
    nothing: Any = None
    made = make_sample_school(school, now=NOW, today=NOW.date(), progress=nothing, finish=lambda _round_id: None)
    assert made is not None
    passwords = {account: password for account, password, _key in made.sign_ins}
    assert sorted(passwords) == ["lead", "officer", "teacher", "translator"]
    member = account_of(school, sign_in(school, "translator", passwords["translator"], now=NOW))
    assert member is not None
    assert (member.is_translator, member.is_lead, member.languages) == (True, False, ["so", "ur"])
    words = Desk(app, member).open("/translate/").words
    assert ("Soomaali" in words, "اردو" in words) == (True, True)
