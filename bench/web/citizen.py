"""A citizen with a very long card: one of the demo's people, given 500 medications through the project's own intake."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from app import clock, config, factory
from app.gateways import demo, intake
from app.gateways.facts import CitizenFacts, Facts
from app.grant import Actor
from app.identity.person import Person
from app.medication import rules
from app.medication.card import CardAnswer, DosageText, Medication, Prescription

MEDICATIONS = 500
PERSON = next(each for each in demo.PEOPLE if each.id == "line")

# Later than any card that the demo itself has.
VERSION = 9 * 10**18


def put_in(settings: Mapping[str, str]) -> None:
    """Make the demo of these settings, and give the person her card."""
    now = clock.now()
    parts = factory.open_parts(config.from_environ(settings), now)
    try:
        actor = Actor("operator:bench", "operator")
        for facts in [*demo.facts(now), _long_card(clock.civil_date(now))]:
            with parts.database.transaction() as session:
                intake.record(session, actor, facts, "record:import", now)
    finally:
        parts.database.close()


def _long_card(today: date) -> Facts:
    medications = tuple(_medication(number, today) for number in range(MEDICATIONS))
    prescriptions = tuple(
        Prescription(f"r{number}", f"m{number}", "open", today.replace(year=today.year + 1), "100 stk.", 3)
        for number in range(MEDICATIONS)
    )
    card = CardAnswer(VERSION, f"{today}T06:00:00Z", False, medications, prescriptions)
    return Facts("fmk", (CitizenFacts(Person((PERSON.number,), name=PERSON.name), card),))


def _medication(number: int, today: date) -> Medication:
    dose = rules.Dose(("morning", "noon", "evening", "night")[number % 4], Decimal(1))
    period = rules.Period(1, today, None, days=((1, (dose,)),))
    return Medication(
        id=f"m{number}",
        version=1,
        name=f"Opdigtet lægemiddel {number}",
        active_substance=f"Opdigtet stof {number}",
        form="filmovertrukne tabletter",
        strength=f"{number + 1} mg",
        indication="mod det, der står på recepten",
        text=DosageText("fixed", None, f"Dosering fra d. {today:%d.%m.%Y}:\n1 tablet hver dag"),
        plan=rules.Dosage((period,), singular="tablet", plural="tabletter"),
        course=rules.Course(today),
        prescriber="Anne Vestergaard",
        organisation="Lægerne Bakkegade",
    )
