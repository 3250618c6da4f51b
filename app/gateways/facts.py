"""What every gateway makes of what it read: per citizen, the facts that the domains will record."""

from dataclasses import dataclass

from app.appointments.appointment import Appointment
from app.consent.consent import ImportedConsent
from app.identity.person import Person, Relation
from app.medication.card import CardAnswer


@dataclass(frozen=True)
class CitizenFacts:
    """All that one file or answer says about one citizen."""

    person: Person
    card: CardAnswer | None = None
    appointments: tuple[Appointment, ...] = ()
    consents: tuple[ImportedConsent, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All of one file or answer. ``source`` is fmk, apd or fhir; ``ignored`` counts resources without use here."""

    source: str
    citizens: tuple[CitizenFacts, ...]
    ignored: int = 0
