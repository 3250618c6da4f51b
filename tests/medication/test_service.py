"""The card over several answers: what stands, what is private, what hangs where."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app import errors
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.intake import Counts
from app.identity.person import Number, Person
from app.medication import rules
from app.medication import service as medication
from app.medication.card import CardAnswer, DosageText, Medication, Prescription
from tests.conftest import Raw
from tests.house import House

NUMBER = Number("1501701234", "cpr")
MORNING = rules.Period(1, date(2026, 1, 1), None, days=((1, (rules.Dose("morning", Decimal(1)),)),))


def med(of: str, version: int | None = 5, **values: object) -> Medication:
    plan = rules.Dosage((MORNING,), singular="tablet", plural="tabletter")
    course = rules.Course(date(2026, 1, 1))
    base = Medication(of, version, name=of.upper(), text=DosageText("fixed", "1 tablet"), plan=plan, course=course)
    return replace(base, **values)  # type: ignore[arg-type]


def hidden(name: str, version: int = 5) -> Medication:
    return Medication(name, version, private=True)


def told(
    house: House, *medications: Medication, version: int | None = None, source: str = "fmk", **more: object
) -> Counts:
    answer = CardAnswer(version, None, False, medications, **more)  # type: ignore[arg-type]
    return house.record(Facts(source, (CitizenFacts(Person((NUMBER,), name="Bodil Krogh"), answer),)))


def read(house: House) -> medication.MedicationCard:
    citizen_id = house.citizen()
    with house.open(citizen_id, "medication:read") as (session, grant):
        return medication.read_card(session, grant)


def names(shown: tuple[medication.ShownMedication, ...]) -> list[str]:
    return [each.medication.id for each in shown]


def test_the_card_lists_what_the_source_lists_in_its_order(house: House) -> None:
    counts = told(house, med("b"), med("a"), hidden("p"), med("c"), version=10)
    card = read(house)

    assert names(card.medications) == ["b", "a", "c"]
    assert card.private_count == 1
    assert (card.version, card.source) == ("10", "fmk")
    assert (counts.medications, counts.unchanged) == (3, 0)


def test_the_same_card_again_changes_nothing(house: House) -> None:
    told(house, med("a"), hidden("p"), version=10)
    before = read(house)
    house.wait(days=1)

    counts = told(house, med("a"), hidden("p"), version=10)

    assert (counts.medications, counts.unchanged) == (0, 1)
    assert read(house) == before


def test_an_older_card_never_overwrites_a_newer_one(house: House) -> None:
    told(house, med("a", 8, name="NEW"), version=10)

    counts = told(house, med("a", 5, name="OLD"), med("b"), version=9)
    card = read(house)

    assert (counts.medications, counts.unchanged) == (0, 2)
    assert [each.medication.name for each in card.medications] == ["NEW"]
    assert card.version == "10"


def test_an_older_medication_on_a_newer_card_does_not_overwrite_a_newer_one(house: House) -> None:
    told(house, med("a", 8, name="NEW"))

    told(house, med("a", 5, name="OLD"), version=10)

    assert [each.medication.name for each in read(house).medications] == ["NEW"]


def test_news_updates_by_version(house: House) -> None:
    told(house, med("a", 5), version=10)

    told(house, med("a", 6, name="NEWER"))
    told(house, med("a", 4, name="OLDER"))

    assert [each.medication.name for each in read(house).medications] == ["NEWER"]


def test_news_newer_than_the_card_is_added_and_older_stands_off_it(house: House) -> None:
    told(house, med("a", 5), version=10)

    told(house, med("new", 11), med("old", 9), hidden("p", 12))
    card = read(house)

    assert names(card.medications) == ["a", "new"]
    assert names(card.off_card) == ["old"]
    assert card.private_count == 1


def test_a_newer_card_decides_again_what_is_on_it(house: House) -> None:
    told(house, med("a", 5), version=10)
    told(house, med("new", 11))

    told(house, med("a", 5), version=12)
    card = read(house)

    assert names(card.medications) == ["a"]
    assert names(card.off_card) == ["new"]


def test_without_any_card_all_that_are_known_stand_on_it(house: House) -> None:
    told(house, med("a"), med("b"))
    told(house, med("c", None), source="fhir")
    card = read(house)

    assert names(card.medications) == ["a", "b", "c"]
    assert card.version is None


def test_medications_of_another_source_stand_off_the_card(house: House) -> None:
    told(house, med("a", None), source="fhir")
    told(house, med("a"), version=10)
    card = read(house)

    assert names(card.medications) == ["a"]
    assert names(card.off_card) == ["a"]


def test_a_medication_that_becomes_private_is_counted_and_nothing_of_it_is_left(house: House) -> None:
    told(house, med("a", 5), version=10, prescriptions=(Prescription("r1", "a", "open", name="A"),))

    told(house, hidden("a", 5), version=11)
    card = read(house)

    assert (names(card.medications), card.private_count) == ([], 1)
    assert card.prescriptions_off_card == ()


def test_a_private_medication_stays_private_until_something_newer_says_otherwise(house: House) -> None:
    told(house, hidden("a", 5), version=10)

    told(house, med("a", 5))
    assert names(read(house).medications) == []
    told(house, med("a", 5), version=11)

    assert names(read(house).medications) == ["a"]


def test_prescriptions_hang_on_their_medication_and_others_stand_off_the_card(house: House) -> None:
    told(house, med("a"), hidden("p"), version=10)
    told(
        house,
        prescriptions=(
            Prescription("r1", "a", "open"),
            Prescription("r2", None, "open", name="Loose"),
            Prescription("r3", "elsewhere", "closed"),
            Prescription("r4", "p", "open", name="Secret"),
            Prescription("r5", "a", "open", private=True),
        ),
    )
    card = read(house)

    assert [each.id for each in card.medications[0].prescriptions] == ["r1"]
    assert [each.id for each in card.prescriptions_off_card] == ["r2", "r3"]


def test_of_a_prescription_the_last_one_heard_stands(house: House) -> None:
    for status in ("open", "closed", "open"):
        counts = told(house, prescriptions=(Prescription("r1", None, status),))

        assert counts.prescriptions == 1
    assert told(house, prescriptions=(Prescription("r1", None, "open"),)).unchanged == 1


def test_what_its_source_takes_back_is_gone_unless_something_newer_stands(house: House) -> None:
    told(house, med("a", None, changed_at="2026-11-02T08:00:00Z"), med("b", None), source="fhir")

    told(house, source="fhir", withdrawn=(("a", "2026-11-01T08:00:00Z"), ("unknown", None)))
    assert names(read(house).medications) == ["a", "b"]
    told(house, source="fhir", withdrawn=(("a", "2026-11-03T08:00:00Z"), ("b", None)))

    assert names(read(house).medications) == []


def test_a_card_that_lost_a_part_says_so_and_heals_when_it_comes_again(house: House, raw: Raw) -> None:
    told(house, med("a"), version=10)
    raw.run("DELETE FROM item WHERE collection = 'medication'")

    with pytest.raises(errors.Conflict, match="Import the card again"):
        read(house)
    told(house, med("a"), version=10)

    assert names(read(house).medications) == ["a"]


def test_the_status_is_that_of_the_day_of_reading(house: House) -> None:
    told(house, med("a", course=rules.Course(date(2026, 1, 1), date(2026, 11, 26))), version=10)

    assert read(house).medications[0].status == "active"
    house.wait(days=2)
    assert read(house).medications[0].status == "ended"


def test_the_dose_plan_speaks_of_the_card_only(house: House) -> None:
    told(house, med("a", 5), hidden("p"), version=10)
    told(house, med("off", 9))
    citizen_id = house.citizen()

    with house.open(citizen_id, "medication:read") as (session, grant):
        plan = medication.read_dose_plan(session, grant, date(2026, 11, 25))

    assert [(dose.medication_id, dose.slot, dose.unit) for dose in plan.doses] == [("a", "morning", "tablet")]


def test_reading_the_card_needs_a_grant_for_it(house: House) -> None:
    citizen_id = house.citizen()

    with house.open(citizen_id, "appointments:read") as (session, grant), pytest.raises(errors.NotAllowed):
        medication.read_card(session, grant)


def test_a_withdrawn_medication_is_discontinued(house: House) -> None:
    course = rules.Course(date(2026, 1, 1), discontinued_at=datetime(2026, 5, 12, 8, tzinfo=UTC))
    told(house, med("a", course=course), version=10)

    assert read(house).medications[0].status == "discontinued"
