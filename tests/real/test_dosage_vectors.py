"""Real dosages as structure: what the plan gives over an interval agrees with the daily amount that FMK tells."""

import json
import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.medication import rules

FOLDER = os.environ.get("NAERBLIK_REAL_DATA")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="NAERBLIK_REAL_DATA names no folder of real input")
SLOTS = {"Morning": "morning", "Noon": "noon", "Evening": "evening", "Night": "night", "Plain": None}


def vectors(name: str) -> list[dict[str, Any]]:
    read = json.loads((Path(FOLDER or "") / "dosage" / name).read_text("utf-8"))
    return [each for each in read if "structures" in each["dosage"]]


def amount(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def dose(content: dict[str, Any]) -> rules.Dose:
    kind = content["type"].removesuffix("DoseWrapper")
    time = content["time"] if kind == "Timed" else SLOTS[kind]
    least = amount(content.get("doseQuantity", content.get("minimalDoseQuantity")))
    assert least is not None
    return rules.Dose(time, least, amount(content.get("maximalDoseQuantity")))


def period(content: dict[str, Any]) -> rules.Period:
    days = [(day["dayNumber"], tuple(map(dose, day["allDoses"]))) for day in content["days"]]
    needed = [each["isAccordingToNeed"] for day in content["days"] for each in day["allDoses"]]
    end = content.get("endDate")
    return rules.Period(
        interval=content["iterationInterval"] or None,
        start=date.fromisoformat(content["startDate"]),
        end=date.fromisoformat(end) if end else None,
        as_needed=all(needed),
        days=tuple(day for day in days if day[0] > 0),
        any_day=tuple(each for number, of_day in days if number == 0 for each in of_day),
    )


def doses_on(one: rules.Period, on: date) -> tuple[rules.PlannedDose, ...]:
    return rules.plan("1", "", rules.Dosage((one,)), rules.Course(), on).doses


@pytest.mark.parametrize("name", ["doseringsforslag-dev.json", "fmk146-recorded-dev.json"])
def test_every_real_dosage_is_planned_as_it_is_structured(name: str) -> None:
    found = vectors(name)
    assert found
    for vector in found:
        for one in map(period, vector["dosage"]["structures"]["structures"]):
            assert one.start is not None
            days = [one.start + timedelta(n) for n in range(one.interval or 31)]
            for number, on in enumerate(days, 1):
                told = sum(len(of_day) for day, of_day in one.days if day == number)
                told += len(one.any_day) if one.as_needed else 0
                assert len(doses_on(one, on)) == told
            assert not doses_on(one, one.start - timedelta(1))
            if one.end is not None:
                assert not doses_on(one, one.end + timedelta(1))


def test_the_amount_of_an_interval_agrees_with_the_daily_amount() -> None:
    compared = 0
    for vector in vectors("doseringsforslag-dev.json"):
        daily = vector["expected"]["dailyDosis"].get("value")
        (one,) = map(period, vector["dosage"]["structures"]["structures"])
        if daily is None or one.interval is None or one.start is None:
            continue
        given = [each for n in range(one.interval) for each in doses_on(one, one.start + timedelta(n))]
        assert float(sum(each.quantity for each in given)) == pytest.approx(daily * one.interval, rel=1e-6)
        compared += 1
    assert compared > 50
