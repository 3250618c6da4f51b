"""Medications and prescriptions as JSON for sealed storage, and back without loss."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.medication import rules
from app.medication.card import DosageText, Medication, Prescription

Json = dict[str, Any]

_TEXTS = (
    "id",
    "version",
    "private",
    "name",
    "active_substance",
    "atc",
    "form",
    "strength",
    "route",
    "indication",
    "kind",
    "prescriber",
    "organisation",
    "changed_at",
)


def medication_to_json(medication: Medication) -> Json:
    """A medication as JSON: decimals as text, dates and instants as ISO 8601."""
    content: Json = {name: getattr(medication, name) for name in _TEXTS}
    text = medication.text
    content["text"] = {"kind": text.kind, "short": text.short, "long": text.long}
    content["plan"] = _dosage_to_json(medication.plan)
    content["course"] = _course_to_json(medication.course)
    return content


def medication_from_json(content: Mapping[str, Any]) -> Medication:
    """The medication that ``medication_to_json`` wrote."""
    return Medication(
        **{name: content[name] for name in _TEXTS},
        text=DosageText(**content["text"]),
        plan=_dosage_from_json(content["plan"]),
        course=_course_from_json(content["course"]),
    )


def prescription_to_json(prescription: Prescription) -> Json:
    """A prescription as JSON."""
    return {**vars(prescription), "valid_to": _date_to_json(prescription.valid_to)}


def prescription_from_json(content: Mapping[str, Any]) -> Prescription:
    """The prescription that ``prescription_to_json`` wrote."""
    return Prescription(**{**content, "valid_to": _date_from_json(content["valid_to"])})


def _dosage_to_json(dosage: rules.Dosage) -> Json:
    return {
        **vars(dosage),
        "periods": [_period_to_json(period) for period in dosage.periods],
        "start": _date_to_json(dosage.start),
        "end": _date_to_json(dosage.end),
    }


def _dosage_from_json(content: Mapping[str, Any]) -> rules.Dosage:
    values = {
        "periods": tuple(_period_from_json(period) for period in content["periods"]),
        "start": _date_from_json(content["start"]),
        "end": _date_from_json(content["end"]),
    }
    return rules.Dosage(**{**content, **values})


def _period_to_json(period: rules.Period) -> Json:
    return {
        "interval": period.interval,
        "start": _date_to_json(period.start),
        "end": _date_to_json(period.end),
        "as_needed": period.as_needed,
        "days": [[number, [_dose_to_json(dose) for dose in doses]] for number, doses in period.days],
        "any_day": [_dose_to_json(dose) for dose in period.any_day],
    }


def _period_from_json(content: Mapping[str, Any]) -> rules.Period:
    return rules.Period(
        interval=content["interval"],
        start=_date_from_json(content["start"]),
        end=_date_from_json(content["end"]),
        as_needed=content["as_needed"],
        days=tuple((number, tuple(_dose_from_json(dose) for dose in doses)) for number, doses in content["days"]),
        any_day=tuple(_dose_from_json(dose) for dose in content["any_day"]),
    )


def _dose_to_json(dose: rules.Dose) -> Json:
    most = dose.quantity_max
    return {"time": dose.time, "quantity": str(dose.quantity), "quantity_max": None if most is None else str(most)}


def _dose_from_json(content: Mapping[str, Any]) -> rules.Dose:
    most = content["quantity_max"]
    return rules.Dose(content["time"], Decimal(content["quantity"]), None if most is None else Decimal(most))


def _course_to_json(course: rules.Course) -> Json:
    pause = course.pause
    return {
        "start": _date_to_json(course.start),
        "end": _date_to_json(course.end),
        "pause": pause and {"start": _date_to_json(pause.start), "end": _date_to_json(pause.end)},
        "discontinued_at": _date_to_json(course.discontinued_at),
    }


def _course_from_json(content: Mapping[str, Any]) -> rules.Course:
    pause, discontinued_at = content["pause"], content["discontinued_at"]
    return rules.Course(
        start=_date_from_json(content["start"]),
        end=_date_from_json(content["end"]),
        pause=pause and rules.Pause(_either_from_json(pause["start"]), _either_from_json(pause["end"])),
        discontinued_at=datetime.fromisoformat(discontinued_at) if discontinued_at else None,
    )


def _date_to_json(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _date_from_json(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _either_from_json(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
