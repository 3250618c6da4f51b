"""Henrik's small card: one tablet a day, and one when he needs it."""

from datetime import date

from app.gateways.demo import building, texts
from app.gateways.demo.building import daily, dose, in_unit
from app.gateways.demo.today import Today
from app.medication.card import CardAnswer, DosageText, Medication, Prescription
from app.medication.rules import Course


def card(day: Today) -> CardAnswer:
    """His whole card on that day."""
    prescriptions = (
        Prescription("91020001", "90020001", "open", day.plus(280), "98 stk.", 2),
        Prescription("91020002", "90020002", "open", day.plus(64), "6 stk.", 1),
    )
    return building.card(day, (_losartan(day), _sumatriptan(day)), prescriptions)


def _losartan(day: Today) -> Medication:
    start = date(2024, 5, 2)
    plan = in_unit(building.TABLET, daily(start, dose("0.5", "morning")))
    return Medication(
        id="90020001",
        version=day.medication_version,
        name="Losartankalium",
        active_substance="Losartan",
        atc="C09CA01",
        form="filmovertrukne tabletter",
        strength="100 mg",
        route="Oral anvendelse",
        indication="mod forhøjet blodtryk",
        text=DosageText("fixed", "0,5 tablet morgen", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2024-05-02T08:05:16Z",
    )


def _sumatriptan(day: Today) -> Medication:
    start = date(2023, 2, 13)
    plan = in_unit(building.TABLET, daily(start, dose("1"), dose("1"), as_needed=True))
    return Medication(
        id="90020002",
        version=day.medication_version,
        name="Sumatriptan",
        active_substance="Sumatriptan",
        atc="N02CC01",
        form="filmovertrukne tabletter",
        strength="50 mg",
        route="Oral anvendelse",
        indication="mod migræne",
        text=DosageText("as_needed", "1 tablet efter behov, højst 2 gange dagligt", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2023-02-13T09:51:40Z",
    )
