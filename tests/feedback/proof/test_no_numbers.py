"""While a box is open nobody may learn how many have answered, not from the proof either."""

from collections.abc import Callable

import pytest

from feedback.operations.answers.publish import open_for_answers
from feedback.operations.answers.receipts import withdraw
from feedback.operations.answers.respond import accept
from feedback.operations.answers.shake import shake
from feedback.operations.school import School
from feedback.privacy.receipts import new_form_key
from feedback.proof import live
from feedback.proof.row_checks import Rows
from feedback.proof.verdict import Check, Line
from tests.factories import NOW, a_round, drop_envelopes

_YES = {"again": "yes"}


def _told(school: School) -> list[Line]:
    return live.check_installation(school, beside=school.settings.instance, today=NOW.date(), said=lambda _what: None)


def _before_and_after(school: School, happens: Callable[[School], None], *, shaken: bool) -> tuple[list[Line], ...]:
    told = []
    for change in (lambda _school: None, happens):
        change(school)
        if shaken:
            shake(school, now=NOW)
        told.append(_told(school))
    return tuple(told)


@pytest.mark.parametrize("shaken", [True, False], ids=["shaken", "not shaken"])
def test_seven_envelopes_and_eight_and_one_withdrawn_are_told_alike(school: School, shaken: bool) -> None:
    round_ = a_round(school)
    shake(school, now=NOW)
    drop_envelopes(school, round_, *[_YES] * 7)
    seven, eight = _before_and_after(school, lambda there: drop_envelopes(there, round_, _YES), shaken=shaken)
    assert seven == eight
    receipt = accept(
        school, open_for_answers(school, round_.code, "en", now=NOW), new_form_key(), _YES, now=NOW
    ).receipt
    nine, withdrawn = _before_and_after(school, lambda there: _withdraw(there, round_.code, receipt), shaken=True)
    assert nine == withdrawn
    if shaken:
        assert seven == withdrawn


def _withdraw(school: School, code: str, receipt: str) -> None:
    withdraw(school, code, receipt, now=NOW)


def test_a_line_with_the_number_of_envelopes_would_be_found(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def count_them(rows: Rows) -> Line:
        return Check("sizes", "").line(True, f"{len(rows['envelope'])} envelopes")

    monkeypatch.setattr(live, "check_sizes", count_them)
    round_ = a_round(school)
    drop_envelopes(school, round_, *[_YES] * 7)
    seven, eight = _before_and_after(school, lambda there: drop_envelopes(there, round_, _YES), shaken=True)
    assert seven != eight
