"""What Mere shows, over HTTP: the log in parts, and who runs the installation."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import config
from app.cli import demo
from app.config import NotConfigured
from tests.flows.test_read import log_in
from tests.house import CommandLine, House, house_in

AT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
RUN_BY = (("NAERBLIK_RUN_BY", "Bakkeby Kommune"), ("NAERBLIK_CONTACT", "tel:+4500000000"))


@pytest.fixture
def client(house: House) -> FlaskClient:
    demo.put_in(CommandLine(house))
    return house.client()


@pytest.fixture
def named(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path, f"sqlite:///{tmp_path / 'naerblik.db'}", AT, RUN_BY) as house:
        CommandLine(house).upgrade()
        yield house


def test_the_log_goes_out_in_parts_newest_first(client: FlaskClient) -> None:
    other = log_in(client, 1)["citizen"]["id"]
    log_in(client, 0)
    for _ in range(3):
        client.get(f"/api/v1/citizens/{other}/card")
    log_in(client, 1)

    whole = client.get(f"/api/v1/citizens/{other}/log").get_json()
    first = client.get(f"/api/v1/citizens/{other}/log?limit=2").get_json()
    before = first["entries"][-1]["seq"]
    rest = client.get(f"/api/v1/citizens/{other}/log?before={before}").get_json()

    assert (first["more"], rest["more"], whole["more"]) == (True, False, False)
    assert first["entries"] + rest["entries"] == whole["entries"]


@pytest.mark.parametrize("query", ["before=0", "limit=0", "limit=201", "limit=many", "after=1"])
def test_a_part_that_makes_no_sense_is_refused(client: FlaskClient, query: str) -> None:
    me = log_in(client)["citizen"]["id"]

    response = client.get(f"/api/v1/citizens/{me}/log?{query}")

    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")


def test_nobody_is_named_as_running_it_until_they_say_so(client: FlaskClient) -> None:
    log_in(client)

    assert client.get("/api/v1/about").get_json() == {"run_by": None, "contact": None}


def test_whoever_runs_it_is_named_with_their_contact(named: House) -> None:
    demo.put_in(CommandLine(named))
    client = named.client()
    log_in(client)

    assert client.get("/api/v1/about").get_json() == {"run_by": "Bakkeby Kommune", "contact": "tel:+4500000000"}


def test_a_contact_that_a_browser_would_run_is_no_contact() -> None:
    with pytest.raises(NotConfigured, match="NAERBLIK_CONTACT"):
        config.from_environ({"NAERBLIK_CONTACT": "javascript:alert(1)"})
