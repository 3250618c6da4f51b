"""Does every route for devices hold the device: each signed request once, and none long after the last login?"""

import json

import pytest

from app.cli import demo
from tests.api.owner import Owner
from tests.device import Json
from tests.house import CommandLine, House

ACT = {"mid": 1, "name": "x", "v": 1, "space": "x", "args": {}, "precondition": None, "occurred_at": "x", "zone": "x"}
# The least that each address for devices takes. A new one is added here.
LEAST: dict[str, Json] = {
    "/api/v1/probe": {},
    "/api/v1/sync/pull": {
        "v": 1, "schema": 1, "spaces": [], "wiped": [], "confirmed": 0, "queued": 0,
    },
    "/api/v1/sync/log": {"v": 1, "note": None, "seq": 0},
    "/api/v1/sync/push": {"v": 1, "acked": [], "acts": [ACT]},
}  # fmt: skip


@pytest.fixture
def owner(light_house: House) -> Owner:
    demo.put_in(CommandLine(light_house))
    return Owner(light_house)


def test_these_are_all_addresses_for_devices(owner: Owner) -> None:
    signed = owner.app.extensions["device_blueprints"]
    found = {rule.rule for rule in owner.app.url_map.iter_rules() if rule.endpoint.split(".")[0] in signed}

    assert found == set(LEAST)


@pytest.mark.parametrize("path", sorted(LEAST))
def test_a_signed_request_counts_once_and_not_without_a_login(owner: Owner, light_house: House, path: str) -> None:
    device, body = owner.device(), json.dumps(LEAST[path]).encode()
    headers = device.signed(path, body, device.nonce())
    codes = [device.send("POST", path, headers, body)[0] for _ in range(2)]
    light_house.wait(days=30)
    late = device.send("POST", path, device.signed(path, body, device.nonce()), body)

    assert codes == [200, 409]
    assert (late[0], json.loads(late[2])["code"]) == (401, "login_needed")
