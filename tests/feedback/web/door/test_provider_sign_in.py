"""The school's own service signs in whom it was linked to, and nobody by a word that is not its own or not for us."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy.orm import Session

from feedback.config import NotConfigured, read_settings
from feedback.models import StaffMember
from feedback.operations.school import School
from tests.desk import Desk
from tests.factories import NOW, a_staff_member, app_code
from tests.feedback.web.door.visitors import ACCOUNT, PASSWORD, Visitor, is_inside
from tests.feedback.web.provider import CLIENT, SECRET, Provider, a_provider
from tests.pages import Page

_AT = int(NOW.replace(tzinfo=UTC).timestamp())


@pytest.fixture
def provider(school: School, app: Flask) -> Iterator[Provider]:
    """A running service that the school has set."""
    with a_provider() as running:
        facts: dict[str, Any] = {"oidc_issuer": running.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        app.extensions["school"] = replace(school, settings=replace(school.settings, **facts))
        yield running


def _come_back(visitor: Visitor) -> Page:
    """Go to the service and come back as it says."""
    away = visitor.client.get("/en/desk/provider/").location
    assert away
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"]
    return Page(visitor.client.get(back.partition("8080")[2], follow_redirects=True))


def _linked(school: School, provider: Provider, **facts: str) -> StaffMember:
    member = a_staff_member(school, password=PASSWORD)
    with Session(school.engine) as session, session.begin():
        kept = session.get_one(StaffMember, member.id)
        kept.provider_issuer = facts.get("issuer", provider.issuer)
        kept.provider_subject = "person-1"
    return member


def test_a_linked_person_is_asked_for_our_second_step_where_the_service_asked_for_none(
    school: School, app: Flask, provider: Provider
) -> None:
    _linked(school, provider)
    visitor = Visitor(app)
    assert _come_back(visitor).title == "Second step"
    assert not is_inside(visitor)
    visitor.send("/sign-in/code", code=app_code())
    assert is_inside(visitor)


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "mfa"}])
def test_a_service_that_has_seen_two_steps_is_enough(
    school: School, app: Flask, provider: Provider, said: dict[str, Any]
) -> None:
    _linked(school, provider)
    provider.claims = said
    visitor = Visitor(app)
    assert _come_back(visitor).title == "Today"


def test_no_account_is_made_and_none_is_found_by_its_address(school: School, app: Flask, provider: Provider) -> None:
    a_staff_member(school, password=PASSWORD)
    provider.claims = {"email": ACCOUNT, "email_verified": True, "amr": ["mfa"]}
    visitor = Visitor(app)
    assert _come_back(visitor).status == 401
    assert not is_inside(visitor)


def test_the_same_subject_of_another_issuer_is_another_person(school: School, app: Flask, provider: Provider) -> None:
    _linked(school, provider, issuer="https://elsewhere.example")
    assert _come_back(Visitor(app)).status == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"]},
        {"exp": _AT - 120},
        {"iat": _AT + 3600},
        {"sub": None},
    ],
)
def test_words_that_are_not_for_us_or_not_for_now_are_refused(
    school: School, app: Flask, provider: Provider, claims: dict[str, Any]
) -> None:
    _linked(school, provider)
    provider.claims = {"amr": ["mfa"], **claims}
    visitor = Visitor(app)
    assert _come_back(visitor).status == 401
    assert not is_inside(visitor)


def test_a_word_signed_by_another_key_is_refused(school: School, app: Flask, provider: Provider) -> None:
    _linked(school, provider)
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "one"})
    assert _come_back(Visitor(app)).status == 401


def test_another_state_and_a_second_use_are_refused(school: School, app: Flask, provider: Provider) -> None:
    _linked(school, provider)
    visitor = Visitor(app)
    away = visitor.client.get("/en/desk/provider/").location
    assert away
    back = requests.get(away, allow_redirects=False, timeout=5).headers["Location"].partition("8080")[2]
    assert Visitor(app).client.get(back).status_code == 401
    assert visitor.client.get(back.replace("state=", "state=x")).status_code == 401
    assert visitor.client.get(back).status_code == 401


@pytest.mark.usefixtures("provider")
def test_somebody_signed_in_links_their_account_and_ends_it(school: School, app: Flask) -> None:
    desk = Desk(app, a_staff_member(school, password=PASSWORD))
    visitor = Visitor(app)
    visitor.client = desk.client
    assert "It signs you in" in _come_back(visitor).words
    assert _come_back(Visitor(app)).title == "Second step"
    desk.send("/my-sign-in/provider/unlink")
    assert _come_back(Visitor(app)).status == 401


def test_a_service_that_does_not_answer_leads_back_to_the_password(school: School, app: Flask) -> None:
    facts: dict[str, Any] = {
        "oidc_issuer": "http://localhost:9",
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
    }
    app.extensions["school"] = replace(school, settings=replace(school.settings, **facts))
    assert Visitor(app).open("/provider/").status == 401


@pytest.mark.parametrize(
    "given", [{"OIDC_ISSUER": "https://id.example"}, {"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "x"}]
)
def test_half_a_service_or_one_in_clear_stops_the_start(given: dict[str, str]) -> None:
    whole = {"OIDC_CLIENT_SECRET": "x", **given} if "OIDC_CLIENT_ID" in given else given
    with pytest.raises(NotConfigured, match="OIDC"):
        read_settings(
            {"VOICEBOX_SECRET": "kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1"} | {f"VOICEBOX_{k}": v for k, v in whole.items()}
        )
