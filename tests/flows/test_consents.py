"""The story of consents over HTTP: asked, given with a fresh login, withdrawn; refused; blocked and lifted."""

from typing import Any

import pytest

from app.cli import demo
from app.consent import receipt_checks
from app.vault.signing import Keys
from tests.consent import municipality
from tests.flows.test_acts import Citizen
from tests.house import CommandLine, House

REQUEST = "request-0000000001"
YES = {"answer": "yes", "event_id": "event-00000000000001", "language": "da"}
NO = {**YES, "answer": "no"}
BLOCK = {"grantee": {"type": "everyone"}, "actions": ["medication:read"]}


@pytest.fixture
def karen(house: House) -> Citizen:
    demo.put_in(CommandLine(house))
    karen = Citizen(house.client())
    municipality.ask(house, karen.base.rpartition("/")[2])
    return karen


def end(karen: Citizen, grant_id: str) -> tuple[int, Any]:
    """Withdraw, or lift."""
    return karen.put(f"/consents/{grant_id}/end", {"event_id": "event-00000000000002"})


def own(said: dict[str, Any], grant_id: str = YES["event_id"]) -> dict[str, Any]:
    """One of the citizen's own consents and blocks."""
    return next(each for each in said["own"] if each["grant_id"] == grant_id)


def asked(said: dict[str, Any]) -> dict[str, Any]:
    """The question as it stands."""
    return next(each for each in said["requests"] if each["id"] == REQUEST)


def test_a_yes_holds_until_it_is_withdrawn_and_each_step_has_a_receipt(karen: Citizen, house: House) -> None:
    before = asked(karen.get("/consents"))
    status, given = karen.put(f"/consent-requests/{REQUEST}/answer", YES)
    again = karen.put(f"/consent-requests/{REQUEST}/answer", YES)
    ended = end(karen, YES["event_id"])
    twice = end(karen, YES["event_id"])

    assert (before["answer"], before["grant_id"]) == (None, None)
    assert (status, asked(given)["answer"], asked(given)["grant_id"]) == (200, "yes", YES["event_id"])
    assert (own(given)["state"], own(given)["concerns"], own(given)["last_day"]) == ("now", "consent", "2027-06-30")
    assert own(given)["texts"]["da"]["withdrawing"]
    assert again == (200, given)
    assert (ended[0], own(ended[1])["state"], twice) == (200, "withdrawn", ended)
    assert [each["kind"] for each in own(ended[1])["events"]] == ["grant", "withdraw"]
    keys = Keys(house.client().get("/.well-known/jwks.json").get_json())
    for event in own(ended[1])["events"]:
        assert receipt_checks.receipt(event["receipt"], keys, house.at).claims


@pytest.mark.parametrize(("minutes", "status"), [(5, 200), (6, 403)])
def test_only_a_yes_needs_a_fresh_login(karen: Citizen, house: House, minutes: int, status: int) -> None:
    house.wait(minutes=minutes)

    answered, said = karen.put(f"/consent-requests/{REQUEST}/answer", YES)

    assert answered == status
    if status == 403:
        assert said["code"] == "fresh_login_needed"
        assert asked(karen.get("/consents"))["answer"] is None


def test_saying_no_blocking_and_ending_need_none(karen: Citizen, house: House) -> None:
    karen.put(f"/consent-requests/{REQUEST}/answer", YES)
    house.wait(minutes=20)

    assert end(karen, YES["event_id"])[0] == 200
    assert karen.put("/blocks/event-00000000000009", BLOCK)[0] == 200


def test_a_no_is_kept_and_shares_nothing(karen: Citizen, house: House) -> None:
    house.wait(minutes=6)
    status, said = karen.put(f"/consent-requests/{REQUEST}/answer", NO)
    later, refused = karen.put(f"/consent-requests/{REQUEST}/answer", YES)

    assert (status, asked(said)["answer"], asked(said)["grant_id"]) == (200, "no", None)
    assert all(each["grant_id"] != YES["event_id"] for each in said["own"])
    assert (later, refused["code"]) == (403, "fresh_login_needed")


def test_a_block_is_set_once_and_lifted(karen: Citizen) -> None:
    path = "/blocks/event-00000000000009"
    status, said = karen.put(path, BLOCK)
    again = karen.put(path, BLOCK)
    other, problem = karen.put(path, {**BLOCK, "actions": ["appointments:read"]})
    lifted = end(karen, "event-00000000000009")[1]

    block = own(said, "event-00000000000009")
    assert (status, block["concerns"], block["state"], block["last_day"]) == (200, "block", "now", None)
    assert again == (200, said)
    assert (other, problem["code"]) == (409, "conflict")
    assert own(lifted, "event-00000000000009")["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/consent-requests/{REQUEST}/answer", {**YES, "answer": "maybe"}),
        (f"/consent-requests/{REQUEST}/answer", {**YES, "event_id": "../event"}),
        (f"/consent-requests/{REQUEST}/answer", {**YES, "language": "la"}),
        ("/blocks/event-00000000000009", {**BLOCK, "actions": []}),
        ("/blocks/event-00000000000009", {**BLOCK, "actions": ["everything"]}),
        ("/blocks/event-00000000000009", {**BLOCK, "grantee": {"type": "crowd"}}),
        ("/blocks/event-00000000000009", {**BLOCK, "data": {"from": "2026-13-01"}}),
        ("/consents/anything/end", {}),
    ],
)
def test_what_cannot_be_understood_is_refused(karen: Citizen, path: str, body: dict[str, Any]) -> None:
    before = karen.get("/consents")
    status, problem = karen.put(path, body)

    assert (status, problem["code"]) == (422, "invalid")
    assert karen.get("/consents") == before


def test_what_is_not_there_is_not_found(karen: Citizen) -> None:
    assert karen.put("/consent-requests/request-nowhere-000000/answer", YES)[0] == 404
    assert end(karen, "grant-nowhere-000000")[0] == 404


def test_nobody_answers_blocks_or_ends_for_somebody_else(karen: Citizen, house: House) -> None:
    karen.put(f"/consent-requests/{REQUEST}/answer", YES)
    before = karen.get("/consents")
    other = Citizen(house.client(), 1)
    mine, other.base = other.base, karen.base

    assert mine != karen.base
    assert other.put(f"/consent-requests/{REQUEST}/answer", NO)[0] == 403
    assert other.put("/blocks/event-00000000000009", BLOCK)[0] == 403
    assert end(other, YES["event_id"])[0] == 403
    assert karen.get("/consents") == before
