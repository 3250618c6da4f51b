"""The export holds what the citizen gave, was asked and blocked here, in every form."""

import json
from typing import Any

from app.consent.event import Party
from app.gateways import export, intake
from tests.consent import municipality
from tests.house import OPERATOR, House


def held(house: House, citizen_id: str) -> export.Held:
    with house.open(citizen_id, "record:export", OPERATOR) as (session, grant):
        return export.gather(session, grant)


def consents(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [each["resource"] for each in made["entry"] if each["resource"]["resourceType"] == "Consent"]
    return {each["id"]: each for each in found}


def test_own_consents_blocks_and_questions_are_exported_with_their_receipts(house: House) -> None:
    who = house.citizen()
    municipality.give(house, who)
    municipality.block(house, who, Party("organisation", None, "cvr:22222222"))
    municipality.ask(house, who, request_id="request-0000000002")
    house.wait(hours=1)
    municipality.withdraw(house, who, "event-00000000000001")

    everything = held(house, who)

    told = export.as_json(everything)
    assert {each["grant_id"]: each["state"] for each in told["own"]} == {
        "event-00000000000001": "withdrawn",
        "event-00000000000009": "now",
    }
    assert all(event["receipt"].count(".") == 2 for each in told["own"] for event in each["events"])
    assert {each["answer"] for each in told["requests"]} == {"yes", None}
    assert "Bakkeby Kommune" in export.as_html(everything)
    found = consents(export.as_fhir(everything))
    assert {own_id: (each["status"], each["provision"]["type"]) for own_id, each in found.items()} == {
        "event-00000000000001": ("inactive", "permit"),
        "event-00000000000009": ("active", "deny"),
    }


def test_reading_the_own_export_again_changes_no_decision(house: House) -> None:
    who = house.citizen()
    municipality.give(house, who)
    made = json.dumps(export.as_fhir(held(house, who))).encode()
    assert house.record(intake.read(made)).consents == 1
    assert municipality.decided(house, who) == "grant"
    house.wait(hours=1)
    municipality.withdraw(house, who, "event-00000000000001")
    assert municipality.decided(house, who) == "default"
    house.record(intake.read(made))
    assert municipality.decided(house, who) == "default"
