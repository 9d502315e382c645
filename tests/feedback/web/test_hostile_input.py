"""Attacks typed into every address and every form, in every role: nothing breaks, comes back, or leads away.

A small share by default; everything with EVERY_LOOK=1.
"""

import os

import pytest
from flask import Flask, Response

from feedback.operations.school import School
from feedback.privacy.permissions import ROLES
from tests.desk import Desk, fill_and_count
from tests.factories import a_family_instrument, a_pilot, a_room, a_round, a_staff_member
from tests.feedback.forms_made import a_draft
from tests.hostile import ATTACKS, Fault, addresses, attack_address, attack_forms, forms_of, look

_ALL = bool(os.environ.get("EVERY_LOOK"))
#: One in so many. Addresses and forms of every role take a quarter of an hour in full.
_OF_ADDRESSES, _OF_FORMS = (1, 1) if _ALL else (60, 150)
WHO = ("respondent", *ROLES)


@pytest.fixture
def known(school: School) -> dict[str, str]:
    """What there is in the school, by the names that addresses call it."""
    pilot = a_pilot(school)
    open_, counted = a_round(school, a_family_instrument(), pilot=pilot), a_round(school, pilot=pilot)
    fill_and_count(school, counted, *({"liked": ("games",)} for _ in range(6)))
    author = a_staff_member(school, "lead", account="author@example.org")
    return {
        "language": "en",
        "pilot_id": pilot.id,
        "round_id": open_.id,
        "code": open_.code,
        "room": a_room(school, open_),
        "draft_id": a_draft(school, author),
        "in_language": "ar",
        "question": "ease",
        "instrument": "family-window",
        "spoken": "en",
        "page": "operator",
        "name": "family-window",
    }


@pytest.mark.parametrize("who", WHO)
def test_attacks_come_to_nothing(school: School, app: Flask, known: dict[str, str], who: str) -> None:
    app.testing = False  # so that what breaks is answered as it is in a school
    client = app.test_client()
    if who != "respondent":
        client = Desk(app, a_staff_member(school, who)).client
    found: list[Fault] = []
    for rule, path in addresses(app, known):
        if "GET" not in (rule.methods or ()) or ("/desk" in rule.rule) is (who == "respondent"):
            continue
        values = [value for name, value in known.items() if name in rule.arguments]
        found += attack_address(client, path, values, _OF_ADDRESSES)
        found += attack_forms(client, path, _OF_FORMS)
    assert found == []


def test_every_page_of_the_application_is_among_those_attacked(app: Flask, known: dict[str, str]) -> None:
    asked = {rule.endpoint for rule, _path in addresses(app, known)}
    assert asked == {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (ATTACKS["html"], {}, 200),
        (f'<input value="{ATTACKS["attribute"]}">', {}, 200),
        ("root:x:0:0:root:/root:/bin/bash", {}, 200),
        ("6434337", {}, 200),
        ("(sqlite3.OperationalError) near", {}, 200),
        ("", {"Location": "//elsewhere.example/"}, 302),
        ("", {"Location": "https://elsewhere.example/"}, 302),
        ("", {"Set-Cookie": "vbmark=1"}, 200),
        ("sorry", {}, 500),
    ],
)
def test_what_must_never_come_back_is_noticed(body: str, headers: dict[str, str], status: int) -> None:
    assert list(look(Response(body, status, headers, mimetype="text/html"), "/", "x")) != []
    assert list(look(Response("fine", 200, {"Location": "/en/desk/"}, mimetype="text/html"), "/", "x")) == []


def test_forms_are_found_with_their_fields(app: Flask) -> None:
    with app.test_client().get("/en/desk/sign-in") as page:
        form, with_a_passkey = forms_of(page, "/en/desk/sign-in")
    assert (form[0], form[1], bool(form[2])) == ("/en/desk/sign-in", ["account", "password"], True)
    assert with_a_passkey[0] != form[0]
