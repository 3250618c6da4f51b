"""A delegation that stands: changed, paused, ended, renounced; what the relative reads by it, and their copy."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.copy import Holder
from tests.delegation.family import Family
from tests.house import House
from tests.sync.people import Somebody, logged

ALL = ["medication:read", "medication:mark", "appointments:read", "offline:keep"]


@pytest.fixture
def family(house: House) -> Family:
    return Family(house)


@pytest.fixture
def light_family(light_house: House) -> Family:
    return Family(light_house)


def put(who: Somebody, path: str, body: dict[str, Any]) -> TestResponse:
    return who.client.put(f"/api/v1{path}", json=body, headers=who.headers)


def change(family: Family, grant_id: str, actions: list[str], number: int = 1, last_day: str = "2027-06-30") -> Any:
    family.karen.log_in_again()
    body = {"event_id": f"change-{number:016}", "actions": actions, "last_day": last_day, "language": "da"}
    return put(family.karen, f"/citizens/{family.karen.id}/delegations/{grant_id}/terms", body)


def pause(family: Family, *, paused: bool, by: Somebody | None = None, number: int = 1) -> TestResponse:
    body = {"event_id": f"pause-{number:016}", "paused": paused}
    return put(by or family.karen, f"/citizens/{family.karen.id}/delegations/pause", body)


def say(family: Family, grant_id: str, answer: str, by: Somebody | None = None) -> TestResponse:
    by = by or family.henrik
    return put(by, f"/delegations/{family.karen.id}/{grant_id}/answer", {"answer": answer, "language": "da"})


def held(who: Somebody) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = who.client.get("/api/v1/delegations").get_json()["held"]
    return told


def may(family: Family) -> set[str]:
    return {each for each in [*ALL, "log:read", "consents:read"] if family.may(family.henrik, each)}


def synced(who: Somebody) -> Holder:
    holder = who.holder()
    holder.sync()
    return holder


def test_a_relative_reads_and_marks_over_http_what_was_given_and_nothing_else(family: Family) -> None:
    family.accepted()
    client, of = family.henrik.client, f"/api/v1/citizens/{family.karen.id}"

    assert client.get(f"{of}/card").get_json()["medications"]
    assert client.get(f"{of}/appointments").get_json()["appointments"]
    refused = [client.get(f"{of}/{each}").status_code for each in ("consents", "log", "invitations", "delegations")]
    assert refused == [403] * 4
    assert family.line.client.get(f"{of}/card").status_code == 403
    assert logged(family.house, family.karen.id, "medication:read") == [
        (family.henrik.id, "permitted"),
        (family.line.id, "refused"),
    ]


def test_the_relative_sees_whom_they_may_help_and_the_citizens_log_tells_it_once_a_day(light_family: Family) -> None:
    assert held(light_family.henrik) == []
    grant_id = light_family.accepted()
    for _ in range(2):
        [told] = held(light_family.henrik)

    assert (told["citizen_name"], told["grant_id"], told["accepted"]) == ("Karen Mikkelsen", grant_id, True)
    assert told["now"] == told["actions"] == sorted(ALL)
    assert "address" not in str(told).lower()
    assert held(light_family.line) == []
    house, karen, henrik = light_family.house, light_family.karen, light_family.henrik
    assert logged(house, karen.id, "delegation:hold") == [(henrik.id, "permitted")]
    house.wait(days=1)
    henrik.log_in_again()
    held(henrik)
    assert logged(house, karen.id, "delegation:hold") == [(henrik.id, "permitted")] * 2


def test_more_waits_for_a_yes_while_what_stood_goes_on(family: Family) -> None:
    grant_id = family.accepted()
    family.house.wait(minutes=1)
    assert change(family, grant_id, [*ALL, "log:read"]).status_code == 200
    assert may(family) == set(ALL)
    new = next(each for each in held(family.henrik) if not each["accepted"])
    assert new["now"] == []

    family.house.wait(minutes=1)
    assert say(family, new["grant_id"], "yes", by=family.line).status_code == 404
    for _ in range(2):
        assert say(family, new["grant_id"], "yes").status_code == 200
    assert may(family) == {*ALL, "log:read"}
    assert [(each["state"], each["grantee"]["name"]) for each in family.own()] == [
        ("now", "Henrik"),
        ("replaced", "Henrik"),
    ]


def test_what_is_taken_away_is_gone_at_once(light_family: Family) -> None:
    grant_id = light_family.accepted()
    light_family.house.wait(minutes=1)
    told = change(light_family, grant_id, ["medication:read"]).get_json()
    assert [each["state"] for each in told["delegations"]] == ["unaccepted", "replaced"]
    assert may(light_family) == set()

    light_family.house.wait(minutes=1)
    say(light_family, told["delegations"][0]["grant_id"], "yes")
    assert may(light_family) == {"medication:read"}
    late = say(light_family, grant_id, "yes")
    assert late.status_code == 200  # it was accepted once, and that opens nothing any more
    assert may(light_family) == {"medication:read"}


def test_terms_that_nobody_said_yes_to_are_replaced_by_what_comes_after(light_family: Family) -> None:
    grant_id = light_family.accepted()
    for number in (1, 1, 2):
        light_family.house.wait(minutes=1)
        assert change(light_family, grant_id, [*ALL, "log:read"], number).status_code == 200
    states = [each["state"] for each in light_family.own()]
    assert states == ["unaccepted", "replaced", "now"]
    late = say(light_family, light_family.own()[1]["grant_id"], "yes")
    assert (late.status_code, late.get_json()["code"]) == (409, "delegation_ended")


@pytest.mark.parametrize(
    ("actions", "last_day"), [(["medication:mark"], "2027-06-30"), (ALL, "2026-11-24"), (ALL, "2031-11-25")]
)
def test_terms_that_cannot_be_are_refused_and_what_stood_stands(
    light_family: Family, actions: list[str], last_day: str
) -> None:
    grant_id = light_family.accepted()

    assert change(light_family, grant_id, actions, last_day=last_day).status_code == 422
    assert may(light_family) == set(ALL)


def test_nobody_else_changes_pauses_or_ends_it(light_family: Family) -> None:
    grant_id, karen = light_family.accepted(), light_family.karen
    body = {"event_id": "change-0000000000000009", "actions": ALL, "last_day": "2027-06-30", "language": "da"}
    for who in (light_family.henrik, light_family.line):
        who.log_in_again()
        assert put(who, f"/citizens/{karen.id}/delegations/{grant_id}/terms", body).status_code == 403
        assert pause(light_family, paused=True, by=who).status_code == 403
        end = {"event_id": "end-0000000000000009"}
        assert put(who, f"/citizens/{karen.id}/consents/{grant_id}/end", end).status_code == 403
    assert say(light_family, grant_id, "no", by=light_family.line).status_code == 404
    assert may(light_family) == set(ALL)


def test_two_taps_stop_everybody_and_two_let_them_in_again(family: Family) -> None:
    family.accepted()
    before = held(family.henrik)
    for number in (1, 2):
        told = pause(family, paused=True, number=number).get_json()
        assert told["paused_since"] == "2026-11-25T10:30:00+01:00"
    assert may(family) == set()
    assert held(family.henrik) == [{**each, "now": []} for each in before]  # and nothing that tells why

    family.house.wait(minutes=1)
    for _ in range(2):
        assert pause(family, paused=False, number=3).get_json()["paused_since"] is None
    assert may(family) == set(ALL)
    assert [outcome for _, outcome in logged(family.house, family.karen.id, "delegation:pause")] == ["permitted"] * 4


def test_the_relative_gives_it_up_without_a_reason_and_the_citizen_sees_who_ended_it(light_family: Family) -> None:
    grant_id = light_family.accepted()
    light_family.house.wait(minutes=1)
    for _ in range(2):
        assert say(light_family, grant_id, "no").status_code == 200
    path = f"/api/v1/citizens/{light_family.karen.id}/delegations"
    [told] = light_family.karen.client.get(path).get_json()["delegations"]

    assert may(light_family) == set()
    assert (told["state"], told["ended_by"], told["name"]) == ("withdrawn", "grantee", "Henrik")
    assert held(light_family.henrik) == []


def test_a_lent_copy_follows_a_change_a_pause_and_the_end(family: Family) -> None:
    grant_id = family.accepted()
    karen = family.karen.id
    holder = synced(family.henrik)
    gen = holder.spaces[karen].head["gen"]
    assert holder.spaces[karen].keys("medication")

    family.house.wait(minutes=1)
    change(family, grant_id, ["medication:read", "offline:keep"])
    holder.sync()
    assert karen not in holder.spaces  # nothing before the yes
    family.house.wait(minutes=1)
    new = next(each for each in held(family.henrik) if not each["accepted"])
    say(family, new["grant_id"], "yes")
    holder.sync()
    assert holder.spaces[karen].head["gen"] != gen
    assert holder.spaces[karen].keys("appointment") == []
    assert holder.spaces[karen].keys("medication")

    pause(family, paused=True)
    holder.sync()
    assert karen not in holder.spaces
    family.house.wait(minutes=1)
    pause(family, paused=False)
    holder.sync()
    assert holder.spaces[karen].keys("medication")

    say(family, new["grant_id"], "no")
    holder.sync()
    assert karen not in holder.spaces
