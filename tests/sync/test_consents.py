"""What a citizen gave, blocked and is asked stands on their shelf and devices, and a restore that lost it shows."""

import json
from typing import Any

import pytest

from app import factory
from app.access import service as access
from app.consent import giving, own_wire, requests, shelved
from app.consent.event import Party
from app.grant import Actor
from tests.consent import municipality, papers
from tests.copy import Holder
from tests.house import House
from tests.sync.backup import Backup
from tests.sync.people import Somebody
from tests.sync.test_pull import view_of
from tests.sync.test_restore import alarms

TIMELY = ("state", "ends_soon", "ended_at", "last_day", "valid_from", "given_at", "asked_at", "answered_at", "events")


def shown(house: House, citizen_id: str) -> dict[str, Any]:
    """What the screen of consents is given."""
    with house.database.transaction() as session:
        grant = access.open_record(session, Actor(citizen_id, "citizen"), citizen_id, "consents:read", "self", house.at)
        said = own_wire.own(giving.read_standing(session, grant), requests.read_requests(session, grant), house.at)
    told: dict[str, Any] = json.loads(json.dumps(said))
    return told


def timeless(each: dict[str, Any]) -> dict[str, Any]:
    """What it says that no clock changes, and what has happened to it."""
    kept = {name: value for name, value in each.items() if name not in (*TIMELY, "valid_to", "seq")}
    return {**kept, "events": [{**event, "at": ""} for event in each.get("events", ())]}


def say_yes_and_fail(house: House, citizen_id: str) -> None:
    with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
        giving.accept_request(session, grant, "request-0000000001", "event-1", "da", municipality.ISSUER)
        raise RuntimeError


def by_id(said: list[dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    return {each[name]: timeless(each) for each in said}


def agree(holder: Holder, house: House, citizen_id: str) -> None:
    """A device holds what the screen shows."""
    space, said = holder.spaces[citizen_id], shown(house, citizen_id)
    own, asked = space.contents("own_consent"), space.contents("consent_request")
    assert by_id(list(own.values()), "grant_id") == by_id(said["own"], "grant_id")
    assert by_id(list(asked.values()), "id") == by_id(said["requests"], "id")


def test_a_device_is_told_of_each_change_of_consent_as_the_screen_shows_it(
    karen: Somebody, holder: Holder, house: House
) -> None:
    agree(holder, house, karen.id)
    asked = municipality.ask(house, karen.id)
    holder.pull()
    agree(holder, house, karen.id)
    assert asked.id in {each["id"] for each in holder.spaces[karen.id].contents("consent_request").values()}

    given = municipality.give(house, karen.id)
    municipality.block(house, karen.id, Party("everyone"))
    house.wait(minutes=1)
    municipality.withdraw(house, karen.id, given.event.grant_id)
    [told] = holder.pull()["spaces"]
    assert (told["answer"], told["rows"]) == ("delta", 3)
    agree(holder, house, karen.id)
    own = by_id(list(holder.spaces[karen.id].contents("own_consent").values()), "grant_id")
    assert [each["kind"] for each in own[given.event.grant_id]["events"]] == ["grant", "withdraw"]


def test_a_refusal_is_told_too_and_a_paper_only_once_it_is_approved(
    karen: Somebody, holder: Holder, house: House
) -> None:
    asked = municipality.ask(house, karen.id)
    with house.open(karen.id, "consents:refuse", Actor(karen.id, "citizen")) as (session, grant):
        giving.refuse_request(session, grant, asked.id)
    signed = papers.record(house, karen.id, id="request-0000000002")
    holder.pull()
    agree(holder, house, karen.id)
    requests_of = holder.spaces[karen.id].contents("consent_request").values()
    assert [(each["answer"]) for each in requests_of if each["id"] == asked.id] == ["no"]
    assert signed.id not in {each["id"] for each in requests_of}

    papers.approve(house, karen.id, signed)
    holder.pull()
    agree(holder, house, karen.id)


def test_what_was_refused_leaves_nothing_on_the_shelf(karen: Somebody, holder: Holder, house: House) -> None:
    municipality.ask(house, karen.id)
    holder.pull()
    before = view_of(house, karen.id)
    with pytest.raises(RuntimeError):
        say_yes_and_fail(house, karen.id)
    assert view_of(house, karen.id) == before
    assert not holder.has_news()


@pytest.mark.parametrize("lost", ["yes", "withdrawal", "block", "no"])
def test_a_restore_that_lost_a_change_of_consent_alone_is_noticed(
    karen: Somebody, holder: Holder, house: House, lost: str
) -> None:
    given = municipality.give(house, karen.id)
    asked = municipality.ask(house, karen.id, request_id="request-0000000002")
    holder.pull()
    backup = Backup(house)
    if lost == "yes":
        municipality.give(house, karen.id, "event-00000000000003", request_id=asked.id)
    elif lost == "withdrawal":
        municipality.withdraw(house, karen.id, given.event.grant_id)
    elif lost == "block":
        municipality.block(house, karen.id, Party("everyone"))
    else:
        with house.open(karen.id, "consents:refuse", Actor(karen.id, "citizen")) as (session, grant):
            giving.refuse_request(session, grant, asked.id)
    holder.pull()
    backup.put_back(house)
    [told] = holder.pull()["spaces"]
    assert (told["answer"], alarms(house)) == ("snapshot", 1)


def test_what_was_recorded_before_it_was_put_on_shelves_is_put_there_by_an_upgrade(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodil = house.citizen()
    with monkeypatch.context() as patched:
        patched.setattr(shelved, "put_consents", lambda *_: None)
        patched.setattr(shelved, "put_request", lambda *_: None)
        given = municipality.give(house, bodil)
        municipality.ask(house, bodil, request_id="request-0000000002")
    assert not [key for key in view_of(house, bodil) if key[0] in ("own_consent", "consent_request")]
    with house.database.reading() as session:
        assert shelved.missing(session) == [bodil]

    factory.upgrade(house.settings, house.at)
    rows = view_of(house, bodil)
    assert sorted(collection for collection, _ in rows if "consent" in collection) == [
        "consent_request",
        "consent_request",
        "own_consent",
    ]
    factory.upgrade(house.settings, house.at)
    assert view_of(house, bodil) == rows
    with house.database.reading() as session:
        assert shelved.missing(session) == []
    assert given.event.grant_id in str(rows)
