"""Devices that were begun and never proved their keys go; and nobody can begin one after the other without an end."""

import pytest
from sqlalchemy import text

from app.cli import demo, shelves
from tests.api.owner import Owner
from tests.device import Device, b64
from tests.flows.test_read import log_in
from tests.house import CommandLine, House


@pytest.fixture
def owner(house: House) -> Owner:
    demo.put_in(CommandLine(house))
    return Owner(house)


def begin(owner: Owner) -> None:
    keys = Device(owner.send).keys
    body = {"suite": keys.suite, "seal_key": b64(keys.seal_key), "sign_key": b64(keys.sign_key), "name": "Telefon"}
    assert owner.client.post("/api/v1/devices", json=body, headers=owner.headers).status_code == 201


def standing(house: House) -> list[str]:
    with house.database.reading() as session:
        return sorted(session.scalars(text("SELECT state FROM device")))


def test_a_device_that_never_proved_its_keys_is_forgotten_and_no_other(owner: Owner, house: House) -> None:
    ended = owner.device()
    owner.device()
    owner.client.delete(f"/api/v1/devices/{ended.id}", headers=owner.headers)
    begin(owner)
    house.wait(minutes=9, seconds=59)
    begin(owner)
    assert shelves.forget_pending(house.database, house.at) == 0
    house.wait(seconds=1)
    assert shelves.forget_pending(house.database, house.at) == 1
    assert standing(house) == ["active", "ended", "pending"]
    house.wait(days=400)
    assert shelves.forget_pending(house.database, house.at) == 1
    assert standing(house) == ["active", "ended"]


def test_who_sets_up_devices_without_end_is_told_to_wait_and_others_are_not(owner: Owner, house: House) -> None:
    codes = [owner.client.post("/api/v1/devices", json={}, headers=owner.headers).status_code for _ in range(31)]
    refused = owner.client.post("/api/v1/devices", json={}, headers=owner.headers)

    assert codes == [422] * 30 + [429]
    assert (refused.get_json()["code"], refused.headers["Retry-After"]) == ("too_many", "3600")
    assert owner.client.get("/api/v1/devices").status_code == 200
    assert standing(house) == []
    other = owner.app.test_client()
    csrf = log_in(other, 1)["csrf"]
    assert other.post("/api/v1/devices", json={}, headers={"X-CSRF-Token": csrf}).status_code == 422
