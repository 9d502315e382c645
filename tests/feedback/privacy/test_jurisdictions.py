"""Jurisdictions are data with sources; what a file says that nobody knows is refused by its name."""

import pytest

from feedback.privacy.jurisdictions import (
    Consent,
    Jurisdiction,
    JurisdictionUnreadable,
    jurisdictions,
    read_jurisdiction,
)

_WHOLE = """
consent: [{audience: students, mode: none, source: {law: A law}}]
notice: {days: 0, source: {law: A law}}
topics: {list: us-ppra, source: {law: A law}}
crowd: {team: 5, public: 10, source: {law: A law}}
gifts: {allowed: false, source: {law: A law}}
own_age: {years: 18, source: {law: A law}}
retention: {schedule: eu-gdpr, source: {law: A law}}
"""


def test_a_whole_file_is_read() -> None:
    read = read_jurisdiction(_WHOLE, name="somewhere.yaml")
    assert read.id == "somewhere"
    assert read.crowd.team == 5


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("notice: {days: 0", "notice: {days: 0, hours: 3", "notice.hours is not a rule that there is"),
        ("gifts:", "prizes: {}\ngifts:", "prizes is not a rule that there is"),
        ("team: 5", "team: 4", "crowd.team"),
        ("public: 10", "public: 9", "crowd.public"),
        ("days: 0", "days: 7", "notice.days"),
        ("list: us-ppra", "list: mars", "'mars' is no list of topics"),
        ("schedule: eu-gdpr", "schedule: mars", "there is no schedule 'mars'"),
        ("mode: none", "mode: perhaps", "consent.0.mode"),
        ("{allowed: false, source: {law: A law}}", "{allowed: false}", "gifts.source"),
    ],
)
def test_a_file_that_says_something_else_is_refused_by_its_name(before: str, after: str, told: str) -> None:
    assert before in _WHOLE
    with pytest.raises(JurisdictionUnreadable) as refused:
        read_jurisdiction(_WHOLE.replace(before, after, 1), name="somewhere.yaml")
    assert "somewhere.yaml" in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["", "- a list", "{unclosed"])
def test_what_is_no_file_of_rules_is_refused(text: str) -> None:
    with pytest.raises(JurisdictionUnreadable):
        read_jurisdiction(text, name="somewhere.yaml")


@pytest.mark.parametrize("law", jurisdictions().values(), ids=lambda law: law.id)
def test_no_jurisdiction_asks_for_more_than_the_strictest(law: Jurisdiction) -> None:
    strictest = jurisdictions()["strictest"]
    assert law.notice.days <= strictest.notice.days
    assert law.crowd.team <= strictest.crowd.team
    assert law.protected <= strictest.protected
    for ages in ("6-8", "9-11", "12-14", "15-18", None):
        assert strictest.consent_for("students", ages, protected=False) is Consent.OPT_IN
    assert law.consent_for("families", None, protected=True) is Consent.NONE


def test_what_the_places_ask() -> None:
    def asked(place: str, ages: str, *, protected: bool = False) -> Consent:
        return jurisdictions()[place].consent_for("students", ages, protected=protected)

    assert asked("us-federal", "9-11") is Consent.OPT_OUT
    assert asked("us-federal", "9-11", protected=True) is Consent.OPT_IN
    assert asked("us-utah", "15-18") is Consent.OPT_IN
    assert (asked("us-california", "9-11"), asked("us-california", "12-14")) == (Consent.OPT_IN, Consent.OPT_OUT)
    assert asked("england", "6-8") is Consent.NONE
    assert asked("eu-general", "6-8", protected=True) is Consent.OPT_IN
    assert asked("eu-age-16", "15-18") is Consent.OPT_IN
    assert {law.notice.days for law in jurisdictions().values()} == {0, 10, 14, 30}
