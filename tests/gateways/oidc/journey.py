"""A citizen's way through a login at the suite's provider, step by step, so that a test can interfere."""

from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import urllib3
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.house import House
from tests.openid_provider import OpenidProvider

START = "/api/v1/login/oidc"
CALLBACK = "/api/v1/login/oidc/callback"


@dataclass
class Journey:
    """One browser before one provider."""

    house: House
    provider: OpenidProvider
    client: FlaskClient = field(init=False)
    start: ClassVar[str] = START
    callback: ClassVar[str] = CALLBACK

    def __post_init__(self) -> None:
        self.client = self.house.client()

    def another_browser(self) -> "Journey":
        """Another browser before the same house."""
        return Journey(self.house, self.provider)

    def leave(self, **query: str) -> str:
        """Begin; where the browser is sent."""
        response = self.client.get(self.start, query_string=query)
        assert response.status_code == 303, response.get_data(as_text=True)
        return response.headers["Location"]

    def at_provider(self, address: str) -> dict[str, str]:
        """What the provider sends the browser back with."""
        answer = urllib3.request("GET", address, redirect=False)
        assert answer.status == 303
        back = urlsplit(answer.headers["Location"])
        assert back.path == self.callback
        return dict(parse_qsl(back.query))

    def back(self, answer: dict[str, str]) -> TestResponse:
        """Come back with it."""
        return self.client.get(f"{self.callback}?{urlencode(answer)}")

    def log_in(self, **query: str) -> str:
        """The whole way; where it ends."""
        return self.back(self.at_provider(self.leave(**query))).headers["Location"]

    def session(self) -> dict[str, Any]:
        """Who is logged in at this browser."""
        found: dict[str, Any] = self.client.get("/api/v1/session").get_json()
        return found

    def log(self) -> list[dict[str, Any]]:
        """The access log of who is logged in."""
        me = self.session()["citizen"]["id"]
        entries: list[dict[str, Any]] = self.client.get(f"/api/v1/citizens/{me}/log").get_json()["entries"]
        return entries
