"""Records made by chance, the same for the same number: what sources may say in every combination."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from app.appointments import service as appointments
from app.appointments.appointment import Appointment, Course, Place
from app.grant import Grant
from app.medication import rules, shelf
from app.medication.card import DosageText, Medication, Prescription
from app.notes import service as notes
from app.notes.service import Note
from app.records import freshness, outgoing
from app.records import service as records
from app.records.item import Put
from app.records.outgoing import Message
from app.records.source import Told
from tests.house import House

SOURCES = ("fmk", "fhir", "apd", "demo", "elsewhere")
FIRST = date(2025, 6, 1)
TIMES = (None, None, "morning", "noon", "evening", "night", "08:30:00", "24:00:00", "01:30:00Z", "02:15:00.25+02:00")
QUANTITIES = ("1", "1.0", "0.5", "2", "2.50", "0", "1E+1", "0.333", "12345678901234567890")
# Words that a careless reader trips over.
WORDS = (None, "", "Ærø", "a b", "1775566805133001001", "x" * 200, "\u2028", "😀", '"\\', "null")
STATUSES = (None, "booked", "cancelled", "fulfilled", "pending", "noshow")
DAYS = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 11, 25),
    date(2026, 2, 28),
    date(2024, 2, 29),
    date(1900, 1, 1),
    date(9999, 12, 31),
)


class Chance:
    """Draws values; every one is given by the number that it began with."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)

    def some(self, share: float = 0.5) -> bool:
        """True in so many of all cases."""
        return self.random.random() < share

    def one(self, of: Sequence[Any]) -> Any:
        """One of them."""
        return self.random.choice(of)

    def many(self, of: Sequence[Any], most: int) -> list[Any]:
        """Some of them, each once, in any order."""
        return self.random.sample(of, self.random.randint(0, min(most, len(of))))

    def day(self, lacking: float = 0.3) -> date | None:
        """A civil date or none, often one on which a rule turns."""
        if self.some(lacking):
            return None
        return self.one(DAYS) if self.some() else FIRST + timedelta(days=self.random.randint(0, 900))

    def instant(self, lacking: float = 0.3) -> datetime | None:
        """An instant or none, often near midnight, a turn of the clock, or the same as another."""
        day = self.day(lacking)
        if day is None:
            return None
        time = timedelta(minutes=self.one((0, 1, 22 * 60 + 59, 23 * 60, 60, 90, 11 * 60, 10 * 60, 600)))
        at = datetime(min(day.year, 9998), day.month, day.day if day.month != 2 else 28, tzinfo=UTC) + time
        return at + timedelta(microseconds=self.one((0, 0, 1, 999_999, 123_456)))

    def word(self) -> Any:
        """A text or none."""
        return self.one(WORDS)

    def doses(self, least: int = 0) -> tuple[rules.Dose, ...]:
        """Some doses."""
        count = self.random.randint(least, 3)
        return tuple(
            rules.Dose(
                self.one(TIMES),
                Decimal(self.one(QUANTITIES)),
                Decimal(self.one(QUANTITIES)) if self.some(0.2) else None,
            )
            for _ in range(count)
        )

    def dosage(self) -> rules.Dosage:
        """A dosage in structure or without."""
        periods = tuple(self.period() for _ in range(self.random.randint(0, 3)))
        unplanned = self.one((rules.FREE_TEXT, rules.SCHEMA)) if self.some(0.15) else None
        unit = self.one((None, "mL"))
        return rules.Dosage(periods, unit, self.word(), self.word(), unplanned, self.day(), self.day())

    def period(self) -> rules.Period:
        """One structure of it."""
        days = tuple((self.random.randint(1, 7), self.doses()) for _ in range(self.random.randint(0, 3)))
        return rules.Period(
            self.one((None, 1, 1, 2, 3, 7)),
            self.day(),
            self.day(0.6),
            self.some(0.2),
            days,
            self.doses() if self.some(0.3) else (),
        )

    def course(self) -> rules.Course:
        """When a treatment runs, and when it rests."""
        pause = None
        if self.some(0.3):
            pause = rules.Pause(self.day(), self.day()) if self.some() else rules.Pause(self.instant(), self.instant())
        return rules.Course(self.day(), self.day(0.6), pause, self.instant(0.8))

    def medication(self, name: str) -> Medication:
        """One medication, a private one with its number alone."""
        version = self.one((None, 1, 2, 1775566805133001001, 1775566805133001002))
        if self.some(0.15):
            return Medication(name, version, private=True)
        return Medication(
            name,
            version=version,
            name=self.word(),
            active_substance=self.word(),
            atc=self.word(),
            form=self.word(),
            text=DosageText(self.one(("fixed", "as_needed", "free_text", "none")), self.word(), self.word()),
            plan=self.dosage(),
            course=self.course(),
            kind=self.one(("prescribed", "citizen_chosen")),
            prescriber=self.word(),
            changed_at=self.word(),
        )

    def appointment(self, name: str) -> Appointment:
        """One appointment."""
        start = self.instant(0.2)
        return Appointment(
            name,
            start,
            start + timedelta(minutes=self.random.randint(0, 3000)) if start and self.some() else None,
            self.one(("municipality", "region", "practitioner", "other")),
            self.some(),
            self.word(),
            Place(self.word(), self.word(), self.word(), self.one((None, "", "123"))),
            reason=self.word(),
            status=self.one(STATUSES),
            course=Course(tuple(self.many("abcde", 2)), self.word()),
            video_url=self.one((None, "https://video.example/1")),
            as_of=self.instant(),
        )


def put_in(house: House, citizen_id: str, number: int) -> None:
    """Put a record made by chance onto a citizen's shelf, with what they wrote, and how their sources answer."""
    chance = Chance(number)
    with house.open(citizen_id, "record:import") as (session, grant):
        for source in chance.many(SOURCES, 3):
            records.write(session, grant, medication_of(chance, source), house.at)
            put_appointments(chance, session, grant, source, house.at)
        for source in chance.many(SOURCES, 4):
            at = chance.instant(0) or house.at
            (freshness.record_answer if chance.some(0.6) else freshness.record_failure)(session, grant, source, at)
    # What was said once more stands last.
    with house.open(citizen_id, "record:import") as (session, grant):
        standing = records.read(session, grant, shelf.MEDICATION)
        for item in chance.many(standing, 3):
            changed = chance.medication(item.content["id"])
            records.write(session, grant, [shelf.put_medication(item.source, changed)], house.at)
    write_in(chance, house, citizen_id)


def medication_of(chance: Chance, source: str) -> list[Put]:
    """A source's medications, prescriptions and what it lists, in any order."""
    names = [f"m{place}" for place in range(chance.random.randint(0, 6))]
    medications = [chance.medication(name) for name in names]
    prescriptions = [
        Prescription(
            f"p{place}",
            chance.one([None, "gone", *names]),
            chance.one(("open", "closed", None)),
            chance.day(),
            chance.word(),
            chance.one((None, 0, 3)),
            chance.word(),
            private=chance.some(0.15),
        )
        for place in range(chance.random.randint(0, 5))
    ]
    version = chance.one((None, 1, 2, 1775566805133001001))
    listing = shelf.Listing(
        source,
        version,
        chance.word(),
        chance.some(0.2),
        tuple(chance.many(names, 6)) if version is not None else (),
        (*chance.many(names, 6), *(["taken-back"] if chance.some(0.2) else [])),
        (*chance.many([each.id for each in prescriptions], 5), *(["unheard"] if chance.some(0.2) else [])),
    )
    puts = [
        *(shelf.put_medication(source, each) for each in medications),
        *(shelf.put_prescription(source, each) for each in prescriptions),
        shelf.put_listing(listing),
    ]
    chance.random.shuffle(puts)
    return puts


def put_appointments(chance: Chance, session: Any, grant: Grant, source: str, at: datetime) -> None:
    """A source's appointments."""
    made = [chance.appointment(f"a{place}") for place in range(chance.random.randint(0, 5))]
    appointments.record_appointments(session, grant, source, made, at)


def write_in(chance: Chance, house: House, citizen_id: str) -> None:
    """Notes, answers and wishes of the citizen, and what became of them."""
    with house.open(citizen_id, "record:import") as (session, grant):
        known = [item.key for item in records.read(session, grant, shelf.MEDICATION)] or ["none"]
        for place in range(chance.random.randint(0, 5)):
            note = Note(
                f"n{place}", chance.one(("medication", "appointment")), chance.one(known), "note", f"Ord {place}"
            )
            content = notes._to_json(note, note.id, chance.instant(0) or house.at)
            records.write(session, grant, [Put("note", note.id, "self", content)], house.at)
        for place in range(chance.random.randint(0, 4)):
            post(chance, session, grant, place, house.at)


def post(chance: Chance, session: Any, grant: Grant, place: int, at: datetime) -> None:
    """An answer or a wish, and how far it has come."""
    kind: Any = chance.one(("appointment_answer", "renewal"))
    made_at = (chance.instant(0) or at).isoformat()
    said = {"appointment_key": f"k{place}", "version": "00", "said": "coming", "wish": chance.word()}
    wished = {"medication_key": f"k{place}", "note": chance.word()}
    content = {**(said if kind == "appointment_answer" else wished), "made_at": made_at}
    outgoing.post(session, grant, Message(f"x{place}", kind, "fmk", kind, f"fmk/{place % 2}", content), at)
    if chance.some(0.7):
        told = Told(
            chance.one(("sent", "received", "answered", "failed")), chance.one((None, "accepted")), chance.word()
        )
        outgoing.record_told(session, grant, f"x{place}", told, chance.instant(0) or at)
