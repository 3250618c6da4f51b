"""Pushes over HTTP: each act by its rule, once, whatever is lost or sent again; what is refused, and why."""

from typing import Any

import pytest

from app.cli import shelves
from app.sync import outcomes
from tests.copy import PUSH, Holder
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody


def note(text: str = "Spørg om svimmelhed", name: str = "note-0123456789abcdef", **more: Any) -> dict[str, Any]:
    args = {"id": name, "about": "medication", "about_key": "k", "kind": "note", "text": text, "done": False}
    return {**args, **more}


def dose(holder: Holder, space: str, **more: Any) -> dict[str, Any]:
    medication = holder.spaces[space].keys("medication")[0]
    args = {"medication": medication, "date": "2026-11-25", "slot": "morning", "ordinal": 1, "said": "taken"}
    return {**args, "at": None, **more}


def said(holder: Holder, *mids: int) -> list[str]:
    return [holder.outcomes[mid] for mid in mids]


def test_a_dose_is_marked_and_taken_back_and_every_device_sees_both(karen: Somebody, holder: Holder) -> None:
    other = karen.holder("p256")
    first = holder.act(karen.id, "dose:mark", dose(holder, karen.id, at="2026-11-25T08:05:00+01:00"))
    holder.sync()
    other.sync()
    [(key, mark)] = other.spaces[karen.id].contents("dose_mark").items()
    assert (mark["said"], mark["slot"], mark["by"], mark["undoes"]) == ("taken", "morning", karen.id, None)
    undo = other.act(karen.id, "dose:undo", {"mark": key})
    again = other.act(karen.id, "dose:undo", {"mark": key})
    other.sync()
    holder.sync()

    assert (said(holder, first), said(other, undo, again)) == (["applied"], ["applied", "applied"])
    undone = [each["undoes"] for each in holder.spaces[karen.id].contents("dose_mark").values()]
    assert sorted(undone, key=str) == sorted([None, key], key=str)


def test_the_same_note_is_written_once_and_changed_only_over_what_was_seen(karen: Somebody, holder: Holder) -> None:
    holder.act(karen.id, "note:write", note())
    holder.sync()
    space = holder.spaces[karen.id]
    [key] = space.keys("note")
    mark = space.mark("note", key)
    other = karen.holder("p256")
    other.sync()
    other.act(karen.id, "note:write", note("Nyt"), mark)
    other.sync()
    holder.act(karen.id, "note:write", note("Andet"), mark)
    holder.sync()

    texts = {each["text"] for each in holder.spaces[karen.id].contents("note").values()}
    assert texts == {"Nyt", "Andet"}  # both are kept
    stale = holder.act(karen.id, "note:remove", {"id": note()["id"]}, mark)
    gone = holder.act(karen.id, "note:remove", {"id": note()["id"]}, holder.spaces[karen.id].mark("note", key))
    holder.sync()
    assert said(holder, stale, gone) == ["rejected:stale", "applied"]


def test_an_appointment_is_answered_as_it_was_seen(karen: Somebody, holder: Holder, house: House) -> None:
    listed = karen.client.get(f"/api/v1/citizens/{karen.id}/appointments").get_json()["appointments"]
    coming = [each for each in listed if each["takes_answer"] and each["start"] > house.at.isoformat()]
    key = next(each["key"] for each in coming if each["status"] not in ("cancelled", "fulfilled"))
    mark = holder.spaces[karen.id].mark("appointment", key)
    args = {"appointment": key, "said": "move", "wish": "Helst om eftermiddagen"}
    stale = holder.act(karen.id, "appointment:answer", args, "0" * 32)
    bare = holder.act(karen.id, "appointment:answer", args)
    done = holder.act(karen.id, "appointment:answer", args, mark)
    nowhere = holder.act(karen.id, "appointment:answer", {**args, "appointment": "f" * 32}, mark)
    holder.sync()

    assert said(holder, stale, bare, done, nowhere) == [
        "rejected:stale",
        "rejected:malformed",
        "applied",
        "rejected:not_found",
    ]
    [answer] = holder.spaces[karen.id].contents("appointment_answer").values()
    assert (answer["said"], answer["wish"]) == ("move", "Helst om eftermiddagen")
    assert people.logged(house, karen.id, "appointments:respond") == [(karen.id, "permitted")]


def test_a_prescription_is_asked_for_and_a_consent_withdrawn(karen: Somebody, holder: Holder, house: House) -> None:
    card = karen.client.get(f"/api/v1/citizens/{karen.id}/card").get_json()
    key = next(each["key"] for each in card["medications"] if each["takes_renewal"])
    people.grant(house, karen.id, Somebody(house, 2).id)
    asked = holder.act(karen.id, "renewal:ask", {"medication": key, "note": None})
    ended = holder.act(karen.id, "consent:withdraw", {"grant_id": "g"})
    again = holder.act(karen.id, "consent:withdraw", {"grant_id": "g"})
    other = holder.act(karen.id, "consent:withdraw", {"grant_id": "h"})
    holder.sync()

    assert said(holder, asked, ended, again, other) == ["applied", "applied", "applied", "rejected:not_found"]
    assert [each["medication_key"] for each in holder.spaces[karen.id].contents("renewal").values()] == [key]
    assert people.logged(house, karen.id, "consents:withdraw") == [(karen.id, "permitted")] * 2


@pytest.mark.parametrize(
    ("name", "v", "change", "code"),
    [
        ("dose:swallow", 1, {}, "unknown_act"),
        ("dose:mark", 3, {}, "unknown_act"),
        ("dose:mark", 1, {"said": "perhaps"}, "malformed"),
        ("dose:mark", 1, {"ordinal": True}, "malformed"),
        ("dose:mark", 1, {"ordinal": 0}, "malformed"),
        ("dose:mark", 1, {"date": "2026-11-31"}, "malformed"),
        ("dose:mark", 1, {"date": "20261125"}, "malformed"),
        ("dose:mark", 1, {"at": "2026-11-25T08:00:00"}, "malformed"),
        ("dose:mark", 1, {"more": 1}, "malformed"),
        ("dose:mark", 1, {"slot": "a\0b"}, "malformed"),
        ("dose:mark", 1, {"slot": "teatime"}, "conflict"),
        ("dose:mark", 1, {"date": "2026-11-26"}, "conflict"),
        ("dose:mark", 1, {"date": "2026-08-26"}, "conflict"),
        ("dose:mark", 1, {"at": "2036-11-25T08:00:00+01:00"}, "conflict"),
        ("dose:mark", 1, {"medication": "f" * 32}, "not_found"),
        ("dose:mark", 2, {}, "malformed"),
        ("dose:mark", 1, {"quantity": "2", "unit": None}, "malformed"),
        ("dose:mark", 2, {"quantity": 2, "unit": None}, "malformed"),
        ("dose:mark", 2, {"quantity": "a few", "unit": None}, "conflict"),
        ("dose:undo", 1, None, "not_found"),
    ],
)
def test_an_act_that_cannot_be_done_is_answered_alone_and_leaves_nothing(
    karen: Somebody, holder: Holder, name: str, v: int, change: dict[str, Any] | None, code: str
) -> None:
    args = {"mark": "f" * 32} if change is None else dose(holder, karen.id, **change)
    before = holder.act(karen.id, "note:write", note())
    poison = holder.act(karen.id, name, args, v=v)
    after = holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    head = holder.push()

    assert said(holder, before, poison, after) == ["applied", f"rejected:{code}", "applied"]
    told = next(each for each in head["outcomes"] if each["mid"] == poison)
    assert told["detail"] == outcomes.DETAILS[code]
    assert "acked" not in told
    holder.sync()
    assert len(holder.spaces[karen.id].contents("dose_mark")) == 1


def test_what_is_sent_again_is_answered_as_before_and_done_once(karen: Somebody, holder: Holder, house: House) -> None:
    holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    holder.act(karen.id, "dose:mark", dose(holder, karen.id, said="perhaps"))
    body = holder.push_body()
    first = holder.push()["outcomes"]
    status, head, _ = holder.device.ask(PUSH, body)
    assert status == 200
    assert [(each["mid"], each["outcome"]) for each in head["outcomes"]] == [
        (each["mid"], each["outcome"]) for each in first
    ]
    changed = {**body, "acts": [{**body["acts"][0], "zone": "Atlantic/Faroe"}]}
    assert holder.device.ask(PUSH, changed)[1]["outcomes"][0]["outcome"] == "rejected:payload_changed"
    holder.sync()
    assert len(holder.spaces[karen.id].contents("dose_mark")) == 1
    assert people.logged(house, karen.id, "medication:mark") == [(karen.id, "permitted")]


def test_acts_that_come_late_are_done_once_whatever_their_order(karen: Somebody, holder: Holder) -> None:
    for number in range(1, 4):
        holder.act(karen.id, "dose:mark", dose(holder, karen.id, ordinal=number))
    acts = list(holder.outbox)
    for act in (acts[2], acts[0], acts[1], acts[2]):
        status, head, _ = holder.device.ask(PUSH, {"v": 1, "acked": [], "acts": [act]})
        assert (status, head["outcomes"][0]["outcome"]) == (200, "applied")
    holder.outbox.clear()
    holder.sync()
    assert [each["ordinal"] for each in holder.spaces[karen.id].contents("dose_mark").values()].sort() is None
    assert len(holder.spaces[karen.id].contents("dose_mark")) == 3


def test_an_outcome_is_told_by_pulls_until_it_is_confirmed(karen: Somebody, holder: Holder) -> None:
    mid = holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    holder.device.ask(PUSH, holder.push_body())  # the answer is lost
    assert [each["mid"] for each in holder.pull()["outcomes"]] == [mid]
    assert holder.outbox == []
    assert holder.pull()["outcomes"] == []


def test_outcomes_are_forgotten_after_180_days_and_such_an_act_is_not_done_again(
    karen: Somebody, holder: Holder, house: House
) -> None:
    holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    old = holder.push_body()
    holder.sync()
    house.wait(days=179)
    _renew(karen, holder)
    young = holder.act(karen.id, "note:write", note())
    holder.sync()
    house.wait(days=2)
    _renew(karen, holder)
    assert [shelves.forget(house.database, house.at) for _ in range(2)] == [1, 0]

    assert holder.device.ask(PUSH, old)[1]["outcomes"][0]["outcome"] == "rejected:too_old"
    holder.outbox = [act for act in holder.journal if act["mid"] == young]
    assert holder.push()["outcomes"][0]["outcome"] == "applied"
    holder.sync()
    assert len(holder.spaces[karen.id].contents("note")) == 1


def test_an_ended_device_is_told_of_every_act_that_it_was_not_done(karen: Somebody, holder: Holder) -> None:
    karen.client.delete(f"/api/v1/devices/{holder.device.id}", headers=karen.headers)
    first = holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    second = holder.act(karen.id, "note:write", note())
    holder.push()
    assert said(holder, first, second) == ["rejected:device_ended"] * 2


def test_nobody_acts_about_somebody_who_let_them_do_no_such_thing(
    karen: Somebody, holder: Holder, house: House
) -> None:
    henrik = Somebody(house, 2)
    mid = holder.act(henrik.id, "note:write", note())
    nobody = holder.act("0" * 32, "note:write", note())
    holder.push()

    assert said(holder, mid, nobody) == ["rejected:not_allowed"] * 2
    assert people.logged(house, henrik.id, "notes:write") == [(karen.id, "refused")]


def _renew(karen: Somebody, holder: Holder) -> None:
    karen.log_in_again()
    holder.device.stamp(karen.headers, karen.session["csrf"])
