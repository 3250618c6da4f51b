"""Everything that is held on a citizen as a FHIR R4 Bundle, for the export."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.appointments.appointment import Appointment
from app.consent.consent import ImportedConsent
from app.consent.giving import Standing
from app.consent.imported import REASONS
from app.consent.region import Inexpressible
from app.gateways.fhir import (
    ids,
    outgoing_appointment,
    outgoing_consent,
    outgoing_mark,
    outgoing_medication,
    outgoing_person,
)
from app.gateways.fhir.outgoing_mark import ToldMark
from app.identity.person import Person, Relation
from app.medication.card import Medication, Prescription

Resource = dict[str, Any]


def bundle(
    *,
    person: Person,
    relations: Sequence[Relation],
    medications: Sequence[Medication],
    prescriptions: Sequence[Prescription],
    appointments: Sequence[Appointment],
    consents: Sequence[ImportedConsent],
    own: Sequence[Standing] = (),
    marks: Sequence[ToldMark] = (),
    now: datetime,
) -> dict[str, Any]:
    """A collection of everything, also what was said about doses, which reading the Bundle again leaves alone.

    The status of a medication is that of the civil day of ``now``. Private medications, and prescriptions on them, are
    known by number only and left out. ``own`` are the consents and blocks given here; an OperationOutcome names those
    that FHIR cannot say, if there are any. Reading the Bundle again gives the same persons, appointments and consents.
    """
    entries = Entries(person, now)
    citizen = entries.citizen
    day = clock.civil_date(now)
    entries.add(outgoing_person.patient(person))
    for relation in relations:
        entries.add(outgoing_person.related_person(relation, citizen))
    shown = [each for each in medications if not each.private]
    hidden = {each.id for each in medications if each.private}
    issued = [each for each in prescriptions if not each.private and each.medication_id not in hidden]
    for medication in shown:
        requests = [
            entries.url_of("MedicationRequest", each.id) for each in issued if each.medication_id == medication.id
        ]
        entries.add(outgoing_medication.statement(medication, citizen, requests, day))
    names = {each.id: each for each in shown}
    for prescription in issued:
        entries.add(outgoing_medication.request(prescription, names.get(prescription.medication_id or ""), citizen))
    _add_marks(entries, marks)
    for appointment in appointments:
        entries.add(outgoing_appointment.appointment(appointment, citizen))
    _add_consents(entries, consents, own)
    return {"resourceType": "Bundle", "type": "collection", "timestamp": now.isoformat(), "entry": entries.listed}


class Entries:
    """The Bundle's entries, each under an address of its own that nobody else's export uses."""

    def __init__(self, person: Person, now: datetime) -> None:
        numbers: Iterable[str] = (each.value for each in person.numbers)
        self._space = uuid.uuid5(uuid.NAMESPACE_OID, f"{now.isoformat()} {' '.join(numbers)}")
        self._used: set[str] = set()
        self.listed: list[dict[str, Any]] = []
        self.citizen = {"reference": self.url_of("Patient", outgoing_person.CITIZEN)}

    def url_of(self, kind: str, source_id: str) -> str:
        """The address under which a resource stands in this Bundle."""
        return uuid.uuid5(self._space, f"{kind}/{ids.allowed(source_id)}").urn

    def add(self, resource: Resource) -> None:
        """Put in a resource; one whose id another source uses too gets an address of its own all the same."""
        url = self.url_of(resource["resourceType"], resource["id"])
        while url in self._used:
            url = uuid.uuid5(self._space, url).urn
        self._used.add(url)
        self.listed.append({"fullUrl": url, "resource": resource})


def _add_marks(entries: Entries, marks: Sequence[ToldMark]) -> None:
    for told in marks:
        statement = entries.url_of("MedicationStatement", told.medication.id) if told.medication else None
        entries.add(outgoing_mark.administration(told, entries.citizen, statement))


def _add_consents(entries: Entries, consents: Sequence[ImportedConsent], own: Sequence[Standing]) -> None:
    for consent in consents:
        entries.add(_consent(consent, entries.citizen))
    reasons: dict[str, str] = {}
    for each in own:
        try:
            entries.add(outgoing_consent.consent(each, entries.citizen))
        except Inexpressible as reason:
            reasons[each.terms.event.grant_id] = reason.code
    if reasons:
        entries.add(outgoing_consent.left_out(reasons, REASONS))


def _consent(consent: ImportedConsent, citizen: dict[str, str]) -> Resource:
    """The source's resource whole, about the Patient of this Bundle; from other sources what we know of it."""
    resource = dict(consent.resource) or {
        "scope": {"text": consent.scope or "Ikke oplyst"},
        "category": [{"text": consent.category or "Ikke oplyst"}],
        "policyRule": {"text": "Ikke oplyst"},
    }
    return {
        **resource,
        "resourceType": "Consent",
        "id": ids.allowed(consent.id),
        "status": consent.status,
        "patient": citizen,
    }
