"""The rest of Karen's card: in words, by schema, mixed for her, chosen by her, paused, discontinued, ended, private."""

from datetime import date

from app.gateways.demo import building, texts, today
from app.gateways.demo.building import daily, dose, in_unit
from app.gateways.demo.today import Today
from app.medication.card import DosageText, Medication
from app.medication.rules import Course, Dosage, Pause


def medications(day: Today) -> tuple[Medication, ...]:
    """Those that have no plain plan today, or that she does not take today."""
    return (
        _insulin(day),
        _warfarin(day),
        _ointment(day),
        _calcium(day),
        _atorvastatin(day),
        _ramipril(day),
        _amoxicillin(day),
        Medication(id="90010017", version=day.medication_version, private=True),
    )


def _insulin(day: Today) -> Medication:
    start = date(2025, 6, 10)
    words = "14-18 enheder ved sengetid efter morgenblodsukker, som aftalt med diabetessygeplejersken"
    text, plan = building.in_words(words, start)
    return Medication(
        id="90010010",
        version=day.medication_version,
        name="Insulin glargin",
        active_substance="Insulin glargin",
        atc="A10AE04",
        form="injektionsvæske, opl., pen",
        strength="100 E/ml",
        route="Subkutan anvendelse",
        indication="mod sukkersyge",
        text=text,
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2025-06-10T10:02:31Z",
    )


def _warfarin(day: Today) -> Medication:
    start = date(2022, 4, 25)
    return Medication(
        id="90010011",
        version=day.medication_version,
        name="Warfarin",
        active_substance="Warfarin",
        atc="B01AA03",
        form="tabletter",
        strength="2,5 mg",
        route="Oral anvendelse",
        indication="forebyggende mod blodpropper",
        text=DosageText("schema", None, "Dosering efter skema i lokalt system"),
        plan=Dosage(unplanned="schema", start=start),
        course=Course(start),
        prescriber="Lise Damborg",
        organisation="Østbyens Hospital, Hjertemedicinsk Ambulatorium",
        changed_at="2022-04-25T13:17:50Z",
    )


def _ointment(day: Today) -> Medication:
    """Mixed at a pharmacy for her, so it has neither ATC code nor strength."""
    start = date(2025, 1, 20)
    plan = in_unit(building.APPLICATION, daily(start, dose("1", "evening")))
    return Medication(
        id="90010012",
        version=day.medication_version,
        name="Salicylsyre 5 % i hvid vaselin (magistrelt lægemiddel)",
        form="salve",
        route="Kutan anvendelse",
        indication="mod hård hud",
        text=DosageText("fixed", "1 påsmøring aften", texts.long_text(plan, "på hælene")),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2025-01-20T09:44:12Z",
    )


def _calcium(day: Today) -> Medication:
    start = date(2025, 3, 1)
    plan = in_unit(building.TABLET, daily(start, dose("1")))
    return Medication(
        id="90010013",
        version=day.medication_version,
        name="Kalk med D-vitamin",
        active_substance="Calcium, komb. med vitamin D og/eller andre midler",
        atc="A12AX",
        form="tyggetabletter",
        strength="400 mg+19 mikrogram",
        route="Oral anvendelse",
        indication="kosttilskud",
        text=DosageText("fixed", "1 tablet daglig", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        kind="citizen_chosen",
        prescriber="Karen Mikkelsen",
        changed_at="2025-03-01T17:26:03Z",
    )


def _atorvastatin(day: Today) -> Medication:
    """Paused since before today, for as long as it takes."""
    start = date(2020, 1, 27)
    plan = in_unit(building.TABLET, daily(start, dose("1", "evening")))
    return Medication(
        id="90010014",
        version=day.medication_version,
        name="Atorvastatin",
        active_substance="Atorvastatin",
        atc="C10AA05",
        form="filmovertrukne tabletter",
        strength="40 mg",
        route="Oral anvendelse",
        indication="mod forhøjet kolesterol",
        text=DosageText("fixed", "1 tablet aften", texts.long_text(plan)),
        plan=plan,
        course=Course(start, pause=Pause(day.plus(-10))),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at=f"{day.plus(-10).isoformat()}T08:20:36Z",
    )


def _ramipril(day: Today) -> Medication:
    """Discontinued three weeks ago because it made her cough."""
    start = date(2021, 9, 14)
    stopped = day.plus(-21)
    plan = in_unit(building.CAPSULE, daily(start, dose("1", "morning")))
    return Medication(
        id="90010015",
        version=day.medication_version,
        name="Ramipril",
        active_substance="Ramipril",
        atc="C09AA05",
        form="hårde kapsler",
        strength="2,5 mg",
        route="Oral anvendelse",
        indication="mod hjertesvigt",
        text=DosageText("fixed", "1 kapsel morgen", texts.long_text(plan)),
        plan=plan,
        course=Course(start, discontinued_at=today.at(stopped, "10:40")),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at=f"{stopped.isoformat()}T08:40:00Z",
    )


def _amoxicillin(day: Today) -> Medication:
    """A course of ten days that has ended."""
    start, end = day.plus(-19), day.plus(-10)
    plan = in_unit(building.TABLET, daily(start, dose("1"), dose("1"), dose("1"), end=end))
    return Medication(
        id="90010016",
        version=day.medication_version,
        name="Amoxicillin",
        active_substance="Amoxicillin",
        atc="J01CA04",
        form="filmovertrukne tabletter",
        strength="750 mg",
        route="Oral anvendelse",
        indication="mod lungebetændelse",
        text=DosageText("fixed", "1 tablet 3 gange daglig", texts.long_text(plan)),
        plan=plan,
        course=Course(start, end),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at=f"{start.isoformat()}T14:11:27Z",
    )
