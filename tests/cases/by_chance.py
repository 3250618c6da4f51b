"""Whole records made by chance: what sources say, in any order, what people wrote, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.appointments import service as appointments
from app.grant import Grant
from app.medication import shelf
from app.medication.card import Prescription
from app.notes import service as notes
from app.notes.service import Note
from app.records import freshness, outgoing
from app.records import service as records
from app.records.item import Put
from app.records.outgoing import Message
from app.records.source import Told
from app.reminders import rules
from tests.cases.chance import FIRST, SOURCES, Chance
from tests.house import House


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
        mark_in(chance, session, grant, known, house.at)
        for place in range(chance.random.randint(0, 4)):
            post(chance, session, grant, place, house.at)
        prefer_in(chance, session, grant, known, house.at)


def prefer_in(chance: Chance, session: Any, grant: Grant, known: Sequence[str], at: datetime) -> None:
    """What the citizen prefers about reminders, among it what an edition of the app once wrote and none knows now."""
    random = chance.random
    said = {
        **{field: usual for field, usual in rules.DEFAULTS.items() if chance.some(0.2)},
        "quiet": chance.one(("none", "22:00-07:00", "22:00", True)),
        "window": chance.one((15, 240, 1000, "60")),
        f"medicine.{chance.one(known)}.remind": chance.some(),
        f"medicine.{random.getrandbits(128):032x}.escalation": chance.one((0, 30, 3)),
        "dreams": True,
    }
    for field in chance.many(sorted(said), 5):
        content = {"field": field, "value": said[field]}
        records.write(session, grant, [Put("preference", field, "self", content)], at)


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


def mark_in(chance: Chance, session: Any, grant: Grant, known: Sequence[str], at: datetime) -> None:
    """What several people said about doses, some of it taken back, also what is not here."""
    keys = ["nobody's"]
    for place in range(chance.random.randint(0, 6)):
        made = {"by": chance.one((grant.citizen_id, "another")), "made_at": (chance.instant(0) or at).isoformat()}
        taken_at = chance.instant()
        said = {
            "medication": chance.one(known),
            "date": (chance.day(0) or FIRST).isoformat(),
            "slot": chance.one(("morning", "any", "08:30")),
            "ordinal": chance.random.randint(1, 3),
            "said": chance.one(("taken", "skipped")),
            "at": taken_at and taken_at.isoformat(),
            "undoes": None,
        }
        is_end = chance.some(0.3)
        content = {**({"undoes": chance.one(keys)} if is_end else said), **made}
        records.write(session, grant, [Put("dose_mark", f"d{place}", "self", content)], at)
        keys.append(records.key_of(session, grant.citizen_id, "dose_mark", f"d{place}"))
