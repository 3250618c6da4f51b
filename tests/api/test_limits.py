"""How much may be asked: by one person, one case system and one organisation, counted in memory and in Redis."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app import config, factory
from app.api import limits
from app.config import AskingLimits
from tests.access import asking
from tests.access.asking import NUMBERS, UNKNOWN
from tests.api.desk import METTE, STATUS, Desk, status_question
from tests.conftest import NOW
from tests.consent.municipality import OTHER_MUNICIPALITY
from tests.house import House, house_in
from tests.redis_server import RedisServer, redis_server

JENS = replace(METTE, id="staff:jens")


def limited(house: House, **wanted: str) -> House:
    house.settings = replace(house.settings, asking=replace(house.settings.asking, **wanted))
    return house


def codes(desk: Desk, times: int, number: str = UNKNOWN) -> list[int]:
    return [desk.status(number).status_code for _ in range(times)]


def questions(house: House) -> int:
    with house.database.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM consent_question")).scalar_one())


def test_a_person_who_asks_too_much_is_told_to_wait_and_nothing_more_is_asked(light_house: House) -> None:
    desk = Desk(limited(light_house, per_person="3 per hour"))

    asked = [desk.status(UNKNOWN, nonce=f"{place:016}") for place in range(5)]

    assert [each.status_code for each in asked] == [200, 200, 200, 429, 429]
    assert asked[-1].get_json()["code"] == "too_many"
    assert asked[-1].mimetype == "application/problem+json"
    assert int(asked[-1].headers["Retry-After"]) == 3600
    assert questions(light_house) == 3


def test_a_limit_tells_nothing_about_who_was_asked_about(light_house: House) -> None:
    asking.populate(limited(light_house, per_person="1 per hour"))
    told = set()
    for number in NUMBERS.values():
        desk = Desk(light_house)
        desk.status(number)
        refused = desk.status(number, case_number="2026-18")
        told.add((refused.status_code, refused.get_data()))

    assert len(told) == 1


def test_questions_to_citizens_and_about_them_count_together(light_house: House) -> None:
    desk = Desk(limited(light_house, per_person="2 per hour"))

    assert [desk.status(UNKNOWN).status_code, desk.request(UNKNOWN).status_code] == [200, 202]
    assert [desk.status(UNKNOWN).status_code, desk.request(UNKNOWN).status_code] == [429, 429]
    assert desk.client.get("/api/v1/consent-questions").status_code == 200


def test_one_persons_limit_is_not_anothers_but_the_organisations_is_everybodys(light_house: House) -> None:
    app = factory.create_app(
        limited(light_house, per_person="2 per hour", per_organisation="3 per hour").settings,
        light_house.opened,
        light_house.now,
    )
    desks = [Desk(light_house, each) for each in (METTE, JENS, replace(METTE, id="x", organisation=OTHER_MUNICIPALITY))]
    for desk in desks:
        token, desk.client = desk.token, app.test_client()
        desk.client.set_cookie("naerblik", token)

    assert codes(desks[0], 3) == [200, 200, 429]
    assert codes(desks[1], 2) == [200, 429]
    assert codes(desks[2], 1) == [200]


def test_a_case_system_has_a_limit_of_its_own(light_house: House) -> None:
    limited(light_house, per_person="1 per hour", per_system="2 per hour")

    assert codes(Desk(light_house, replace(METTE, id="case-system:sag")), 3) == [200, 200, 429]


def test_strangers_and_citizens_are_not_counted(light_house: House) -> None:
    desk = Desk(limited(light_house, per_person="1 per hour"))
    stranger = light_house.client()

    assert [stranger.post(STATUS, json=status_question(UNKNOWN)).status_code for _ in range(3)] == [401] * 3
    assert [desk.client.post(STATUS, json=status_question(UNKNOWN)).status_code for _ in range(3)] == [403] * 3
    assert codes(desk, 1) == [200]


def test_whatever_staff_send_is_counted(light_house: House) -> None:
    app = factory.create_app(light_house.settings, light_house.opened, light_house.now)
    sent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in app.extensions["staff_blueprints"] and "POST" in (rule.methods or ())
    }

    assert sent == set(limits.ASKING)


@pytest.mark.parametrize("name", ["per_person", "per_system", "per_organisation"])
def test_a_limit_that_cannot_be_read_stops_the_start(light_house: House, name: str) -> None:
    limited(light_house, **{name: "a few"})

    with pytest.raises(config.NotConfigured, match="NAERBLIK_ASKS_PER"):
        light_house.client()


def test_limits_are_settings(tmp_path: Path) -> None:
    environ = {"NAERBLIK_DATA_DIR": str(tmp_path), "NAERBLIK_ASKS_PER_PERSON": "1 per day"}

    assert config.from_environ(environ).asking == AskingLimits(per_person="1 per day")
    with pytest.raises(config.NotConfigured, match="NAERBLIK_REDIS_URL"):
        config.from_environ({**environ, "NAERBLIK_REDIS_URL": "http://localhost"})


def test_production_with_staff_needs_one_store_for_all_processes() -> None:
    needed = dict.fromkeys(config.REQUIRED_IN_PRODUCTION, "https://naerblik.example")
    staff = {
        f"NAERBLIK_STAFF_OIDC_{name}": "https://staff.example" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    }
    environ = {"NAERBLIK_ENV": "production", **needed, **staff, "NAERBLIK_STAFF_OIDC_ROLES": "caseworker"}

    with pytest.raises(config.NotConfigured, match="NAERBLIK_REDIS_URL"):
        config.from_environ(environ)
    assert config.from_environ({**environ, "NAERBLIK_REDIS_URL": "rediss://store.example"}).staff is not None


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def counted_house(tmp_path: Path, sqlite_url: str, server: RedisServer) -> Iterator[House]:
    env = [("NAERBLIK_REDIS_URL", server.url), ("NAERBLIK_ASKS_PER_PERSON", "3 per hour")]
    with house_in(tmp_path / "data", sqlite_url, NOW, env) as house:
        yield house


def test_processes_count_together_in_redis(counted_house: House) -> None:
    first, second = Desk(counted_house), Desk(counted_house)

    assert codes(first, 2) + codes(second, 2) + codes(first, 1) == [200, 200, 200, 429, 429]


def test_without_its_redis_nothing_is_asked_and_with_it_again_it_is(counted_house: House, server: RedisServer) -> None:
    desk = Desk(counted_house)
    server.stop()

    refused = desk.status(UNKNOWN)
    assert (refused.status_code, refused.get_json()["code"]) == (503, "not_ready")
    assert questions(counted_house) == 0

    server.start()
    assert codes(desk, 1) == [200]
