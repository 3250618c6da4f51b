"""Does every route refuse a stranger?"""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app import factory
from tests.house import House

# Every blueprint that answers strangers, with the reason. A new one is added here on purpose or not at all.
PUBLIC = {
    "session": "who is logged in, and logging out",
    "login": "the way to the login provider and back",
    "token": "case systems that show their secret",
    "demo": "the demo's made-up people",
    "docs": "the API's description",
    "health": "health and security.txt",
    "keys": "the public keys that receipts are checked with",
    "tree": "what is signed of the log, which names nobody; a cosignature counts by a key that the settings name",
    "news": "whether a cursor token, which only we make, is of the newest state: yes or no",
    "pwa": "the page itself, which holds nothing about anybody",
}


@pytest.fixture
def app(light_house: House) -> Flask:
    return factory.create_app(light_house.settings, light_house.opened, light_house.now)


def address(rule: Rule) -> str:
    return "".join(part if not is_variable else "x" for is_variable, part in rule._trace).removeprefix("|")


def test_only_these_blueprints_are_public(app: Flask) -> None:
    assert app.extensions["public_blueprints"] == set(PUBLIC)


def test_every_other_route_refuses_a_stranger_with_401(app: Flask) -> None:
    client = app.test_client()
    asked = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in PUBLIC:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            response = client.open(address(rule), method=method)
            asked += 1
            assert response.status_code == 401, (method, rule.rule)
            assert response.mimetype == "application/problem+json"
            is_signed = rule.endpoint.split(".")[0] in app.extensions["device_blueprints"]
            assert response.get_json()["code"] == ("device_unknown" if is_signed else "not_logged_in")

    assert asked >= 5


def test_a_route_that_no_blueprint_owns_is_closed_too(app: Flask) -> None:
    app.add_url_rule("/loose", "loose", lambda: "open")

    assert app.test_client().get("/loose").status_code == 401


def test_a_session_that_was_made_up_is_no_session(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("naerblik", "made-up")

    assert client.get("/api/v1/citizens/x/card").status_code == 401
