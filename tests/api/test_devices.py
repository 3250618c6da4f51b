"""A citizen's devices, taken in, renewed, listed and ended; and the requests that they sign."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import flask
import pytest

from app import errors
from app.cli import demo
from app.identity import device as device_service
from tests.api.owner import PROBE, Owner
from tests.device import Device, Keys, b64, context, unb64
from tests.flows.test_read import log_in
from tests.house import CommandLine, House


@pytest.fixture
def owner(house: House) -> Owner:
    demo.put_in(CommandLine(house))
    return Owner(house)


def probe(device: Device, **change: Any) -> tuple[int, Any]:
    """A signed request, changed after it was signed where a test says so: the status, and the code or the state."""
    body, nonce = b"{}", change.pop("nonce", None) or device.nonce()
    headers = {**device.signed(PROBE, body, nonce), **change.pop("headers", {})}
    status, _, told = device.send("POST", PROBE, headers, change.pop("body", body))
    answer = flask.json.loads(told)
    return status, answer.get("code", answer.get("state"))


@pytest.mark.parametrize("suite", ["x25519", "p256"])
def test_a_device_that_proves_its_keys_is_listed_and_acts(owner: Owner, house: House, suite: str) -> None:
    device = owner.device(suite, "  Karens   telefon ")

    [listed] = owner.devices()
    assert (listed["id"], listed["name"], listed["suite"]) == (device.id, "Karens telefon", suite)
    assert (listed["state"], listed["ended_at"], listed["wiped"]) == ("active", None, False)
    assert len(device.server_key) == 32
    house.wait(hours=3)
    assert probe(device) == (200, "active")
    log_in(owner.client, 0)
    assert owner.devices()[0]["seen_at"] > listed["seen_at"]


def test_the_log_tells_that_a_device_was_set_up_and_ended_once_each(owner: Owner) -> None:
    device = owner.device()
    for _ in range(2):
        assert owner.client.delete(f"/api/v1/devices/{device.id}", headers=owner.headers).status_code == 204

    log = owner.client.get(f"/api/v1/citizens/{owner.session['citizen']['id']}/log").get_json()["entries"]
    actions = [each["action"] for each in log]
    told = [actions.count(each) for each in ("devices:enrol", "devices:prove", "devices:end")]
    assert told == [1, 0, 1]
    assert owner.devices()[0]["state"] == "ended"


def test_a_device_that_has_not_proved_its_keys_can_do_nothing_and_is_not_listed(owner: Owner, house: House) -> None:
    device = Device(owner.send)
    told = owner.client.post("/api/v1/devices", json=_keys(device), headers=owner.headers).get_json()
    device.id = told["device"]

    assert probe(device) == (401, "device_unknown")
    assert owner.devices() == []
    opened = device.keys.open(unb64(told["challenge"]), context("naerblik/challenge/v1", device.id))
    for wrong, signature in ((opened[::-1], _proof(device, opened[::-1])), (opened, _proof(device, b"other"))):
        body = {"opened": b64(wrong), "signature": b64(signature)}
        answer = owner.client.post(f"/api/v1/devices/{device.id}/proof", json=body, headers=owner.headers)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "not_verified")
    house.wait(minutes=10)
    body = {"opened": b64(opened), "signature": b64(_proof(device, opened))}
    late = owner.client.post(f"/api/v1/devices/{device.id}/proof", json=body, headers=owner.headers)
    assert (late.status_code, late.get_json()["code"]) == (422, "not_verified")


def test_what_a_device_sends_counts_only_as_it_signed_it_and_once(owner: Owner) -> None:
    device, other = owner.device(), owner.device("p256")
    nonce = device.nonce()

    assert probe(device, nonce=nonce) == (200, "active")
    assert probe(device, nonce=nonce) == (409, "nonce_used")
    assert probe(device, body=b"{ }") == (401, "signature_wrong")
    assert probe(device, headers={"Naerblik-Device": other.id}) == (401, "signature_wrong")
    assert probe(device, headers={"Naerblik-Device": "nobody"}) == (401, "device_unknown")
    assert probe(device, headers={"Naerblik-Device": "x" * 1000}) == (401, "device_unknown")
    assert probe(device, headers={"Naerblik-Signature": b64(bytes(64))}) == (401, "signature_wrong")
    assert probe(device, headers={"Naerblik-Nonce": "!"}) == (422, "invalid")
    assert probe(device, nonce=bytes(16)) == (409, "nonce_used")
    assert probe(device, nonce=b"\xff" * 16) == (409, "nonce_used")
    assert probe(device, nonce=b"short") == (422, "invalid")
    assert probe(device) == (200, "active")


def test_counters_may_come_in_any_order_inside_the_window(owner: Owner) -> None:
    device = owner.device()
    nonces = [device.nonce() for _ in range(70)]

    assert probe(device, nonce=nonces[66]) == (200, "active")
    assert probe(device, nonce=nonces[2]) == (200, "active")
    assert probe(device, nonce=nonces[2]) == (409, "nonce_used")
    assert probe(device, nonce=nonces[1]) == (409, "nonce_used")
    assert probe(device, nonce=nonces[69]) == (200, "active")


def test_a_device_acts_for_thirty_days_after_a_login_and_a_new_one_renews_it(owner: Owner, house: House) -> None:
    device = owner.device()
    house.wait(days=29, hours=23)
    assert probe(device) == (200, "active")
    house.wait(hours=1)
    assert probe(device) == (401, "login_needed")

    session = log_in(owner.client, 0)
    device.stamp({"X-CSRF-Token": session["csrf"]}, session["csrf"])
    assert probe(device) == (200, "active")
    house.wait(days=30)
    assert probe(device) == (401, "login_needed")


def test_a_stamp_needs_the_devices_own_signature_and_its_own_person(owner: Owner, house: House) -> None:
    device, other = owner.device(), Owner(house, 1)
    csrf = owner.session["csrf"]
    forged = b64(Keys("x25519").sign(context("naerblik/stamp/v1", device.id, csrf)))
    own = b64(device.keys.sign(context("naerblik/stamp/v1", device.id, other.session["csrf"])))

    wrong = owner.client.post(f"/api/v1/devices/{device.id}/stamp", json={"signature": forged}, headers=owner.headers)
    foreign = other.client.post(f"/api/v1/devices/{device.id}/stamp", json={"signature": own}, headers=other.headers)
    assert (wrong.status_code, foreign.status_code) == (422, 404)


def test_an_ended_device_is_told_so_and_nobody_else_can_end_it(owner: Owner, house: House) -> None:
    device, other = owner.device(), Owner(house, 1)

    assert other.client.delete(f"/api/v1/devices/{device.id}", headers=other.headers).status_code == 404
    assert probe(device) == (200, "active")
    assert owner.client.delete(f"/api/v1/devices/{device.id}", headers=owner.headers).status_code == 204
    assert probe(device) == (200, "ended")
    house.wait(days=40)  # what is ended is told to wipe, however long ago its person logged in
    assert probe(device) == (200, "ended")


@pytest.mark.parametrize(
    "change",
    [
        {"suite": "rsa"},
        {"seal_key": b64(bytes(31))},
        {"seal_key": b64(bytes(32))},
        {"sign_key": "not base64"},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 61},
        {"name": "a\x00b"},
        {"more": 1},
    ],
)
def test_what_is_no_device_is_refused(owner: Owner, change: dict[str, Any]) -> None:
    body = {**_keys(Device(owner.send)), **change}

    answer = owner.client.post("/api/v1/devices", json=body, headers=owner.headers)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    assert owner.devices() == []


def test_a_key_of_the_other_suite_is_refused(owner: Owner) -> None:
    body = {**_keys(Device(owner.send, "p256")), "suite": "x25519"}

    assert owner.client.post("/api/v1/devices", json=body, headers=owner.headers).status_code == 422


def test_there_are_at_most_twenty_devices_and_an_ended_one_makes_room(owner: Owner) -> None:
    devices = [owner.device() for _ in range(20)]

    refused = owner.client.post("/api/v1/devices", json=_keys(Device(owner.send)), headers=owner.headers)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "conflict")
    owner.client.delete(f"/api/v1/devices/{devices[0].id}", headers=owner.headers)
    assert owner.device().id


def test_a_name_does_not_stand_in_clear_in_the_database(owner: Owner, house: House) -> None:
    owner.device(name="Bedstemors tablet")

    with house.database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM device").all()
    assert "Bedstemors" not in repr(rows)


def test_a_device_is_held_only_while_it_may_act(owner: Owner, house: House) -> None:
    seen = device_service.glance(house.database, owner.device().id)
    assert seen is not None
    with house.database.transaction() as session:
        assert device_service.hold(session, seen, house.at).state == "active"
        with pytest.raises(errors.DeviceRefused):
            device_service.hold(session, replace(seen, id="nobody"), house.at)
        with pytest.raises(errors.DeviceRefused):
            device_service.hold(session, seen, house.at + timedelta(days=30))


def test_a_counter_counts_once_also_for_whoever_saw_the_device_before_it_was_used(owner: Owner, house: House) -> None:
    seen = device_service.glance(house.database, owner.device().id)
    assert seen is not None
    with house.database.transaction() as session:
        device_service.hold(session, seen, house.at, seen.nonce_high + 2)
    with house.database.transaction() as session, pytest.raises(errors.NonceUsed):
        device_service.hold(session, seen, house.at, seen.nonce_high + 2)
    with house.database.transaction() as session:
        held = device_service.hold(session, seen, house.at, seen.nonce_high + 1)  # below it, and not used yet
    assert (held.nonce_high, held.nonce_seen != seen.nonce_seen) == (seen.nonce_high + 2, True)


def _keys(device: Device) -> dict[str, str]:
    keys = device.keys
    return {"suite": keys.suite, "seal_key": b64(keys.seal_key), "sign_key": b64(keys.sign_key), "name": "Telefon"}


def _proof(device: Device, opened: bytes) -> bytes:
    return device.keys.sign(context("naerblik/proof/v1", device.id, opened))


def test_a_browser_knows_which_device_it_was_made_and_no_other_browser_does(owner: Owner, house: House) -> None:
    assert owner.client.get("/api/v1/session").get_json()["has_device"] is False
    device = owner.device()

    assert owner.client.get("/api/v1/session").get_json()["has_device"] is True
    assert [each["here"] for each in owner.devices()] == [True]
    other = Owner(house)
    assert other.client.get("/api/v1/session").get_json()["has_device"] is False
    assert [each["here"] for each in other.devices()] == [False]
    # The cookie opens nothing, and tells nothing to somebody else who logs in at this browser.
    log_in(owner.client, 1)
    assert owner.client.get("/api/v1/session").get_json()["has_device"] is False
    owner.log_in_again()
    owner.client.delete(f"/api/v1/devices/{device.id}", headers=owner.headers)
    assert owner.client.get("/api/v1/session").get_json()["has_device"] is False
