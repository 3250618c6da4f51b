"""Does anything of a citizen stand in clear, at rest?"""

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.appointments.appointment import Appointment, Place
from app.consent.consent import ImportedConsent
from app.gateways.facts import CitizenFacts, Facts
from app.grant import Actor
from app.identity import citizens
from app.identity.person import Number, Person, Relation
from app.medication import rules
from app.medication.card import CardAnswer, DosageText, Medication, Prescription
from app.notes import service as notes
from app.notes.service import Note
from tests.appointments.visits import answer, listed, visit
from tests.conftest import NOW
from tests.house import House, house_in
from tests.postgresql import Cluster

CANARIES = (
    "1501701234",
    "0202601234",
    "KANARIENAVN",
    "KANARIEMIDDEL",
    "KANARIESTOF",
    "KANARIEDOSIS",
    "KANARIEGRUND",
    "KANARIESTED",
    "KANARIESAMTYKKE",
    "KANARIESLAEGT",
    "KANARIERECEPT",
    "KANARIEADRESSE",
    "KANARIEID",
    "KANARIENOTE",
    "KANARIEOENSKE",
)


def facts() -> Facts:
    medication = Medication(
        id="KANARIEID",
        version=7,
        name="KANARIEMIDDEL",
        active_substance="KANARIESTOF",
        indication="KANARIEGRUND",
        text=DosageText("fixed", None, "KANARIEDOSIS"),
        plan=rules.Dosage(
            (rules.Period(1, date(2026, 1, 1), None, days=((1, (rules.Dose("morning", Decimal(1)),)),)),), unit="stk"
        ),
        course=rules.Course(date(2026, 1, 1)),
    )
    person = Person((Number("1501701234", "cpr"),), name="KANARIENAVN", details=(("address", ["KANARIEADRESSE"]),))
    return Facts(
        "fmk",
        (
            CitizenFacts(
                person,
                CardAnswer(9, "2026-01-01T00:00:00Z", False, (medication,), (Prescription("1", name="KANARIERECEPT"),)),
                (Appointment("1", None, None, place=Place("KANARIESTED")),),
                (ImportedConsent("1", "active", category="KANARIESAMTYKKE"),),
                (Relation("1", (Number("0202601234", "cpr"),), name="KANARIESLAEGT"),),
            ),
        ),
    )


def write_something(house: House) -> None:
    """What a citizen writes: a note, and an answer to an appointment."""
    house.record(Facts("fhir", (CitizenFacts(facts().citizens[0].person, appointments=(visit(house),)),)))
    with house.database.reading() as session:
        citizen_id = citizens.find(session, Number("1501701234", "cpr")) or ""
    with house.open(citizen_id, "notes:write", Actor(citizen_id, "citizen")) as (session, grant):
        notes.record_note(session, grant, Note("n", "medication", "k", "note", "KANARIENOTE"), house.at)
    seen = next(each for each in listed(house, citizen_id) if each.source == "fhir")
    answer(house, citizen_id, "move", wish="KANARIEOENSKE", key=seen.key, version=seen.version)


def search(data: bytes) -> list[str]:
    return [each for each in CANARIES if each.encode() in data or each.encode("utf-16-le") in data]


def test_the_database_file_and_its_log_hold_nothing_in_clear(light_house: House, tmp_path: Path) -> None:
    light_house.record(facts())
    changed = facts()
    light_house.wait(days=1)
    light_house.record(changed)
    write_something(light_house)

    folder = tmp_path
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.name: search(path.read_bytes()) for path in files}

    assert any(name.endswith("-wal") for name in found), "the WAL must be among what was searched"
    assert {name: hits for name, hits in found.items() if hits} == {}


@pytest.mark.postgresql
def test_a_dump_of_postgresql_holds_nothing_in_clear(cluster: Cluster, postgresql_url: str, tmp_path: Path) -> None:
    with house_in(tmp_path / "data", postgresql_url, NOW) as house:
        house.record(facts())
        write_something(house)
    command = [cluster.program("pg_dump"), "--dbname", postgresql_url, "--inserts"]

    dump = subprocess.run(command, check=True, capture_output=True).stdout

    assert b"CREATE TABLE public.item" in dump
    clear = dump + b"".join(bytes.fromhex(part.decode()) for part in _hex_parts(dump))
    assert search(clear) == []


def _hex_parts(dump: bytes) -> list[bytes]:
    return [piece.partition(b"'")[0] for piece in dump.split(b"'\\x")[1:]]
