"""What every answer has, and what strangers may read."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app import factory
from app.vault import signing_keys
from tests.house import House

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture
def client(light_house: House) -> FlaskClient:
    return light_house.client()


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/v1/session", "/api/v1/citizens/x/card", "/api/docs", "/nothing.txt"]
)
def test_every_answer_carries_the_safety_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_health_and_readiness(light_house: House, client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json() == {"status": "ready"}

    with light_house.database.transaction() as session:
        session.execute(text("UPDATE installation SET mode = 'production'"))

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_security_txt_says_where_to_report(client: FlaskClient) -> None:
    lines = client.get("/.well-known/security.txt").get_data(as_text=True).splitlines()

    assert any(line.startswith("Contact: ") for line in lines)
    assert "Expires: 2027-05-24T00:00:00Z" in lines


def test_anybody_reads_the_public_keys_and_no_secret(light_house: House, client: FlaskClient) -> None:
    first = client.get("/.well-known/jwks.json")
    with light_house.database.transaction() as session:
        signing_keys.rotate(session, light_house.at)
    then = client.get("/.well-known/jwks.json", headers={"If-None-Match": first.headers["ETag"]})
    again = client.get("/.well-known/jwks.json", headers={"If-None-Match": then.headers["ETag"]})

    assert (first.status_code, then.status_code, again.status_code) == (200, 200, 304)
    # A browser would put it over the policy of what it holds.
    assert "Content-Security-Policy" not in again.headers
    assert first.mimetype == "application/jwk-set+json"
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    [key] = first.get_json()["keys"]
    assert key in then.get_json()["keys"]
    assert len(then.get_json()["keys"]) == 2
    for each in then.get_json()["keys"]:
        assert set(each) == {"kty", "crv", "x", "y", "kid", "alg", "use"}
        assert (each["kty"], each["crv"], each["alg"], each["use"]) == ("EC", "P-256", "ES256", "sig")


def test_the_openapi_document_is_unchanged(client: FlaskClient) -> None:
    """A change of the API is made on purpose: `naerblik openapi > tests/api/openapi.json`."""
    served = client.get("/api/v1/openapi.json").get_data(as_text=True)

    assert json.loads(served) == json.loads(SNAPSHOT.read_text())
    assert served == factory.openapi()


def test_every_operation_is_described_with_examples_and_its_error(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    operations = [
        operation
        for item in document["paths"].values()
        for method, operation in item.items()
        if method in ("get", "post", "delete", "put")
    ]

    assert len(operations) >= 8
    for operation in operations:
        assert operation["summary"]
        assert "default" in operation["responses"]
    assert document["openapi"].startswith("3.1")
    examples = json.dumps(document["components"]["schemas"]).count('"example"')
    assert examples > 60


def test_the_description_can_be_read_as_a_page(client: FlaskClient) -> None:
    page = client.get("/api/docs").get_data(as_text=True)

    assert "GET /api/v1/citizens/{citizen_id}/card" in page
    assert "<script" not in page


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    response = client.post("/api/v1/login/demo", data=b"x" * (1024 * 1024 + 1), content_type="application/json")

    assert response.status_code == 413
    assert response.get_json()["code"] == "too_large"


def test_a_broken_database_is_a_sentence_and_leaks_nothing(light_house: House, client: FlaskClient) -> None:
    with light_house.database.transaction() as session:
        session.execute(text("DROP TABLE login_session"))
    client.set_cookie("naerblik", "token")

    response = client.get("/api/v1/session")

    assert (response.status_code, response.get_json()["code"]) == (503, "not_ready")
    assert "login_session" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/assets/../../pyproject.toml", "/..%2fpyproject.toml"]
)
def test_no_path_leads_out_of_the_built_pages(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert b"[project]" not in response.data
    assert response.status_code in (404, 503, 200)
