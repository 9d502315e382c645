"""A school's own sign-in service, OpenID Connect over the network of this machine: what it says can be made wrong."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.common.encoding import urlsafe_b64encode
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.factories import NOW

CLIENT, SECRET = "voicebox", "a secret between two services"


class Provider:
    """The service. `claims` go over those it would honestly make; codes work once and only with their verifier."""

    def __init__(self, issuer: str) -> None:
        self.issuer, self.claims = issuer, dict[str, Any]()
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"})
        self.signing_key = self.key
        self.waiting: dict[str, dict[str, str]] = {}

    def document(self) -> dict[str, str]:
        """What it says of itself."""
        at = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in at.items()}}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where it sends the person back to."""
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = secrets.token_urlsafe(8)
        self.waiting[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, str] | None:
        """The ID token for a code; None where it is refused."""
        asked = self.waiting.pop(sent.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != sent["redirect_uri"]:
            return None
        at = int(_moment(NOW))
        honest = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "person-1",
            "nonce": asked["nonce"],
            "iat": at,
            "exp": at + 300,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, {**honest, **self.claims}, self.signing_key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def a_provider() -> Iterator[Provider]:
    """The service on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(asked))
                self.end_headers()
            elif parts.path == "/keys":
                self._say({"keys": [provider.key.as_dict(private=False)]})
            else:
                self._say(provider.document())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = provider.token({name: values[0] for name, values in parse_qs(body).items()})
            self._say(answer or {"error": "invalid_grant"}, 200 if answer else 400)

        def _say(self, words: object, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(words).encode())

        def log_message(self, *_words: object) -> None:
            """Nothing is written down."""

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://localhost:{serving.server_port}")
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield provider
    serving.shutdown()
    thread.join()
    serving.server_close()


def _moment(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()
