"""Everything that is held on a citizen, as JSON or as a page that a person can read (GDPR article 15)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.appointments import answers
from app.appointments import service as appointments
from app.appointments import wire as appointments_wire
from app.audit import service as audit
from app.audit import wire as audit_wire
from app.consent import giving, own_wire, request, requests
from app.consent import service as consent
from app.consent import wire as consent_wire
from app.gateways import fhir
from app.grant import Grant
from app.identity import people
from app.identity.person import Person, Relation
from app.medication import marks, renewals
from app.medication import service as medication
from app.medication import wire as medication_wire
from app.notes import service as notes
from app.notes import wire as notes_wire
from app.reminders import preferences
from app.reminders.rules import Value


@dataclass(frozen=True)
class Held:
    """All that is held on one citizen at one instant."""

    citizen_id: str
    at: datetime
    person: Person
    relations: tuple[Relation, ...]
    card: medication.MedicationCard
    appointments: tuple[appointments.ListedAppointment, ...]
    answers: tuple[answers.AppointmentAnswer, ...]
    renewals: tuple[renewals.Renewal, ...]
    marks: tuple[marks.Mark, ...]
    notes: tuple[notes.Note, ...]
    preferences: dict[str, Value]
    consents: tuple[consent.ListedConsent, ...]
    own: tuple[giving.Standing, ...]
    requests: tuple[request.ConsentRequest, ...]
    log: tuple[audit.LoggedEntry, ...]


def gather(session: Session, grant: Grant) -> Held:
    """Read it all under one grant for record:export, this access in the log included."""
    return Held(
        citizen_id=grant.citizen_id,
        at=grant.at,
        person=people.read_person(session, grant),
        relations=tuple(people.read_relations(session, grant)),
        card=medication.read_card(session, grant),
        appointments=tuple(appointments.read_appointments(session, grant)),
        answers=tuple(answers.read_answers(session, grant)),
        renewals=tuple(renewals.read_renewals(session, grant)),
        marks=tuple(marks.read_marks(session, grant)),
        notes=tuple(notes.read_notes(session, grant)),
        preferences=preferences.read_preferences(session, grant),
        consents=tuple(consent.read_consents(session, grant)),
        own=tuple(giving.read_standing(session, grant)),
        requests=tuple(requests.read_requests(session, grant)),
        log=tuple(audit.read_log(session, grant)),
    )


def as_json(held: Held) -> dict[str, Any]:
    """The contract's JSON of each part, with the person, relations and log beside it."""
    return {
        "exported_at": clock.utc_text(held.at),
        "person": _plain(asdict(held.person)),
        "relations": [_plain(asdict(each)) for each in held.relations],
        "card": medication_wire.card(held.card),
        **appointments_wire.appointments(held.appointments),
        **appointments_wire.answers(held.answers),
        **medication_wire.renewals(held.renewals),
        **medication_wire.marks(held.marks, held.citizen_id),
        **notes_wire.notes(held.notes),
        "preferences": held.preferences,
        **consent_wire.consents(held.consents),
        **own_wire.own(held.own, held.requests, held.at),
        "log": audit_wire.log(held.log)["entries"],
    }


def as_fhir(held: Held) -> dict[str, Any]:
    """A FHIR R4 Bundle."""
    shown = [*held.card.medications, *held.card.off_card]
    attached = [(each.medication.id, prescription) for each in shown for prescription in each.prescriptions]
    named = {each.key: each.medication for each in shown}
    told = [fhir.ToldMark(each, named.get(each.slot.medication), each.by == held.citizen_id) for each in held.marks]
    return fhir.bundle(
        person=held.person,
        relations=held.relations,
        medications=[each.medication for each in shown],
        prescriptions=[*(each for _, each in attached), *held.card.prescriptions_off_card],
        appointments=[each.appointment for each in held.appointments],
        consents=[each.consent for each in held.consents],
        own=held.own,
        marks=told,
        now=held.at,
    )


def as_html(held: Held) -> str:
    """A page without scripts that says it all: a table for every part, lists as tables of their own."""
    content = as_json(held)
    title = f"Alt om {held.person.name or 'borgeren'} i Nærblik"
    parts = "".join(f"<h2>{escape(name)}</h2>{_html(value)}" for name, value in content.items())
    style = "body{font-family:sans-serif;max-width:60rem;margin:2rem auto}th{text-align:left;vertical-align:top}"
    return (
        f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body><h1>{escape(title)}</h1>{parts}</body></html>\n"
    )


def _html(value: Any) -> str:
    if isinstance(value, dict):
        rows = "".join(
            f"<tr><th scope=row>{escape(str(key))}</th><td>{_html(each)}</td></tr>" for key, each in value.items()
        )
        return f"<table>{rows}</table>"
    if isinstance(value, list):
        return "<ol>" + "".join(f"<li>{_html(each)}</li>" for each in value) + "</ol>" if value else "–"
    return "–" if value is None else escape(str(value)).replace("\n", "<br>")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        plain = {key: _plain(each) for key, each in value.items()}
        if "details" in plain:
            plain["details"] = dict(plain["details"])
        return plain
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
