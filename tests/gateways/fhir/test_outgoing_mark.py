"""Doses in the FHIR export: every statement has FHIR's form and stands for itself, what was taken back too."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from fhir.resources.R4B.bundle import Bundle

from app.gateways import fhir
from app.gateways.fhir import ToldMark
from app.identity.person import Number, Person
from app.medication.card import Medication
from app.medication.mark_rules import Amount, Mark, Slot
from tests.gateways.fhir.people import ONE

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PILL = Medication("m1", name="Prøvemiddel 5 mg", atc="C09AA05", active_substance="Prøvestof")
SLOT = Slot("key-1", date(2026, 11, 25), "morning", 2)
TAKEN = Mark("mark-1", SLOT, "taken", datetime(2026, 11, 25, 7, 5, tzinfo=UTC), "karen", NOW)


def exported(*told: ToldMark) -> list[dict[str, Any]]:
    made = fhir.bundle(
        person=Person((Number(ONE, "cpr"),)),
        relations=(),
        medications=[PILL],
        prescriptions=(),
        appointments=(),
        consents=(),
        marks=told,
        now=NOW,
    )
    Bundle.model_validate(made)
    assert fhir.read(json.loads(json.dumps(made))).citizens[0].person.numbers == (Number(ONE, "cpr"),)
    entries = {each["fullUrl"]: each["resource"] for each in made["entry"]}
    found = [each for each in entries.values() if each["resourceType"] == "MedicationAdministration"]
    for each in found:
        for reference in each.get("supportingInformation", []):
            assert entries[reference["reference"]]["id"] == PILL.id
    return found


def parts(resource: dict[str, Any], url: str) -> dict[str, Any]:
    [found] = [each["extension"] for each in resource["extension"] if each["url"] == url]
    return {each["url"]: next(value for name, value in each.items() if name != "url") for each in found}


def test_a_dose_is_told_with_its_time_its_medication_and_who_said_so() -> None:
    [told] = exported(ToldMark(TAKEN, PILL, is_own=True))
    assert (told["status"], told["effectiveDateTime"]) == ("completed", "2026-11-25T07:05:00+00:00")
    assert told["medicationCodeableConcept"]["text"] == "Prøvemiddel 5 mg"
    assert told["medicationCodeableConcept"]["coding"][0]["code"] == "C09AA05"
    assert parts(told, "urn:naerblik:dose") == {"date": "2026-11-25", "slot": "morning", "ordinal": 2}
    assert parts(told, "urn:naerblik:dose-statement") == {"said": "taken", "by": "self", "at": NOW.isoformat()}
    assert len(told["supportingInformation"]) == 1


def test_how_much_was_taken_is_told_as_a_number_with_its_unit() -> None:
    some, bare = replace(TAKEN, amount=Amount("1.5", "tabletter")), replace(TAKEN, amount=Amount("2", None))
    [told, without] = exported(ToldMark(some, PILL, is_own=True), ToldMark(bare, PILL, is_own=True))
    assert told["dosage"] == {"text": "1.5 tabletter", "dose": {"value": 1.5, "unit": "tabletter"}}
    assert without["dosage"] == {"text": "2", "dose": {"value": 2}}


def test_a_dose_without_a_time_is_told_by_its_day_and_one_off_the_card_without_a_name() -> None:
    skipped = replace(TAKEN, said="skipped", at=None)
    [told] = exported(ToldMark(skipped, None, is_own=False))
    assert (told["status"], told["effectiveDateTime"]) == ("not-done", "2026-11-25")
    assert told["medicationCodeableConcept"] == {"text": "Ikke oplyst"}
    assert parts(told, "urn:naerblik:dose-statement")["by"] == "other"
    assert "supportingInformation" not in told


def test_what_was_taken_back_is_told_as_such_and_two_statements_are_two() -> None:
    back = replace(TAKEN, key="mark-2", said="skipped", by="henrik", is_undone=True)
    told = exported(ToldMark(TAKEN, PILL, is_own=True), ToldMark(back, PILL, is_own=False))
    assert [each["status"] for each in told] == ["completed", "entered-in-error"]
    assert [parts(each, "urn:naerblik:dose-statement")["said"] for each in told] == ["taken", "skipped"]
