"""The demo's people: whole, made up, the same all day, and moved forward on the next."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from fhir.resources.R4B.consent import Consent
from hypothesis import given
from hypothesis import strategies as st

from app.appointments.appointment import Appointment
from app.gateways import demo
from app.gateways.demo import people, texts, today
from app.gateways.facts import CitizenFacts
from app.identity.person import Person
from app.medication.card import CardAnswer, Medication
from app.medication.rules import Dosage, Dose, Period

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31, 23), timezones=st.just(UTC))  # noqa: DTZ001


def told_of(who: str, source: str, now: datetime = NOW) -> CitizenFacts:
    """What one source says of one of the people."""
    number = next(each.number for each in demo.PEOPLE if each.id == who)
    citizens = next(each.citizens for each in demo.facts(now) if each.source == source)
    return next(each for each in citizens if number.value in [known.value for known in each.person.numbers])


def card_of(who: str, now: datetime = NOW) -> CardAnswer:
    card = told_of(who, "fmk", now).card
    assert card is not None
    return card


def medication(name: str) -> Medication:
    return next(each for each in card_of("karen").medications if each.name == name)


def appointments_of(who: str, now: datetime = NOW) -> list[Appointment]:
    return [*told_of(who, "apd", now).appointments, *told_of(who, "fhir", now).appointments]


def all_medications(now: datetime = NOW) -> Iterator[Medication]:
    for who in demo.PEOPLE:
        yield from card_of(who.id, now).medications


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
        year = int(number[4:6])
        century = 1900 if int(number[6]) <= 3 or (number[6] in "49" and year >= 37) else 2000
        assert date(century + year, int(number[2:4]), int(number[:2])) == person.born
        assert (int(number[9]) % 2 == 1) == (dict(person.details)["gender"] == "male")
    assert not any(people.passes_modulus_11(number.value) for person in persons(now) for number in person.numbers)


def told_by_the_register(now: datetime) -> list[Person]:
    return [each.person for source in demo.facts(now) if source.source == "fhir" for each in source.citizens]


def test_the_check_digit_is_told_right() -> None:
    assert people.passes_modulus_11("0000000000")
    assert people.passes_modulus_11("0000000019") is False
    assert people.passes_modulus_11("0000000028") is False
    assert people.passes_modulus_11("0000000051") is True


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
    later = now + timedelta(days=1)
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


def test_no_medication_is_newer_than_its_card() -> None:
    assert all((each.version or 0) < (card_of("karen").version or 0) for each in all_medications())


def test_the_card_has_every_kind_of_dosage() -> None:
    kinds = {each.text.kind for each in card_of("karen").medications}
    assert {"fixed", "as_needed", "combined", "free_text", "schema"} <= kinds


def test_the_card_has_doses_by_the_time_of_day_by_the_clock_and_plain_ones() -> None:
    assert [dose.time for dose in doses("Paracetamol")] == ["morning", "noon", "evening", "night"]
    assert [dose.time for dose in doses("Budesonid/formoterol")] == ["08:00:00", "20:00:00"]
    assert [dose.time for dose in doses("Carmellose")] == [None, None, None]


def doses(name: str) -> tuple[Dose, ...]:
    """The doses of the first day of a medication of Karen's."""
    return medication(name).plan.periods[0].days[0][1]


def test_the_card_has_a_range_as_needed_with_its_daily_maximum_in_words() -> None:
    salbutamol = medication("Salbutamol")
    (period,) = salbutamol.plan.periods
    assert period.as_needed
    assert (period.any_day[0].quantity, period.any_day[0].quantity_max) == (Decimal(1), Decimal(2))
    assert "højst 8 pust i døgnet" in (salbutamol.text.long or "")


def test_the_tapering_goes_down_step_by_step_without_a_gap_and_holds_today() -> None:
    steps = medication("Prednisolon").plan.periods
    quantities = [step.days[0][1][0].quantity for step in steps]
    assert quantities == sorted(quantities, reverse=True)
    assert len(set(quantities)) == 4
    for before, after in zip(steps, steps[1:], strict=False):
        assert before.end is not None
        assert after.start == before.end + timedelta(days=1)
    assert steps[1].start is not None
    assert steps[1].start <= TODAY <= (steps[1].end or TODAY)


def test_the_weekly_one_is_taken_on_a_monday_only() -> None:
    (period,) = medication("Alendronat").plan.periods
    assert (period.interval, [number for number, _ in period.days]) == (7, [1])
    assert period.start is not None
    assert period.start.weekday() == 0
    assert "\nMandag: 1 tablet" in (medication("Alendronat").text.long or "")


def test_the_card_has_one_paused_one_discontinued_one_ended_one_private_and_one_chosen_by_the_citizen() -> None:
    courses = {each.name: each.course for each in card_of("karen").medications}
    assert [name for name, course in courses.items() if course.pause] == ["Atorvastatin"]
    assert [name for name, course in courses.items() if course.discontinued_at] == ["Ramipril"]
    assert [name for name, course in courses.items() if course.end and course.end < TODAY] == ["Amoxicillin"]
    private = [each for each in card_of("karen").medications if each.private]
    assert private == [Medication(private[0].id, private[0].version, private=True)]
    assert [each.name for each in card_of("karen").medications if each.kind == "citizen_chosen"] == [
        "Kalk med D-vitamin"
    ]
    assert [each.form for each in card_of("karen").medications if not each.atc and not each.private] == ["salve"]


def test_prescriptions_are_open_near_their_end_closed_expired_and_off_the_card() -> None:
    prescriptions = card_of("karen").prescriptions
    assert {"open", "closed", "expired", "cancelled"} == {each.status for each in prescriptions}
    assert any(each.valid_to == TODAY + timedelta(days=6) and each.dispensings_left == 1 for each in prescriptions)
    assert [each.name for each in prescriptions if each.medication_id is None] == ["Hydrokortison"]
    assert all((each.valid_to or TODAY) < TODAY for each in prescriptions if each.status == "expired")
    ids = {each.id for each in card_of("karen").medications}
    assert all(each.medication_id in ids for each in prescriptions if each.medication_id)


@given(NOWS)
def test_appointments_lie_before_on_and_after_any_today(now: datetime) -> None:
    on = today.of(now).on
    days = [
        (each.start.astimezone(today.clock.COPENHAGEN).date() - on).days
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
    days = [start.astimezone(today.clock.COPENHAGEN).date() for start in starts if start]
    assert [(after - before).days for before, after in zip(days, days[1:], strict=False)] == [7, 7, 7]


@pytest.mark.parametrize("who", ["karen", "henrik"])
def test_consents_are_given_refused_and_expired_and_are_whole_fhir_resources(who: str) -> None:
    consents = told_of(who, "fhir").consents
    assert {"permit", "deny"} == {each.decision for each in consents}
    assert {each.purposes for each in consents if each.decision == "deny"} == {("Forskning",)}
    assert any(each.valid_to and each.valid_to < NOW and each.status == "inactive" for each in consents)
    for each in consents:
        read = Consent.model_validate_json(json.dumps(dict(each.resource)))
        assert (read.id, read.status, read.provision.type) == (each.id, each.status, each.decision)
        assert (read.dateTime, read.provision.period.end) == (each.given_at, each.valid_to)
        assert read.patient.identifier.value == told_of(who, "fhir").person.numbers[0].value


def test_the_caseworker_is_named_in_a_consent_and_is_nobody_one_can_log_in_as() -> None:
    actors = [actor for each in told_of("karen", "fhir").consents for actor in each.actors]
    assert any(demo.CASEWORKER.name in actor and demo.CASEWORKER.organisation in actor for actor in actors)
    assert demo.CASEWORKER.id not in [each.id for each in demo.PEOPLE]


def test_short_texts_are_at_most_seventy_characters() -> None:
    assert all(len(each.text.short or "") <= 70 for each in all_medications())


def test_a_text_names_every_amount_of_its_structure_and_no_other() -> None:
    for each in all_medications():
        if each.plan.periods:
            lines = [
                line for line in (each.text.long or "").splitlines() if not line.startswith(("Dosering", "Bemærk"))
            ]
            assert sorted(amounts_in(lines)) == sorted(amounts_of(each.plan)), each.id


def amounts_in(lines: list[str]) -> Iterator[Decimal]:
    for line in lines:
        times = re.search(r"(\d) gange hver dag|højst (\d) gange", line)
        repeats = int(next(group for group in times.groups() if group)) if times else 1
        for number in re.findall(r"([\d,]+)(?:-\d+)? (?:tablet|pust|dråbe|påsmøring|kapsel)", line):
            yield from [Decimal(number.replace(",", "."))] * repeats


def amounts_of(plan: Dosage) -> Iterator[Decimal]:
    for period in plan.periods:
        for one in (*period.any_day, *(dose for _, doses in period.days for dose in doses)):
            yield one.quantity


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (
            Period(1, TODAY, None, days=((1, (Dose("morning", Decimal(1)),)),)),
            "fra d. 25. nov. 2026:\n1 tablet hver morgen",
        ),
        (
            Period(1, TODAY, TODAY, days=((1, (Dose(None, Decimal(2)),)),)),
            "kun d. 25. nov. 2026:\n2 tabletter hver dag",
        ),
        (
            Period(None, None, None, as_needed=True, any_day=(Dose(None, Decimal("0.5")),)),
            "0,5 tablet efter behov",
        ),
        (
            Period(1, TODAY, date(2027, 5, 3), days=((1, (Dose("08:00:00", Decimal(10)),)),)),
            "fra d. 25. nov. 2026 til d. 3. maj 2027:\n10 tabletter kl. 08:00 - hver dag",
        ),
        (
            Period(1, TODAY, None, True, ((1, (Dose(None, Decimal(1)),)),)),
            "fra d. 25. nov. 2026:\n1 tablet efter behov, højst 1 gang dagligt",
        ),
        (
            Period(1, TODAY, None, True, ((1, (Dose("evening", Decimal(1), Decimal(2)),)),)),
            "fra d. 25. nov. 2026:\n1-2 tabletter hver aften efter behov",
        ),
    ],
)
def test_texts_are_worded_as_the_card_service_words_them(period: Period, text: str) -> None:
    plan = Dosage((period,), singular="tablet", plural="tabletter")
    said = texts.long_text(plan)
    assert said in (f"Dosering {text}", f"Dosering:\n{text}")
    assert (
        texts.long_text(replace(plan, periods=(period, period)), None, "med vand")
        == f"{said}\n{said}\nBemærk: med vand"
    )
