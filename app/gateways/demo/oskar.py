"""Oskar's card: something against asthma every day, something before football, and a tablet in the pollen season."""

from datetime import date

from app.gateways.demo import building, texts
from app.gateways.demo.building import daily, dose, in_unit, whenever
from app.gateways.demo.today import Today
from app.medication.card import CardAnswer, DosageText, Medication, Prescription
from app.medication.rules import Course

CLINIC = "Østbyens Hospital, Børne- og Ungeambulatoriet"
PAEDIATRICIAN = "Sofie Brinch"


def card(day: Today) -> CardAnswer:
    """His whole card on that day."""
    prescriptions = (
        Prescription("91030001", "90030001", "open", day.plus(190), "200 doser", 2),
        Prescription("91030002", "90030002", "open", day.plus(190), "200 doser", 1),
    )
    return building.card(day, (_budesonide(day), _terbutaline(day), _cetirizine(day)), prescriptions)


def _budesonide(day: Today) -> Medication:
    start = date(2025, 9, 1)
    plan = in_unit(building.PUFF, daily(start, dose("1", "morning"), dose("1", "evening")))
    return Medication(
        id="90030001",
        version=day.medication_version,
        name="Budesonid",
        active_substance="Budesonid",
        atc="R03BA02",
        form="inhalationspulver",
        strength="200 mikrogram/dosis",
        route="Inhalation",
        indication="forebyggende mod astma",
        text=DosageText("fixed", "1 pust morgen og aften", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=PAEDIATRICIAN,
        organisation=CLINIC,
        changed_at="2025-09-01T11:36:22Z",
    )


def _terbutaline(day: Today) -> Medication:
    start = date(2025, 9, 1)
    plan = in_unit(building.PUFF, whenever(start, dose("1")))
    short = "1 pust efter behov.\nBemærk: før sport"
    return Medication(
        id="90030002",
        version=day.medication_version,
        name="Terbutalin",
        active_substance="Terbutalin",
        atc="R03AC03",
        form="inhalationspulver",
        strength="0,5 mg/dosis",
        route="Inhalation",
        indication="mod astma",
        text=DosageText("as_needed", short, texts.long_text(plan, "før sport")),
        plan=plan,
        course=Course(start),
        prescriber=PAEDIATRICIAN,
        organisation=CLINIC,
        changed_at="2025-09-01T11:38:05Z",
    )


def _cetirizine(day: Today) -> Medication:
    start, end = day.plus(-30), day.plus(60)
    plan = in_unit(building.TABLET, daily(start, dose("1"), end=end))
    return Medication(
        id="90030003",
        version=day.medication_version,
        name="Cetirizin",
        active_substance="Cetirizin",
        atc="R06AE07",
        form="filmovertrukne tabletter",
        strength="10 mg",
        route="Oral anvendelse",
        indication="mod allergi",
        text=DosageText("fixed", "1 tablet daglig", texts.long_text(plan)),
        plan=plan,
        course=Course(start, end),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at=f"{start.isoformat()}T07:49:33Z",
    )
