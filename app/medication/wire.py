"""The card and the dose plan as the JSON of the contract."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app import clock
from app.medication import rules
from app.medication.card import Prescription
from app.medication.mark_rules import Mark
from app.medication.renewals import Renewal
from app.medication.service import DosePlan, MedicationCard, ShownMedication
from app.records import wire as records_wire


def card(read: MedicationCard) -> dict[str, Any]:
    """The `card` answer. ``is_invalid`` and ``not_fetched_since`` are there only when there is something to say."""
    wire: dict[str, Any] = {
        "citizen": {
            "cpr": read.person.numbers[0].value if read.person.numbers else None,
            "name": read.person.name,
            "born": _date(read.person.born),
        },
        "version": read.version,
        "as_of": read.as_of,
        "fetched_at": read.fetched_at,
        "source": read.source,
        "private_count": read.private_count,
        "medications": [_medication(each) for each in read.medications],
        "off_card": [_medication(each) for each in read.off_card],
        "prescriptions_off_card": [_prescription_off_card(each) for each in read.prescriptions_off_card],
    }
    if read.is_invalid:
        wire["is_invalid"] = True
    if read.failing_since:
        wire["not_fetched_since"] = read.failing_since
    return wire


def shown(read: MedicationCard, takers: Collection[str]) -> dict[str, Any]:
    """The same for the app, each medication with its ``key`` and whether its source takes a wish for renewal."""
    wire = card(read)
    for name, listed in (("medications", read.medications), ("off_card", read.off_card)):
        for each, medication in zip(wire[name], listed, strict=True):
            each["key"] = medication.key
            each["takes_renewal"] = (
                name == "medications" and medication.source in takers and medication.status in ("active", "paused")
            )
    return wire


def dose_plan(plan: DosePlan) -> dict[str, Any]:
    """The `dose-plan` answer."""
    return {
        "date": plan.date.isoformat(),
        "doses": [
            {
                "medication_id": dose.medication_id,
                "name": dose.name,
                "slot": dose.slot,
                "ordinal": dose.ordinal,
                "quantity": number(dose.quantity),
                "quantity_max": None if dose.quantity_max is None else number(dose.quantity_max),
                "unit": dose.unit,
                "as_needed": dose.as_needed,
            }
            for dose in plan.doses
        ],
        "unplanned": [{"medication_id": each.medication_id, "reason": each.reason} for each in plan.unplanned],
    }


def renewals(read: Sequence[Renewal]) -> dict[str, Any]:
    """The `renewals` answer: which medication was asked for, and how far it has come."""
    return {
        "renewals": [
            {
                "message_id": each.message_id,
                "medication_key": each.medication_key,
                "note": each.note,
                "made_at": clock.copenhagen_text(each.made_at),
                "delivery": records_wire.delivery(each.delivery),
            }
            for each in read
        ]
    }


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number: whole ones without a decimal point."""
    return int(value) if value == value.to_integral_value() else float(value)


def _medication(shown: ShownMedication) -> dict[str, Any]:
    medication = shown.medication
    return {
        "id": medication.id,
        "name": medication.name,
        "active_substance": medication.active_substance,
        "atc": medication.atc,
        "form": medication.form,
        "strength": medication.strength,
        "route": medication.route,
        "indication": medication.indication,
        "dosage": {
            "kind": medication.text.kind,
            "short": medication.text.short,
            "long": medication.text.long,
            "end_inclusive": _date(rules.last_day(medication.plan)),
        },
        "treatment_start": _date(medication.course.start),
        "treatment_end": _date(medication.course.end),
        "status": shown.status,
        "kind": medication.kind,
        "prescriber": medication.prescriber,
        "organisation": medication.organisation,
        "changed_at": medication.changed_at,
        "prescriptions": [_prescription(each) for each in shown.prescriptions],
    }


def _prescription(prescription: Prescription) -> dict[str, Any]:
    return {
        "id": prescription.id,
        "status": prescription.status,
        "valid_to": _date(prescription.valid_to),
        "package": prescription.package,
        "dispensings_left": prescription.dispensings_left,
    }


def _prescription_off_card(prescription: Prescription) -> dict[str, Any]:
    return {
        **_prescription(prescription),
        "name": prescription.name,
        "form": prescription.form,
        "strength": prescription.strength,
        "indication": prescription.indication,
    }


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def marks(read: Sequence[Mark], asker_id: str) -> dict[str, Any]:
    """The `marks` answer; ``by`` is self for who asks, or other: who that was stands in the log."""
    return {
        "marks": [
            {
                "key": each.key,
                "medication": each.slot.medication,
                "date": each.slot.day.isoformat(),
                "slot": each.slot.slot,
                "ordinal": each.slot.ordinal,
                "said": each.said,
                "at": clock.copenhagen_text(each.at) if each.at else None,
                "quantity": each.amount.quantity if each.amount else None,
                "unit": each.amount.unit if each.amount else None,
                "by": "self" if each.by == asker_id else "other",
                "made_at": clock.copenhagen_text(each.made_at),
                "undone": each.is_undone,
            }
            for each in read
        ]
    }
