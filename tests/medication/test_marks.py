"""Marked doses: kept as they were said, taken back, and refused where there is nothing to mark."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import errors
from app.access import service as access
from app.gateways import export
from app.grant import Action, Actor, Purpose
from app.medication import marks
from app.medication.marks import Mark, Said, Slot, Statement
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody

DAY = date(2026, 11, 25)
FULL = frozenset({"medication:read", "medication:mark"})


@pytest.fixture
def karen(house: House) -> Somebody:
    people.with_demo(house)
    return Somebody(house)


@pytest.fixture
def slot(karen: Somebody) -> Slot:
    card = karen.client.get(f"/api/v1/citizens/{karen.id}/card").get_json()
    return Slot(card["medications"][0]["key"], DAY, "morning", 1)


def mark(house: House, of: str, by: str, slot: Slot, said: Said = "taken", name: str = "mark-1") -> None:
    with house.database.transaction() as session:
        grant = access.open_record(session, *_who(by, of, "medication:mark"), house.at)
        marks.record_mark(session, grant, name, Statement(slot, said, house.at - timedelta(minutes=5)))


def undo(house: House, of: str, by: str, key: str, name: str = "undo-1") -> None:
    with house.database.transaction() as session:
        marks.undo_mark(session, access.open_record(session, *_who(by, of, "medication:mark"), house.at), name, key)


def read(house: House, of: str) -> list[Mark]:
    with house.database.transaction() as session:
        return marks.read_marks(
            session, access.open_record(session, *_who(of, of, "medication:read"), house.at), DAY, DAY
        )


def _who(by: str, of: str, action: Action) -> tuple[Actor, str, Action, Purpose]:
    return Actor(by, "citizen"), of, action, "self" if by == of else "relative"


def test_a_mark_is_kept_as_it_was_said_and_said_again_is_said_once(karen: Somebody, house: House, slot: Slot) -> None:
    for _ in range(2):
        mark(house, karen.id, karen.id, slot)
    [kept] = read(house, karen.id)
    assert (kept.slot, kept.said, kept.by, kept.is_undone) == (slot, "taken", karen.id, False)
    assert kept.at == datetime(2026, 11, 25, 9, 25, tzinfo=UTC)
    with pytest.raises(errors.Conflict, match="Something else"):
        mark(house, karen.id, karen.id, slot, "skipped")


def test_an_amount_is_kept_with_what_was_said_and_another_under_the_same_id_is_refused(
    karen: Somebody, slot: Slot
) -> None:
    address = f"/api/v1/citizens/{karen.id}/dose-marks/mark-0123456789abcdef"
    dose = {
        "medication": slot.medication,
        "date": "2026-11-25",
        "slot": "any",
        "ordinal": 1,
        "said": "taken",
        "at": None,
    }

    def put(**more: str) -> tuple[int, list[tuple[str | None, str | None]]]:
        answer = karen.client.put(address, json={**dose, **more}, headers=karen.headers)
        told = answer.get_json().get("marks", [])
        return answer.status_code, [(each["quantity"], each["unit"]) for each in told]

    assert put(unit="pust")[0] == 422
    assert put(quantity="0", unit="pust")[0] == 409
    assert put(quantity="1.5", unit="pust") == (200, [("1.5", "pust")])
    assert put(quantity="1.5", unit="pust") == (200, [("1.5", "pust")])
    assert put()[0] == 409
    assert put(quantity="2", unit="pust")[0] == 409


def test_what_two_people_say_stands_beside_each_other(karen: Somebody, house: House, slot: Slot) -> None:
    henrik = Somebody(house, 2)
    people.grant(house, karen.id, henrik.id, FULL)
    mark(house, karen.id, karen.id, slot)
    mark(house, karen.id, henrik.id, slot, "skipped", "mark-2")
    assert {(each.by, each.said) for each in read(house, karen.id)} == {(karen.id, "taken"), (henrik.id, "skipped")}


def test_citizens_take_back_what_anybody_said_and_others_only_their_own(
    karen: Somebody, house: House, slot: Slot
) -> None:
    henrik = Somebody(house, 2)
    people.grant(house, karen.id, henrik.id, FULL)
    mark(house, karen.id, karen.id, slot)
    mark(house, karen.id, henrik.id, slot, "taken", "mark-2")
    own, his = sorted(read(house, karen.id), key=lambda each: each.by != karen.id)
    with pytest.raises(errors.NotFound):
        undo(house, karen.id, henrik.id, own.key)
    undo(house, karen.id, karen.id, his.key)
    undo(house, karen.id, karen.id, his.key, "undo-2")
    assert {each.key for each in read(house, karen.id) if each.is_undone} == {his.key}


def test_over_http_a_day_is_answered_with_what_was_said_of_it(karen: Somebody, slot: Slot) -> None:
    base = f"/api/v1/citizens/{karen.id}/dose-marks"
    dose = {"medication": slot.medication, "date": "2026-11-25", "slot": "noon", "ordinal": 2}
    given = {**dose, "said": "skipped", "at": None}
    put = karen.client.put(f"{base}/mark-0123456789abcdef", json=given, headers=karen.headers)
    [told] = put.get_json()["marks"]
    assert {name: told[name] for name in given} == given
    assert (told["by"], told["undone"]) == ("self", False)
    undone = karen.client.put(
        f"{base}/{told['key']}/undo", json={"undo_id": "undo-0123456789abcdef"}, headers=karen.headers
    )
    assert [each["undone"] for each in undone.get_json()["marks"]] == [True]
    asked = karen.client.get(f"{base}?first=2026-11-25&last=2026-11-25").get_json()
    assert asked == undone.get_json()
    assert karen.client.get(f"{base}?first=2026-11-26&last=2026-11-25").status_code == 422
    ahead = karen.client.put(f"{base}/x", json={**given, "date": "2026-11-26"}, headers=karen.headers)
    assert (ahead.status_code, ahead.get_json()["code"]) == (409, "conflict")
    assert "day to come" in ahead.get_json()["detail"]


def test_an_export_holds_what_was_said(karen: Somebody, house: House, slot: Slot) -> None:
    mark(house, karen.id, karen.id, slot)
    with house.open(karen.id, "record:export") as (session, grant):
        held = export.gather(session, grant)
    assert [each["said"] for each in export.as_json(held)["marks"]] == ["taken"]
    assert "skipped" not in export.as_html(held)
    resources = [each["resource"] for each in export.as_fhir(held)["entry"]]
    [told] = [each for each in resources if each["resourceType"] == "MedicationAdministration"]
    assert told["medicationCodeableConcept"]["text"] == held.card.medications[0].medication.name
