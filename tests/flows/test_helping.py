"""The story of helping over HTTP: what a citizen lets a relative see and do, what is refused, and what the log says."""

from datetime import timedelta
from typing import Any

import pytest

from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody

MEDICATION = frozenset({"medication:read", "medication:mark"})


@pytest.fixture
def helped(house: House) -> Somebody:
    people.with_demo(house)
    return Somebody(house, 1)


@pytest.fixture
def helper(house: House, helped: Somebody) -> Somebody:
    found = Somebody(house, 0)
    assert found.id != helped.id
    return found


def get(helper: Somebody, helped: Somebody, what: str) -> Any:
    return helper.client.get(f"/api/v1/citizens/{helped.id}/{what}")


def put(helper: Somebody, helped: Somebody, what: str, body: dict[str, Any]) -> Any:
    return helper.client.put(f"/api/v1/citizens/{helped.id}/{what}", json=body, headers=helper.headers)


def entries(helped: Somebody, **of: str) -> list[tuple[str, str]]:
    log = get(helped, helped, "log?limit=200").get_json()["entries"]
    mine = [each for each in reversed(log) if all(each[name] == value for name, value in of.items())]
    return [(each["action"], each["outcome"]) for each in mine]


def test_without_a_grant_nothing_is_seen_and_nobody_is_named(helper: Somebody, helped: Somebody) -> None:
    assert helper.client.get("/api/v1/session").get_json()["helps"] is False
    assert helper.client.get("/api/v1/helped").get_json() == {"people": []}
    assert get(helper, helped, "card").status_code == 403
    assert entries(helped, actor=helper.id) == [("medication:read", "refused")]


def test_a_relative_sees_what_they_were_let_see_and_each_look_is_in_the_log(
    house: House, helper: Somebody, helped: Somebody
) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)

    card, plan = get(helper, helped, "card"), get(helper, helped, "dose-plan?date=2026-11-25")
    refused = [get(helper, helped, what) for what in ("appointments", "consents", "log", "notes")]

    own = get(helped, helped, "card").get_json()
    assert (card.status_code, plan.status_code) == (200, 200)
    assert card.get_json()["medications"] == [{**each, "takes_renewal": False} for each in own["medications"]]
    assert own["citizen"]["cpr"] is not None
    assert card.get_json()["citizen"] == {**own["citizen"], "cpr": None}
    assert {each.status_code for each in refused} == {403}
    assert entries(helped, actor=helper.id, purpose="relative") == [
        ("medication:read", "permitted"),
        ("medication:read", "permitted"),
        ("appointments:read", "refused"),
        ("consents:read", "refused"),
        ("log:read", "refused"),
    ]
    assert entries(helped, actor=helper.id, purpose="self") == [("notes:read", "refused")]


def test_a_mark_says_whose_it_is_to_each_who_asks(house: House, helper: Somebody, helped: Somebody) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)
    dose = get(helper, helped, "dose-plan?date=2026-11-25").get_json()["doses"][0]
    medication = next(
        each["key"]
        for each in get(helper, helped, "card").get_json()["medications"]
        if each["id"] == dose["medication_id"]
    )
    said = {
        "medication": medication,
        "date": "2026-11-25",
        "slot": "morning",
        "ordinal": 1,
        "said": "skipped",
        "at": None,
    }

    made = put(helper, helped, "dose-marks/m1", said)
    seen = get(helped, helped, "dose-marks?first=2026-11-25&last=2026-11-25").get_json()["marks"]

    assert made.status_code == 200
    assert [each["by"] for each in made.get_json()["marks"]] == ["self"]
    assert [each["by"] for each in seen] == ["other"]
    assert ("medication:mark", "permitted") in entries(helped, actor=helper.id)


def test_who_may_read_may_not_mark_and_nobody_consents_for_another(
    house: House, helper: Somebody, helped: Somebody
) -> None:
    people.grant(house, helped.id, helper.id, frozenset({"medication:read", "consents:read"}))
    block = {"grantee": {"type": "everyone"}, "actions": ["medication:read"]}
    said = {"medication": "m", "date": "2026-11-25", "slot": "morning", "ordinal": 1, "said": "taken", "at": None}

    tried = [
        put(helper, helped, "dose-marks/m1", said),
        put(helper, helped, "blocks/b1", block),
        put(helper, helped, "consents/g/end", {"event_id": "e" * 16}),
        put(helper, helped, "medications/m/renewal", {"message_id": "w" * 16, "note": None}),
    ]

    assert [each.status_code for each in tried] == [403] * 4
    assert [outcome for _, outcome in entries(helped, actor=helper.id)] == ["refused"] * 4


def test_the_helped_are_named_once_in_the_log_of_each_for_each_login(
    house: House, helper: Somebody, helped: Somebody
) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)

    first = helper.client.get("/api/v1/helped").get_json()["people"]
    again = helper.client.get("/api/v1/helped").get_json()["people"]

    assert helper.client.get("/api/v1/session").get_json()["helps"] is True
    assert first == again
    assert first == [
        {
            "id": helped.id,
            "name": helped.session["citizen"]["name"],
            "relation": "grant",
            "actions": sorted(MEDICATION),
            "last_day": "2027-11-25",
        }
    ]
    assert entries(helped, actor=helper.id) == [("person:read", "permitted")]
    helper.log_in_again()
    helper.client.get("/api/v1/helped")
    assert entries(helped, actor=helper.id) == [("person:read", "permitted")] * 2


def test_after_it_is_ended_they_are_named_no_more_and_see_nothing(
    house: House, helper: Somebody, helped: Somebody
) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)
    assert get(helper, helped, "card").status_code == 200

    people.withdraw(house, helped.id)

    assert helper.client.get("/api/v1/helped").get_json() == {"people": []}
    assert get(helper, helped, "card").status_code == 403


def test_a_relative_sees_no_other_relative(house: House, helper: Somebody, helped: Somebody) -> None:
    third = Somebody(house, 2)
    reads = frozenset({"medication:read", "consents:read", "log:read"})
    people.grant(house, helped.id, helper.id, reads)
    people.grant(house, helped.id, third.id, reads, name="h")
    get(third, helped, "card")
    people.withdraw(house, helped.id, "h")

    consents, log = get(helper, helped, "consents"), get(helper, helped, "log?limit=1")
    whole = get(helper, helped, "log?limit=200")

    assert get(helped, helped, "consents").get_data(as_text=True).count(third.id) > 0
    assert get(helped, helped, "log?limit=200").get_data(as_text=True).count(third.id) > 0
    assert [each["grant_id"] for each in consents.get_json()["own"]] == ["g"]
    assert len(log.get_json()["entries"]) == 1
    assert len(whole.get_json()["entries"]) > 3
    for answer in (consents, log, whole):
        assert answer.status_code == 200
        assert third.id not in answer.get_data(as_text=True)


def test_whose_help_is_paused_is_named_to_nobody_and_again_when_it_goes_on(
    house: House, helper: Somebody, helped: Somebody
) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)
    block = {"grantee": {"type": "everyone"}, "actions": sorted(MEDICATION)}

    paused = put(helped, helped, f"blocks/{'b' * 16}", block)
    during, seen = helper.client.get("/api/v1/helped").get_json(), get(helper, helped, "card")
    lifted = put(helped, helped, f"consents/{'b' * 16}/end", {"event_id": "e" * 16})

    assert (paused.status_code, lifted.status_code) == (200, 200)
    assert during == {"people": []}
    assert seen.status_code == 403
    assert [each["id"] for each in helper.client.get("/api/v1/helped").get_json()["people"]] == [helped.id]


def test_the_last_day_is_that_of_what_ends_first(house: House, helper: Somebody, helped: Somebody) -> None:
    people.grant(house, helped.id, helper.id, MEDICATION)
    soon = house.at + timedelta(days=10)
    people.grant(house, helped.id, helper.id, frozenset({"appointments:read"}), ends=soon, name="h")

    [before] = helper.client.get("/api/v1/helped").get_json()["people"]
    house.wait(days=11)
    helper.log_in_again()
    [after] = helper.client.get("/api/v1/helped").get_json()["people"]

    assert (before["actions"], before["last_day"]) == (sorted({*MEDICATION, "appointments:read"}), "2026-12-05")
    assert (after["actions"], after["last_day"]) == (sorted(MEDICATION), "2027-11-25")
