"""Signing in by the school's own service (OpenID Connect): code flow with PKCE, state and nonce.

No account is made by signing in. Only the issuer, and what its own document names, is ever asked.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from feedback.config import Settings
from feedback.operations.door.linked import Person, ProviderRefused

#: Never "none", and no key that both sides know.
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_SECONDS, _LEEWAY = 10, 60
#: What says that the service itself has asked for a second step.
_TWO_STEPS = {"mfa", "http://schemas.openid.net/pape/policies/2007/06/multi-factor"}
_BROKEN = (requests.RequestException, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError)


def begin(settings: Settings, back: str) -> tuple[str, dict[str, str]]:
    """The service's address to go to, and what to keep in the browser's session until it sends the person `back`."""
    kept = {name: secrets.token_urlsafe(48) for name in ("state", "nonce", "verifier")}
    try:
        with _client(settings, back) as client:
            found = _document(client, settings)
            at = found["authorization_endpoint"]
            address, _state = client.create_authorization_url(
                at, state=kept["state"], nonce=kept["nonce"], code_verifier=kept["verifier"]
            )
    except _BROKEN as broken:
        raise ProviderRefused from broken
    return str(address), kept


def finish(
    settings: Settings, kept: Mapping[str, str], given: Mapping[str, str], back: str, *, now: datetime
) -> Person:
    """Who came back with these parameters; ProviderRefused."""
    state = kept.get("state", "")
    if not state or not secrets.compare_digest(given.get("state", "").encode(), state.encode()):
        raise ProviderRefused
    # RFC 9207: an answer that another service made is not ours.
    if given.get("iss", settings.oidc_issuer) != settings.oidc_issuer:
        raise ProviderRefused
    try:
        with _client(settings, back) as client:
            found = _document(client, settings)
            tokens = client.fetch_token(
                found["token_endpoint"], code=given["code"], code_verifier=kept["verifier"], allow_redirects=False
            )
            keys = KeySet.import_key_set(_json(client, found["jwks_uri"]))
            claims = jwt.decode(tokens["id_token"], keys, algorithms=_ALGORITHMS).claims
        _check(claims, settings, kept["nonce"], now)
    except _BROKEN as broken:
        raise ProviderRefused from broken
    stated = {*(claims.get("amr") or ()), claims.get("acr")}
    return Person(settings.oidc_issuer, str(claims["sub"]), bool(stated & _TWO_STEPS))


def _client(settings: Settings, back: str) -> Any:
    client = OAuth2Session(
        settings.oidc_client_id,
        settings.oidc_client_secret,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=_SECONDS,
    )
    # Neither a proxy nor a password from the machine's surroundings.
    client.trust_env = False
    return client


def _document(client: Any, settings: Settings) -> dict[str, str]:
    found: dict[str, str] = _json(client, f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration")
    secure = "https://" if settings.oidc_issuer.startswith("https://") else "http"
    named = [found[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if found["issuer"] != settings.oidc_issuer or not all(each.startswith(secure) for each in named):
        raise ProviderRefused
    return found


def _json(client: Any, address: str) -> Any:
    answer = client.get(address, withhold_token=True, allow_redirects=False, timeout=_SECONDS)
    if answer.status_code != 200:
        raise ProviderRefused
    return answer.json()


def _check(claims: dict[str, Any], settings: Settings, nonce: str, now: datetime) -> None:
    jwt.JWTClaimsRegistry(
        now=int(now.replace(tzinfo=UTC).timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(claims)
    if not isinstance(claims["aud"], str) and len(claims["aud"]) > 1 and claims.get("azp") != settings.oidc_client_id:
        raise ProviderRefused
