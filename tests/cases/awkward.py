"""Everything that sources rarely say of one citizen, so that whoever reads it again has to read it right."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from app.appointments import service as appointments
from app.appointments.appointment import Appointment, Course, Place
from app.grant import Grant
from app.medication import rules, shelf
from app.medication.card import DosageText, Medication, Prescription
from app.records import service as records
from app.records.item import Put

D = Decimal
LARGE = 1775566805133001001


def dose(time: str | None, quantity: str = "1", most: str | None = None) -> rules.Dose:
    return rules.Dose(time, D(quantity), None if most is None else D(most))


def daily(*doses: rules.Dose, **when: Any) -> rules.Period:
    return rules.Period(1, when.get("start"), when.get("end"), when.get("as_needed", False), ((1, doses),))


def medication(identifier: str, plan: rules.Dosage | None = None, **values: Any) -> Medication:
    course = values.pop("course", rules.Course(start=date(2026, 1, 1)))
    return Medication(
        identifier,
        version=values.pop("version", 1),
        name=values.pop("name", f"Præparat {identifier}"),
        text=DosageText("fixed", "1 tablet", None),
        plan=plan or rules.Dosage(periods=(daily(dose("morning")),), unit="tablet"),
        course=course,
        **values,
    )


MEDICATIONS = [
    medication(
        "three",
        rules.Dosage((daily(dose(None), dose(None), dose(None, "0.5")),), singular="tablet", plural="tabletter"),
    ),
    medication(
        "clock",
        rules.Dosage(
            (daily(dose("08:30:00"), dose("24:00:00"), dose("07:00:00Z"), dose("23:15:00.5+02:00")),), unit="mL"
        ),
    ),
    medication("range", rules.Dosage((daily(dose("noon", "1", "2")),), singular="pust", plural="pust")),
    medication(
        "third",
        rules.Dosage(
            (rules.Period(3, date(2026, 3, 28), None, False, ((1, (dose("evening"),)), (3, (dose("night"),)))),)
        ),
    ),
    medication(
        "once",
        rules.Dosage((rules.Period(None, date(2026, 10, 24), date(2026, 10, 26), False, ((2, (dose("morning"),)),)),)),
    ),
    medication("unsaid", rules.Dosage((rules.Period(2, None, None, False, ((1, (dose("morning"),)),)),))),
    medication("anyday", rules.Dosage((rules.Period(7, date(2026, 1, 1), None, False, (), (dose("morning"),)),))),
    medication(
        "needed",
        rules.Dosage((rules.Period(None, date(2026, 1, 1), None, True, (), (dose(None, "1", "2"),)),), unit="stk"),
    ),
    medication("words", rules.Dosage(unplanned=rules.FREE_TEXT, start=date(2026, 10, 25))),
    medication("schema", rules.Dosage(unplanned=rules.SCHEMA, end=date(2026, 3, 29))),
    medication("none", rules.Dosage()),
    medication(
        "break",
        rules.Dosage((daily(dose("morning"), end=date(2026, 3, 29)), rules.Period(None, date(2026, 3, 30), None))),
    ),
    medication(
        "paused", course=rules.Course(date(2026, 1, 1), None, rules.Pause(date(2026, 3, 29), date(2026, 10, 25)))
    ),
    medication(
        "instants",
        course=rules.Course(
            date(2026, 1, 1),
            None,
            rules.Pause(datetime(2026, 3, 29, 10, tzinfo=UTC), datetime(2026, 10, 25, 11, 0, 1, tzinfo=UTC)),
        ),
    ),
    medication("stopped", course=rules.Course(date(2026, 1, 1), None, None, datetime(2026, 3, 28, 23, 30, tzinfo=UTC))),
    medication("ended", course=rules.Course(date(2026, 1, 1), date(2026, 10, 25))),
    medication("future", course=rules.Course(date(2027, 1, 1))),
    medication("newer", version=LARGE + 1),
    medication("older", version=LARGE - 1),
    Medication("hidden", version=2, private=True),
    medication("nameless", name=None),
]

ON_CARD = [each.id for each in MEDICATIONS if each.id not in ("newer", "older")]

PRESCRIPTIONS = [
    Prescription("p1", "three", "open", date(2027, 1, 1), "100 stk.", 3),
    Prescription("p2", "three", "closed"),
    Prescription("p3", None, "open", None, None, None, "Løs", "tabletter", "5 mg", "mod noget"),
    Prescription("p4", "hidden", "open"),
    Prescription("p5", "older", "expired", name="Ældre"),
    Prescription("p6", private=True),
]

APPOINTMENTS = [
    Appointment(
        "late",
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        "region",
        title="Ved klokkens skift",
        course=Course(("a", "b"), None),
        place=Place("Sted", "Vej 1", "70", "123"),
    ),
    Appointment("early", datetime(2026, 3, 29, 1, 30, tzinfo=UTC), None, course=Course(("b", "c"), "Forløb")),
    Appointment(
        "linked", datetime(2026, 5, 1, 8, tzinfo=UTC), None, "municipality", course=Course(("c",), "Andet ord")
    ),
    # A microsecond apart, the later one told first.
    Appointment("after", datetime(2026, 5, 2, 8, 0, 0, 2, tzinfo=UTC), None),
    Appointment("before", datetime(2026, 5, 2, 8, 0, 0, 1, tzinfo=UTC), None),
    Appointment(
        "alone",
        datetime(2026, 5, 1, 8, tzinfo=UTC),
        None,
        "practitioner",
        guiding_time=True,
        course=Course(("z",), "Ene"),
    ),
    Appointment(
        "undated",
        None,
        None,
        status="pending",
        series="s",
        video_url="https://video.example",
        preparation="Fast.",
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
    ),
]


def put_in(session: Any, grant: Grant, at: datetime) -> None:
    """Put all of it onto the citizen's shelf; ``grant`` is for record:import."""
    listing = shelf.Listing(
        "fmk",
        LARGE,
        "2026-03-01T08:00:00Z",
        True,
        tuple(ON_CARD),
        tuple(each.id for each in MEDICATIONS),
        tuple(each.id for each in PRESCRIPTIONS),
    )
    other = shelf.Listing("fhir", seen=("foreign",), prescriptions=())
    changes = [
        *(shelf.put_medication("fmk", each) for each in MEDICATIONS),
        *(shelf.put_prescription("fmk", each) for each in PRESCRIPTIONS),
        shelf.put_medication("fhir", medication("foreign", version=None)),
        shelf.put_listing(other),
        shelf.put_listing(listing),
        # What an edition of the app once wrote counts for as long as it can be said.
        *(Put("preference", each, "self", {"field": each, "value": 90}) for each in ("window", "snooze", "dreams")),
    ]
    records.write(session, grant, changes, at)
    appointments.record_appointments(session, grant, "apd", APPOINTMENTS, at)
