from datetime import date

import pytest

from app import errors
from app.gateways.facts import CitizenFacts, Facts
from app.identity import citizens, people
from app.identity.person import Number, Person, Relation
from tests.house import House

OLD, NEW = "1501701234", "1501705678"


def facts(*numbers: Number, source: str = "fhir", **person: object) -> Facts:
    return Facts(source, (CitizenFacts(Person(numbers, **person)),))  # type: ignore[arg-type]


def numbers_of(house: House, citizen_id: str) -> list[Number]:
    with house.open(citizen_id, "person:read") as (session, grant):
        return citizens.read_numbers(session, grant)


def find(house: House, value: str) -> str | None:
    with house.database.reading() as session:
        return citizens.find(session, Number(value, "cpr"))


def test_all_numbers_that_a_citizen_has_had_lead_to_them(house: House) -> None:
    house.record(
        facts(Number(OLD, "cpr", None, date(2020, 5, 1)), Number(NEW, "cpr", date(2020, 5, 2)), name="Eva Holt")
    )

    assert find(house, OLD) == find(house, NEW) is not None


def test_the_number_that_holds_today_comes_first(house: House) -> None:
    house.record(
        facts(Number(OLD, "cpr", None, date(2020, 5, 1)), Number(NEW, "cpr", date(2020, 5, 2)), name="Eva Holt")
    )

    assert [number.value for number in numbers_of(house, find(house, NEW) or "")] == [NEW, OLD]


def test_a_changed_number_keeps_everything_that_was_known(house: House) -> None:
    citizen_id = house.citizen(OLD, "Eva Holt")

    house.record(
        facts(Number(OLD, "cpr", None, date(2026, 11, 1)), Number(NEW, "cpr", date(2026, 11, 2)), name="Eva Holt")
    )

    assert find(house, NEW) == citizen_id
    assert numbers_of(house, citizen_id)[0].value == NEW


def test_numbers_of_two_known_citizens_are_not_joined_by_a_file(house: House) -> None:
    house.citizen(OLD, "Eva Holt")
    house.citizen(NEW, "Ida Holt")

    with pytest.raises(errors.Conflict):
        house.record(facts(Number(OLD, "cpr"), Number(NEW, "cpr"), name="Eva Holt"))


def test_what_one_source_does_not_say_another_may(house: House) -> None:
    house.record(facts(Number(OLD, "cpr"), source="fmk", name="Eva Holt"))
    house.record(
        facts(
            Number(OLD, "cpr"),
            source="fhir",
            name="Eva M. Holt",
            died=date(2026, 1, 2),
            details=(("gender", "female"),),
        )
    )

    with house.open(find(house, OLD) or "", "person:read") as (session, grant):
        person = people.read_person(session, grant)

    assert person.name == "Eva Holt"
    assert person.died == date(2026, 1, 2)
    assert person.deceased
    assert dict(person.details) == {"gender": "female"}
    assert person.born == date(1970, 1, 15)


def test_a_bare_number_does_not_wipe_out_a_name(house: House) -> None:
    citizen_id = house.citizen(OLD, "Eva Holt")

    house.record(facts(Number(OLD, "cpr"), source="fmk"))

    with house.open(citizen_id, "person:read") as (session, grant):
        assert people.read_person(session, grant).name == "Eva Holt"


def test_relations_are_kept_as_the_source_names_them(house: House) -> None:
    relation = Relation(
        "mor",
        (Number(NEW, "cpr"),),
        "Ida Holt",
        ("Ida",),
        "Holt",
        date(1970, 1, 15),
        (("v3", "MTH"),),
        (("gender", "f"),),
    )
    house.record(Facts("fhir", (CitizenFacts(Person((Number(OLD, "cpr"),), name="Eva Holt"), relations=(relation,)),)))

    with house.open(find(house, OLD) or "", "person:read") as (session, grant):
        assert people.read_relations(session, grant) == [relation]


def test_people_who_are_only_named_as_relations_are_not_registered(house: House) -> None:
    relation = Relation("mor", (Number(NEW, "cpr"),), "Ida Holt")
    house.record(Facts("fhir", (CitizenFacts(Person((Number(OLD, "cpr"),), name="Eva Holt"), relations=(relation,)),)))

    assert find(house, NEW) is None
