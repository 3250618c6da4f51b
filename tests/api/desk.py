"""A caseworker at their desk, for the tests: a browser with a session of staff."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.grant import Actor
from app.identity import logins
from app.identity import staff as staffs
from app.identity.staff import Staff
from tests.access import asking
from tests.consent.municipality import MUNICIPALITY
from tests.house import House

METTE = Staff("staff:mette", MUNICIPALITY, "substantial", "Mette Aagaard", "Bakkeby Kommune")
STATUS, REQUESTS = "/api/v1/consent-status", "/api/v1/consent-requests"


class Desk:
    """One caseworker before one house."""

    def __init__(self, house: House, staff: Staff = METTE) -> None:
        with house.database.transaction() as session:
            self.token = staffs.begin(session, staff, "oidc", house.at, house.at)
        self.client: FlaskClient = house.client()
        self.client.set_cookie("naerblik", self.token)
        self.headers = {"X-CSRF-Token": logins.csrf_of(self.token)}

    def send(self, path: str, body: dict[str, Any]) -> TestResponse:
        """Send what was asked."""
        return self.client.post(path, json=body, headers=self.headers)

    def status(self, number: str, **more: Any) -> TestResponse:
        """Ask whether a consent holds."""
        return self.send(STATUS, status_question(number, **more))

    def request(self, number: str, **more: Any) -> TestResponse:
        """Ask a citizen for a consent."""
        return self.send(REQUESTS, request(number, **more))


def status_question(number: str, **more: Any) -> dict[str, Any]:
    """A question about the help at home."""
    body = {
        "cpr": number,
        "template": "medicin-hjemmehjaelp",
        "purpose": "casework",
        "case_number": "2026-17",
        "nonce": asking.NONCE,
    }
    return body | more


def request(number: str, **more: Any) -> dict[str, Any]:
    """A question to a citizen."""
    body = {
        "id": "request-00000001",
        "cpr": number,
        "template": "medicin-hjemmehjaelp",
        "purpose": "casework",
        "case_number": "2026-17",
        "last_day": "2027-06-30",
    }
    return body | more


def citizens_browser(house: House, citizen_id: str) -> FlaskClient:
    """The browser of a citizen who is logged in."""
    with house.open(citizen_id, "login:begin", Actor(citizen_id, "citizen")) as (session, grant):
        token = logins.begin(session, grant, "oidc", house.at)
    browser = house.client()
    browser.set_cookie("naerblik", token)
    return browser
