"""The demo's medication cards: every kind of dosage, worded as the card service words it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from app.gateways.demo import texts, today
from app.medication import rules
from app.medication.card import Medication
from app.medication.rules import Dosage, Dose, Period
from tests.gateways.demo.told import NOWS, TODAY, all_medications, card_of, doses, medication


def test_no_medication_is_newer_than_its_card() -> None:
    assert all((each.version or 0) < (card_of("karen").version or 0) for each in all_medications())


def test_the_card_has_every_kind_of_dosage() -> None:
    kinds = {each.text.kind for each in card_of("karen").medications}
    assert {"fixed", "as_needed", "combined", "free_text", "schema"} <= kinds


def test_the_card_has_doses_by_the_time_of_day_by_the_clock_and_plain_ones() -> None:
    assert [dose.time for dose in doses("Paracetamol")] == ["morning", "noon", "evening", "night"]
    assert [dose.time for dose in doses("Budesonid/formoterol")] == ["08:00:00", "20:00:00"]
    assert [dose.time for dose in doses("Carmellose")] == [None, None, None]


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
    for before, after in pairwise(steps):
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
def test_the_plan_of_today_leaves_out_what_is_paused_discontinued_or_ended(now: datetime) -> None:
    on = today.of(now).on
    planned = {
        each.name: rules.plan(each.id, "", each.plan, each.course, on) for each in card_of("karen", now).medications
    }
    assert [len(planned[name].doses) for name in ("Atorvastatin", "Ramipril", "Amoxicillin")] == [0, 0, 0]
    assert [dose.quantity for dose in planned["Prednisolon"].doses] == [3]
    assert len(planned["Alendronat"].doses) == (on.weekday() == 0)
    assert [dose.slot for dose in planned["Budesonid/formoterol"].doses] == ["08:00", "20:00"]
    assert [(dose.slot, dose.as_needed) for dose in planned["Furosemid"].doses] == [("morning", False), ("noon", True)]
    assert {each.reason for plan in planned.values() for each in plan.unplanned} >= {"free_text", "schema"}


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
        for one in (*period.any_day, *(dose for _, of_day in period.days for dose in of_day)):
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
