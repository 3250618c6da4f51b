"""Dosages, courses and whole medications for properties."""

from datetime import UTC, date
from decimal import Decimal

from hypothesis import strategies as st

from app.medication import rules
from app.medication.card import DosageText, Medication, Prescription

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
AMOUNTS = st.decimals(0, 1000, places=2)
TIMES = st.sampled_from([None, "morning", "noon", "evening", "night", "08:00:00", "23:30:00Z"])
TEXTS = st.none() | st.text(max_size=12)


@st.composite
def doses(draw: st.DrawFn) -> rules.Dose:
    least = draw(AMOUNTS)
    return rules.Dose(draw(TIMES), least, draw(st.none() | AMOUNTS.map(lambda more: least + more)))


SEVERAL_DOSES = st.lists(doses(), min_size=1, max_size=4).map(tuple)


@st.composite
def periods(draw: st.DrawFn) -> rules.Period:
    interval = draw(st.none() | st.integers(1, 30))
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS.filter(lambda day: start is None or day >= start))
    days = draw(st.lists(st.tuples(st.integers(1, interval or 30), SEVERAL_DOSES), max_size=5).map(tuple))
    return rules.Period(interval, start, end, draw(st.booleans()), days, draw(st.just(()) | SEVERAL_DOSES))


DOSAGES = st.builds(
    rules.Dosage,
    periods=st.lists(periods(), max_size=4).map(tuple),
    unit=TEXTS,
    singular=TEXTS,
    plural=TEXTS,
    unplanned=st.sampled_from([None, None, "free_text", "schema"]),
    start=st.none() | DAYS,
    end=st.none() | DAYS,
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
COURSES = st.builds(
    rules.Course,
    start=st.none() | DAYS,
    end=st.none() | DAYS,
    pause=st.none() | st.builds(rules.Pause, st.none() | DAYS | INSTANTS, st.none() | DAYS | INSTANTS),
    discontinued_at=st.none() | INSTANTS,
)
MEDICATIONS = st.builds(
    Medication,
    id=st.text(min_size=1),
    version=st.none() | st.integers(1, 2**63 - 1),
    private=st.booleans(),
    name=TEXTS,
    strength=TEXTS,
    text=st.builds(DosageText, short=TEXTS, long=TEXTS),
    plan=DOSAGES,
    course=COURSES,
)
PRESCRIPTIONS = st.builds(
    Prescription, id=st.text(min_size=1), medication_id=TEXTS, valid_to=st.none() | DAYS, package=TEXTS
)


def one_dose(time: str | None = None, quantity: str = "1") -> rules.Dose:
    return rules.Dose(time, Decimal(quantity))
