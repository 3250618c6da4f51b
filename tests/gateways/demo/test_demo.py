"""The demo's people: whole, made up, the same all day, and moved forward on the next."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from fhir.resources.R4B.consent import Consent
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.gateways import demo, fhir
from app.gateways.demo import people, today
from app.identity import rules
from app.identity.person import Person
from tests.gateways.demo.told import NOW, NOWS, all_medications, appointments_of, card_of, told_of


def persons(now: datetime) -> list[Person]:
    return [each.person for source in demo.facts(now) for each in source.citizens]


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@pytest.mark.parametrize("who", [each.id for each in demo.PEOPLE])
def test_everyone_in_the_demo_is_known_to_every_source_under_the_number_one_logs_in_with(who: str) -> None:
    assert [told_of(who, source).person.numbers[0].kind for source in ("fhir", "fmk", "apd")] == ["cpr"] * 3
    assert told_of(who, "fhir").person.name == next(each.name for each in demo.PEOPLE if each.id == who)


@given(NOWS)
def test_every_number_holds_the_birth_date_and_sex_and_could_never_pass_the_check_digit(now: datetime) -> None:
    for person in told_by_the_register(now):
        number = person.numbers[0].value
        assert rules.birth_date(number) == person.born
        assert (int(number[9]) % 2 == 1) == (dict(person.details)["gender"] == "male")
    assert not any(people.passes_modulus_11(number.value) for person in persons(now) for number in person.numbers)


def told_by_the_register(now: datetime) -> list[Person]:
    return [each.person for source in demo.facts(now) if source.source == "fhir" for each in source.citizens]


@pytest.mark.parametrize(("value", "passes"), [("0000000019", True), ("0000000018", False), ("4000000005", False)])
def test_the_old_check_digit_is_told_right(value: str, passes: bool) -> None:
    assert people.passes_modulus_11(value) is passes


@given(NOWS)
def test_the_child_is_14_today_and_in_five_months(now: datetime) -> None:
    born = told_of("oskar", "fhir", now).person.born
    on = today.of(now).on
    assert born is not None
    assert age(born, on) == 14
    assert age(born, on + timedelta(days=150)) == 14


def test_the_child_keeps_the_number_one_logs_in_with_when_the_birthday_moves() -> None:
    later = datetime(2028, 3, 1, 12, tzinfo=UTC)
    numbers = told_of("oskar", "apd", later).person.numbers
    assert [each.value[:6] for each in numbers] == ["100114", "100712"]
    assert (numbers[0].valid_from, numbers[1].valid_to) == (date(2028, 1, 10), date(2028, 1, 9))


def test_the_child_has_a_mother_who_takes_nothing() -> None:
    (mother,) = told_of("oskar", "fhir").relations
    line = next(each for each in demo.PEOPLE if each.id == "line")
    assert [code for _, code in mother.codes] == ["MTH"]
    assert mother.numbers == (line.number,)
    assert card_of("line").medications == ()


@given(NOWS, st.integers(0, 24 * 3600 - 1))
def test_the_same_day_gives_the_same_data(now: datetime, seconds: int) -> None:
    other = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(seconds=seconds)
    is_same_day = today.of(now) == today.of(other)
    assert (demo.facts(now) == demo.facts(other)) is is_same_day


@given(NOWS)
def test_a_later_day_moves_every_version_forward_and_keeps_the_ids(now: datetime) -> None:
    later = now + timedelta(hours=25)  # the longest day
    for who in ("karen", "henrik", "oskar", "line"):
        before, after = card_of(who, now), card_of(who, later)
        assert [each.id for each in before.medications] == [each.id for each in after.medications]
        assert (before.version or 0) < (after.version or 0)
        assert (before.as_of or "") < (after.as_of or "")
        assert all(
            (a.version or 0) < (b.version or 0) for a, b in zip(before.medications, after.medications, strict=True)
        )
        visits = list(zip(appointments_of(who, now), appointments_of(who, later), strict=True))
        assert all(a.id == b.id and a.as_of and b.as_of and a.as_of < b.as_of for a, b in visits)


@given(NOWS)
def test_nothing_is_said_to_be_written_in_the_future(now: datetime) -> None:
    assert today.of(now).written_at < now
    assert len(str(card_of("karen", now).version)) == 19
    assert all((each.changed_at or "") < now.isoformat() for each in all_medications(now))


@given(NOWS)
def test_appointments_lie_before_on_and_after_any_today(now: datetime) -> None:
    on = today.of(now).on
    days = [
        (each.start.astimezone(clock.COPENHAGEN).date() - on).days
        for each in appointments_of("karen", now)
        if each.start
    ]
    assert min(days) < -7
    assert {0, 1} <= set(days)
    assert max(days) > 28
    assert all(each.start and each.end and each.start < each.end for each in appointments_of("karen", now))


def test_appointments_come_from_hospital_municipality_and_doctor() -> None:
    visits = appointments_of("karen")
    assert {each.kind for each in visits} == {"region", "municipality", "practitioner"}
    assert {each.title for each in visits if each.kind == "practitioner"} == {"Aftale hos praktiserende læge"}
    assert {each.status for each in visits} == {"active", "cancelled"}
    assert any(each.guiding_time for each in visits)
    assert len(appointments_of("henrik")) == 2


@given(NOWS)
def test_rehabilitation_is_a_series_of_four_a_week_apart(now: datetime) -> None:
    starts = [each.start for each in appointments_of("karen", now) if each.series]
    days = [start.astimezone(clock.COPENHAGEN).date() for start in starts if start]
    assert [(after - before).days for before, after in pairwise(days)] == [7, 7, 7]


@pytest.mark.parametrize("who", ["karen", "henrik"])
def test_consents_are_given_refused_and_expired_and_are_whole_fhir_resources(who: str) -> None:
    consents = told_of(who, "fhir").consents
    assert {"permit", "deny"} == {each.decision for each in consents}
    assert {each.purposes for each in consents if each.status == "rejected"} == {("Forskning",)}
    assert any(each.valid_to and each.valid_to < NOW and each.status == "inactive" for each in consents)
    for each in consents:
        read = Consent.model_validate_json(json.dumps(dict(each.resource)))
        assert (read.id, read.status, read.provision.type) == (each.id, each.status, each.decision)
        assert read.dateTime == each.given_at
        assert read.patient.identifier.value == told_of(who, "fhir").person.numbers[0].value


@pytest.mark.parametrize("who", ["karen", "henrik"])
def test_consents_say_what_is_read_from_their_resources(who: str) -> None:
    for each in told_of(who, "fhir").consents:
        (citizen,) = fhir.read(fhir.parse(json.dumps(dict(each.resource)).encode())).citizens
        assert citizen.consents == (each,)
        assert citizen.person.numbers == told_of(who, "fhir").person.numbers


def test_the_caseworker_is_named_in_a_consent_and_is_nobody_one_can_log_in_as() -> None:
    actors = [actor for each in told_of("karen", "fhir").consents for actor in each.actors]
    assert any(demo.CASEWORKER.name in actor and demo.CASEWORKER.organisation in actor for actor in actors)
    assert demo.CASEWORKER.id not in [each.id for each in demo.PEOPLE]
