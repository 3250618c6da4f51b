"""The dose plan and the status: what the structured dosage gives on a date."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.medication import rules
from app.medication.rules import Course, Dosage, Dose, Pause, Period
from tests.medication import plans
from tests.medication.plans import one_dose

START = date(2026, 3, 1)
ALWAYS = Course()


def planned(dosage: Dosage, on: date, course: Course = ALWAYS) -> rules.Plan:
    return rules.plan("7", "Prøve", dosage, course, on)


def reasons(dosage: Dosage, on: date = START) -> list[str]:
    return [each.reason for each in planned(dosage, on).unplanned]


def after(days: int) -> date:
    return START + timedelta(days)


@pytest.mark.parametrize(
    ("course", "status"),
    [
        (Course(), "active"),
        (Course(end=START), "active"),
        (Course(end=after(-1)), "ended"),
        (Course(start=after(9)), "active"),
        (Course(discontinued_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC)), "discontinued"),
        (Course(discontinued_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC)), "active"),
        (Course(pause=Pause()), "paused"),
        (Course(pause=Pause(START, START)), "paused"),
        (Course(pause=Pause(after(1))), "active"),
        (Course(pause=Pause(None, after(-1))), "active"),
        (Course(pause=Pause(datetime(2026, 3, 1, 11, tzinfo=UTC))), "paused"),
        (Course(pause=Pause(datetime(2026, 3, 1, 12, tzinfo=UTC))), "active"),
        (Course(pause=Pause(None, datetime(2026, 3, 1, 11, tzinfo=UTC))), "active"),
        (Course(pause=Pause(None, datetime(2026, 3, 1, 12, tzinfo=UTC))), "paused"),
        (Course(end=after(-1), pause=Pause()), "ended"),
        (Course(end=after(-1), discontinued_at=datetime(2026, 1, 1, tzinfo=UTC)), "discontinued"),
    ],
)
def test_the_status_of_a_course(course: Course, status: str) -> None:
    assert rules.status_on(course, START) == status
    if status != "active":
        daily = Dosage((Period(1, None, None, days=((1, (one_dose(),)),)),))
        assert planned(daily, START, course) == rules.Plan()


def test_each_dose_is_an_entry_with_an_ordinal_in_its_slot() -> None:
    of_day = (one_dose(), one_dose("morning"), one_dose(), one_dose("08:30:00"))
    plan = planned(Dosage((Period(1, START, None, days=((1, of_day),)),)), START)
    assert [(each.slot, each.ordinal) for each in plan.doses] == [("any", 1), ("morning", 1), ("any", 2), ("08:30", 1)]


def test_fixed_and_as_needed_doses_of_a_slot_are_counted_together() -> None:
    period = Period(1, START, None, days=((1, (one_dose("evening"),)),))
    plan = planned(Dosage((period, replace(period, as_needed=True))), START)
    assert [(each.ordinal, each.as_needed) for each in plan.doses] == [(1, False), (2, True)]


def test_a_clock_time_with_a_zone_is_shown_in_copenhagen() -> None:
    dosage = Dosage((Period(1, None, None, days=((1, (one_dose("10:00:00Z"),)),)),))
    assert planned(dosage, date(2026, 1, 5)).doses[0].slot == "11:00"
    assert planned(dosage, date(2026, 7, 5)).doses[0].slot == "12:00"
    assert rules._slot("24:00:00", START) == "00:00"


def test_a_weekly_dose_falls_on_its_day_only() -> None:
    dosage = Dosage((Period(7, START, None, days=((3, (one_dose(),)),)),))
    assert [n for n in range(21) if planned(dosage, after(n)).doses] == [2, 9, 16]


def test_what_is_not_iterated_comes_once() -> None:
    dosage = Dosage((Period(None, START, None, days=((1, (one_dose(),)), (4, (one_dose(),)))),))
    assert [n for n in range(-3, 40) if planned(dosage, after(n)).doses] == [0, 3]


def test_a_day_beyond_the_interval_is_never_reached() -> None:
    dosage = Dosage((Period(2, START, None, days=((3, (one_dose(),)),)),))
    assert not any(planned(dosage, after(n)).doses for n in range(10))


def test_doses_of_any_day_are_planned_only_where_the_day_is_certain() -> None:
    any_day = (one_dose(),)
    assert planned(Dosage((Period(7, START, None, True, any_day=any_day),)), after(5)).doses
    assert planned(Dosage((Period(1, START, None, any_day=any_day),)), after(5)).doses
    assert planned(Dosage((Period(None, START, START, any_day=any_day),)), START).doses
    assert reasons(Dosage((Period(7, START, None, any_day=any_day),))) == ["day_not_given"]
    assert reasons(Dosage((Period(None, START, None, any_day=any_day),))) == ["day_not_given"]


def test_days_cannot_be_counted_from_a_start_that_is_not_told() -> None:
    assert reasons(Dosage((Period(7, None, None, days=((1, (one_dose(),)),)),))) == ["start_not_given"]
    assert planned(Dosage((Period(1, None, None, days=((1, (one_dose(),)),)),)), START).doses


def test_free_text_and_schema_are_unplanned_while_in_force() -> None:
    for kind in ("free_text", "schema"):
        dosage = Dosage(unplanned=kind, start=START, end=after(1))
        assert [reasons(dosage, after(n)) for n in (-1, 0, 1, 2)] == [[], [kind], [kind], []]


def test_a_medication_without_dosage_says_so_and_a_break_gives_nothing() -> None:
    assert reasons(Dosage()) == ["no_dosage"]
    assert planned(Dosage((Period(None, START, None),)), START) == rules.Plan()


def test_the_unit_goes_with_the_amount() -> None:
    dosage = Dosage(singular="tablet", plural="tabletter")
    assert rules._unit(dosage, one_dose(quantity="1.0")) == "tablet"
    assert rules._unit(dosage, one_dose(quantity="0.5")) == "tabletter"
    assert rules._unit(dosage, Dose(None, Decimal(1), Decimal(2))) == "tabletter"
    assert rules._unit(replace(dosage, unit="ml"), one_dose()) == "ml"


def test_a_dose_of_nothing_is_kept() -> None:
    dosage = Dosage((Period(1, START, None, days=((1, (one_dose(quantity="0"),)),)),))
    assert planned(dosage, START).doses[0].quantity == 0


def test_the_last_day_is_told_only_when_every_part_has_one() -> None:
    assert rules.last_day(Dosage((Period(1, START, START), Period(1, START, after(3))))) == after(3)
    assert rules.last_day(Dosage((Period(1, START, START), Period(1, START, None)))) is None
    assert rules.last_day(Dosage()) is None
    assert rules.last_day(Dosage(unplanned="schema", end=START)) == START


@given(plans.periods(), st.integers(1, 365), plans.DAYS, st.integers(0, 1000))
def test_shifting_by_the_interval_repeats_the_plan(period: Period, interval: int, start: date, passed: int) -> None:
    on = start + timedelta(passed)
    # Clock times with a zone move with summer time, which no interval can repeat.
    still = tuple((n, tuple(replace(d, time=None) for d in of_day)) for n, of_day in period.days)
    dosage = Dosage((replace(period, interval=interval, start=start, end=None, days=still, any_day=()),))
    assert planned(dosage, on) == planned(dosage, on + timedelta(interval))


@given(plans.DOSAGES, plans.COURSES, plans.DAYS)
def test_nothing_is_planned_outside_dosage_and_treatment(dosage: Dosage, course: Course, on: date) -> None:
    plan = planned(dosage, on, course)
    is_within = (course.start is None or course.start <= on) and (course.end is None or on <= course.end)
    in_force = [p for p in dosage.periods if (p.start is None or p.start <= on) and (p.end is None or on <= p.end)]
    if not is_within or rules.status_on(course, on) != "active":
        assert plan == rules.Plan()
    elif dosage.unplanned is not None or not in_force:
        assert plan.doses == ()


@given(plans.DOSAGES, plans.DAYS)
def test_ordinals_are_unique_and_dense(dosage: Dosage, on: date) -> None:
    ordinals: dict[str, list[int]] = {}
    for each in planned(dosage, on).doses:
        ordinals.setdefault(each.slot, []).append(each.ordinal)
    assert all(found == list(range(1, len(found) + 1)) for found in ordinals.values())


@given(plans.DOSAGES, plans.DAYS)
def test_the_order_of_periods_does_not_change_what_is_planned(dosage: Dosage, on: date) -> None:
    turned = replace(dosage, periods=tuple(reversed(dosage.periods)))
    first, second = planned(dosage, on), planned(turned, on)
    assert Counter(replace(each, ordinal=0) for each in first.doses) == Counter(
        replace(each, ordinal=0) for each in second.doses
    )
    assert set(first.unplanned) == set(second.unplanned)


@settings(deadline=None)
@given(plans.periods(), plans.DAYS)
def test_a_whole_interval_holds_every_dose_once(period: Period, start: date) -> None:
    dosage = Dosage((replace(period, interval=period.interval or 30, start=start, end=None, any_day=()),))
    found = [
        (d.quantity, d.quantity_max)
        for n in range(period.interval or 30)
        for d in planned(dosage, start + timedelta(n)).doses
    ]
    told = [(d.quantity, d.quantity_max) for _, of_day in period.days for d in of_day]
    assert Counter(found) == Counter(told)
