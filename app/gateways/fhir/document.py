"""Read a FHIR resource or a Bundle: check it resource by resource, and sort what it says by citizen."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app import errors
from app.appointments.appointment import Appointment
from app.consent.consent import ImportedConsent
from app.gateways.facts import CitizenFacts, Facts
from app.gateways.fhir import appointment, consent, forms, ids, medication, related, resources, values
from app.gateways.fhir.citizens import Register
from app.gateways.fhir.resources import Directory, Resource
from app.identity.person import Person, Relation
from app.medication.card import CardAnswer, Medication, Prescription

READ = ("Patient", "RelatedPerson", "MedicationStatement", "MedicationRequest", "Appointment", "Consent")
# Looked into for a name or an address that a read resource points at. They count as ignored: nothing of theirs is kept.
LOOKED_INTO = ("Medication", "Organization", "Practitioner", "PractitionerRole", "Location", "HealthcareService")
SUBJECT = {
    "RelatedPerson": "patient",
    "MedicationStatement": "subject",
    "MedicationRequest": "subject",
    "Consent": "patient",
}


@dataclass
class Gathered:
    """What the file says about one citizen, so far."""

    relations: list[Relation] = field(default_factory=list)
    medications: list[Medication] = field(default_factory=list)
    withdrawn: list[tuple[str, str | None]] = field(default_factory=list)
    prescriptions: list[Prescription] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    consents: list[ImportedConsent] = field(default_factory=list)


def is_mine(data: Mapping[str, Any]) -> bool:
    """Whether this JSON says that it is a FHIR resource."""
    return isinstance(data.get("resourceType"), str)


def read(data: Mapping[str, Any]) -> Facts:
    """All that a resource or a Bundle says, by citizen in the order in which they come up.

    Raises Refused for the whole file when one resource is wrong; the reason names its place, type and element, never
    a value. ``ignored`` counts resources of other types and statements of what is no treatment.
    """
    everything = resources.take_apart(data)
    for each in everything:
        if each.type in READ or each.type in LOOKED_INTO:
            with _refusing(each):
                forms.check(each.type, each.content)
    used = [each for each in everything if each.type in READ]
    reading = Reading(Directory(everything), used)
    ignored = sum(not reading.take(each) for each in used)
    return Facts("fhir", reading.citizens(_as_of(data)), ignored + len(everything) - len(used))


class Reading:
    """One pass over a file: what each resource says is gathered under the citizen whom it is about."""

    def __init__(self, directory: Directory, used: Sequence[Resource]) -> None:
        self._directory = directory
        self._register = Register(directory, used)
        self._gathered: dict[int, Gathered] = {}
        self._attached = self._attachments(used)

    def take(self, resource: Resource) -> bool:
        """Gather one resource; False when it is one to ignore."""
        with _refusing(resource):
            if resource.type == "Patient":
                return True
            if resource.type == "Appointment":
                for place in appointment.citizens_of(resource, self._register):
                    self._at(place).appointments.append(appointment.read(resource, self._directory))
                return True
            return self._take_own(resource, self._citizen_of(resource))

    def citizens(self, as_of: str | None) -> tuple[CitizenFacts, ...]:
        """The facts of each citizen."""
        return tuple(_facts(person, self._at(place), as_of) for place, person in self._register.people())

    def _take_own(self, resource: Resource, place: int) -> bool:
        own = self._at(place)
        if resource.type == "RelatedPerson":
            own.relations.append(related.read(resource))
        elif resource.type == "Consent":
            own.consents.append(consent.read(resource, self._directory, self._register.numbers_of(place)))
        elif resource.type == "MedicationRequest":
            attached = self._attached.get(id(resource))
            own.prescriptions.append(medication.read_request(resource, self._directory, attached))
        else:
            read_medication = medication.read_statement(resource, self._directory)
            if read_medication is None:
                own.withdrawn.append((ids.of(resource), medication.changed_at(resource)))
                return False
            own.medications.append(read_medication)
        return True

    def _at(self, place: int) -> Gathered:
        return self._gathered.setdefault(place, Gathered())

    def _citizen_of(self, resource: Resource) -> int:
        name = SUBJECT[resource.type]
        return self._register.citizen_of(values.one(resource.content, name), resource, name)

    def _attachments(self, used: Sequence[Resource]) -> dict[int, str]:
        """For each MedicationRequest of the file, the id of the medication whose statement is based on it."""
        attached: dict[int, str] = {}
        for each in used:
            if each.type != "MedicationStatement" or each.content.get("status") in medication.NO_TREATMENT:
                continue
            with _refusing(each):
                for reference in values.many(each.content, "basedOn"):
                    request = self._directory.find(reference, each)
                    if request is None or request.type != "MedicationRequest":
                        continue
                    if self._citizen_of(request) != self._citizen_of(each):
                        raise errors.Invalid("basedOn: the request is about another citizen")
                    attached.setdefault(id(request), ids.of(each))
        return attached


@contextmanager
def _refusing(resource: Resource) -> Iterator[None]:
    """Refuse the file when this resource is wrong, and say which one it is."""
    try:
        yield
    except errors.Refused:
        raise
    except errors.Invalid as error:
        raise errors.Refused(f"{resource.place}: {error.detail.rstrip('.')}.") from None


def _facts(person: Person, own: Gathered, as_of: str | None) -> CitizenFacts:
    card = None
    if own.medications or own.prescriptions or own.withdrawn:
        card = CardAnswer(
            as_of=as_of,
            medications=tuple(_newest(own.medications)),
            prescriptions=tuple({each.id: each for each in own.prescriptions}.values()),
            withdrawn=tuple(own.withdrawn),
        )
    return CitizenFacts(
        person=person,
        card=card,
        appointments=tuple(own.appointments),
        consents=tuple(own.consents),
        relations=tuple({each.id: each for each in own.relations}.values()),
    )


def _newest(medications: Sequence[Medication]) -> list[Medication]:
    """Of several versions of one medication the newest, or the later in the file where they do not tell."""
    newest: dict[str, Medication] = {}
    for each in medications:
        known = newest.get(each.id)
        if known is None or (each.changed_at or "") >= (known.changed_at or ""):
            newest[each.id] = each
    return list(newest.values())


def _as_of(data: Mapping[str, Any]) -> str | None:
    """When the source put the file together, in its own words."""
    return values.text(data, "timestamp") or values.text(values.one(data, "meta"), "lastUpdated")
