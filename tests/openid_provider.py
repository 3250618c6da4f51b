"""An OpenID provider of the suite's own on loopback: it does its part right, unless a test makes it do it wrong."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CPR = "https://data.gov.dk/model/core/eid/cprNumber"
LOA = "https://data.gov.dk/concept/core/nsis/loa"
BODIL = {"sub": "a1b2-bodil", CPR: "1501701234", "name": "Bodil Krogh", LOA: "Substantial"}


@cache
def key(name: str = "first") -> RSAKey:
    """A key pair by name, made once."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def signed(claims: dict[str, Any]) -> str:
    """An ID token as it should be."""
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, key())


@dataclass
class OpenidProvider:
    """What the provider knows and does. ``claims`` go over what is right, None takes a claim away."""

    now: Callable[[], datetime]
    url: str = ""
    client_id: str = "urn:naerblik:test"  # with colons, as brokers give them
    client_secret: str = "made up + secret"
    claims: dict[str, Any] = field(default_factory=lambda: dict(BODIL))
    sign: Callable[[dict[str, Any]], str] = signed
    error: str | None = None
    shows_form: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [dict(key().as_dict(private=False))])
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def described(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }

    def authorized(self, wanted: dict[str, str], *, cancelled: bool = False) -> str:
        """Where the browser goes on to: back, with a code or an error."""
        answer = {"state": wanted["state"], "iss": self.url}
        if cancelled or self.error:
            return f"{wanted['redirect_uri']}?{urlencode({**answer, 'error': self.error or 'access_denied'})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = wanted
        return f"{wanted['redirect_uri']}?{urlencode({**answer, 'code': code})}"

    def token(self, form: dict[str, str], authorization: str | None) -> tuple[int, dict[str, Any]]:
        """The answer to a code: a code is good once, for who asked for it and can show so."""
        if self._client_of(form, authorization) != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        wanted = self.codes.pop(form.get("code", ""), None)
        if wanted is None or wanted["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        shown = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(shown).decode().rstrip("=") != wanted.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.sign(self.claims_for(wanted))}

    def claims_for(self, wanted: dict[str, str]) -> dict[str, Any]:
        """The claims of the ID token."""
        now = int(self.now().timestamp())
        right = {"iss": self.url, "aud": self.client_id, "iat": now, "exp": now + 300, "auth_time": now - 5}
        claims = {**right, "nonce": wanted["nonce"], **self.claims}
        return {name: value for name, value in claims.items() if value is not None}

    def _client_of(self, form: dict[str, str], authorization: str | None) -> tuple[str, str]:
        if authorization is None:
            return form.get("client_id", ""), form.get("client_secret", "")
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        return unquote_plus(name), unquote_plus(secret)


def form_page(wanted: dict[str, str]) -> str:
    """A page with the two buttons of every login."""
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in wanted.items()
    )
    buttons = '<button name="do" value="log-in">Log in</button><button name="do" value="cancel">Cancel</button>'
    head = '<!doctype html><title>Login</title><link rel="icon" href="data:,">'
    return f'{head}<form action="/decided">{kept}{buttons}</form>'


class Server(ThreadingHTTPServer):
    """The provider's server."""

    daemon_threads = True
    provider: OpenidProvider


class Handler(BaseHTTPRequestHandler):
    """Reads requests and gives the provider's answers."""

    server: Server

    def do_GET(self) -> None:
        provider = self.server.provider
        path, query = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
        provider.asked.append((path, query))
        if path in provider.answers:
            self._say(*provider.answers[path])
        elif path == "/.well-known/openid-configuration":
            self._say(200, json.dumps(provider.described()).encode())
        elif path == "/jwks":
            self._say(200, json.dumps({"keys": provider.keys}).encode())
        elif path == "/authorize" and provider.shows_form:
            self._say(200, form_page(query).encode(), "text/html")
        elif path not in ("/authorize", "/decided"):
            self._say(404, b"{}")
        else:
            self._go(provider.authorized(query, cancelled=query.get("do") == "cancel"))

    def do_POST(self) -> None:
        provider = self.server.provider
        form = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
        provider.asked.append((self.path, form))
        if self.path in provider.answers:
            self._say(*provider.answers[self.path])
            return
        status, content = provider.token(form, self.headers["Authorization"])
        self._say(status, json.dumps(content).encode())

    def _go(self, address: str) -> None:
        self.send_response(303)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.server.provider.url}/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def openid_provider(now: Callable[[], datetime]) -> Iterator[OpenidProvider]:
    """The provider, listening until the block ends."""
    with Server(("127.0.0.1", 0), Handler) as server:
        provider = server.provider = OpenidProvider(now, f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
