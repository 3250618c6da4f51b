"""What the app shows of a citizen, beside the rows of which a device has to make the same.

``python -m tests.cases.make_derive`` writes derive.json, of a citizen of whom everything is said that is rarely said.
"""

import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from app import clock
from app.access import scope as scopes
from app.access import service as access
from app.appointments import answers
from app.appointments import service as appointments
from app.appointments import wire as appointments_wire
from app.consent import giving, own_wire, requests
from app.consent import service as consents
from app.consent import wire as consents_wire
from app.grant import Action, Actor, Grant, Purpose
from app.medication import marks as dose_marks
from app.medication import renewals
from app.medication import service as medication
from app.medication import wire as medication_wire
from app.notes import service as notes
from app.notes import wire as notes_wire
from app.records import heads, marks
from app.records.item import RawRow
from app.reminders import preferences
from app.sync import view
from app.sync.view import Room
from tests.cases import awkward
from tests.device import Json, mark_of
from tests.house import House, house_in

FILE = Path(__file__).parent / "derive.json"
TAKERS = frozenset({"demo", "fmk"})
# Civil dates with each turn of the clock among them.
DAYS = ("2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26", "2026-11-25", "2027-02-28")


def case_of(house: House, citizen_id: str, days: Iterable[str] = DAYS) -> Json:
    """The rows of a citizen's own copy, and what the app makes of them on these days and on the house's own."""
    with house.database.transaction() as session:
        scope = scopes.own(citizen_id, house.at)
        head = heads.lock(session, [citizen_id])[citizen_id]
        part = view.own_part(session, scope, head, 0, Room(100_000, 100_000_000))
        opened = partial(_open, session, Actor(citizen_id, "citizen"), citizen_id, "self", house.at)
        rows = _lines(session, citizen_id, part.rows)
        return {
            **_begun(house, citizen_id, rows, view.sources_of(session, scope, None)),
            **_medication(session, opened("medication:read"), days),
            **_appointments(session, opened("appointments:read")),
            "notes": notes_wire.notes(notes.read_notes(session, opened("notes:read")))["notes"],
            "preferences": preferences.read_preferences(session, opened("preferences:read")),
            "consents": _consents(session, opened("consents:read")),
        }


def lent_case_of(house: House, citizen_id: str, person_id: str, days: Iterable[str] = DAYS) -> Json | None:
    """The rows of the copy that somebody else may keep, and what the app shows to them; None: they may keep none."""
    with house.database.transaction() as session:
        scopes.lock(session, [citizen_id, person_id])
        scope = scopes.lent(session, person_id, citizen_id, house.at)
        if scope is None:
            return None
        held = view.lent(session, scope)
        opened = partial(_open, session, Actor(person_id, "citizen"), citizen_id, "relative", house.at)
        case = _begun(house, citizen_id, _lines(session, citizen_id, held.rows), view.sources_of(session, scope, held))
        if "medication:read" in scope.reads:
            case |= _medication(session, opened("medication:read"), days)
        if "appointments:read" in scope.reads:
            case |= _appointments(session, opened("appointments:read"))
        return case


def _open(session: Session, actor: Actor, citizen_id: str, purpose: Purpose, at: datetime, action: Action) -> Grant:
    return access.open_record(session, actor, citizen_id, action, purpose, at)


def _lines(session: Session, citizen_id: str, rows: Iterable[RawRow]) -> list[list[str]]:
    key = marks.mark_key(session, citizen_id)
    return [
        [row.collection, row.key, mark_of(key, row.collection, row.key, row.body).hex(), row.body.decode()]
        for row in rows
        if row.body is not None
    ]


def _begun(house: House, citizen_id: str, rows: list[list[str]], sources: list[dict[str, str | None]]) -> Json:
    return {
        "citizen": citizen_id,
        "now": house.at.isoformat(),
        "today": clock.civil_date(house.at).isoformat(),
        "takers": sorted(TAKERS),
        "rows": rows,
        "sources": sources,
    }


def _medication(session: Session, grant: Grant, days: Iterable[str]) -> Json:
    card = medication_wire.shown(medication.read_card(session, grant), TAKERS)
    del card["citizen"]
    plans = [medication_wire.dose_plan(medication.read_dose_plan(session, grant, date.fromisoformat(d))) for d in days]
    wished = medication_wire.renewals(renewals.read_renewals(session, grant))
    marked = medication_wire.marks(dose_marks.read_marks(session, grant), grant.citizen_id)
    return {"card": card, "plans": plans, "renewals": wished["renewals"], "marks": marked["marks"]}


def _appointments(session: Session, grant: Grant) -> Json:
    shown = appointments_wire.shown(appointments.read_appointments(session, grant), TAKERS)
    answered = appointments_wire.answers(answers.read_answers(session, grant))
    return {"appointments": shown["appointments"], "answers": answered["answers"]}


def _consents(session: Session, grant: Grant) -> Json:
    listed = consents_wire.consents(consents.read_consents(session, grant))
    for each in listed["consents"]:
        each["reason_text"] = None  # a sentence for who has no words of their own, as the app has
    standing, asked = giving.read_standing(session, grant), requests.read_requests(session, grant)
    return {**listed, **own_wire.own(standing, asked, grant.at)}


def with_awkward(house: House) -> str:
    """A citizen of whom sources say everything that is rarely said."""
    citizen_id = house.citizen()
    with house.open(citizen_id, "record:import") as (session, grant):
        awkward.put_in(session, grant, house.at)
    return citizen_id


def made() -> list[Json]:
    """All cases, of a house that is made for them."""
    at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder, house_in(Path(folder), f"sqlite:///{folder}/db", at) as house:
        return [case_of(house, with_awkward(house))]


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
