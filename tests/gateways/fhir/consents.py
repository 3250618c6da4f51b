"""Consents as another system writes them, and what they decide once they are read."""

from datetime import UTC, date, datetime
from typing import Any

from app.consent import history, imported, rules
from app.consent.consent import ImportedConsent
from app.consent.event import Citizen, Decision, Item, Request
from app.consent.imported import Version
from app.gateways import fhir
from tests.gateways.fhir.people import CPR, ONE, TWO, about, bundle

Json = dict[str, Any]
HL7 = "http://terminology.hl7.org/CodeSystem"
TYPES = "http://hl7.org/fhir/resource-types"
KNOWN_AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
AT = datetime(2026, 6, 15, 10, tzinfo=UTC)
CITIZEN = "A"
HOSPITAL, CLINIC = "cvr:10000001", "cvr:10000002"


def coded(system: str, code: str) -> Json:
    return {"coding": [{"system": f"{HL7}/{system}", "code": code}]}


def organisation(own_id: str) -> Json:
    return {"type": "Organization", "identifier": {"system": "http://cvr.dk", "value": own_id.removeprefix("cvr:")}}


def actor(reference: Json, code: str = "IRCP") -> Json:
    return {"role": coded("v3-ParticipationType", code), "reference": reference}


def role(own_id: str) -> Json:
    """A contained role, by reference."""
    return {"reference": f"#{own_id}"}


def contained_role(own_id: str, word: str, at: str, **more: Any) -> Json:
    codes = [{"coding": [{"system": "urn:naerblik:role", "code": word}]}]
    return {"resourceType": "PractitionerRole", "id": own_id, "code": codes, "organization": organisation(at), **more}


def purpose(*codes: str) -> list[Json]:
    return [{"system": f"{HL7}/v3-ActReason", "code": each} for each in codes]


def types(*names: str) -> list[Json]:
    return [{"system": TYPES, "code": each} for each in names]


def provision(kind: str | None = "permit", **more: Any) -> Json:
    """A permit of treatment to the hospital throughout 2026, unless it says otherwise; None takes a part out."""
    said: Json = {
        "type": kind,
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "actor": [actor(organisation(HOSPITAL))],
        "purpose": purpose("TREAT"),
        **more,
    }
    return {name: value for name, value in said.items() if value is not None}


def consent(root: Json | None = None, **more: Any) -> Json:
    """A whole Consent of the first person, given by themselves."""
    said: Json = {
        "resourceType": "Consent",
        "id": "c1",
        "meta": {"lastUpdated": "2026-01-01T10:00:00Z"},
        "status": "active",
        "scope": coded("consentscope", "patient-privacy"),
        "category": [{"text": "Deling"}],
        "policyRule": {"text": "Samtykke"},
        "patient": about(),
        "dateTime": "2026-01-01",
        "performer": [about()],
        "provision": provision() if root is None else root,
        **more,
    }
    return {name: value for name, value in said.items() if value is not None}


def read(resource: Json, *others: Json) -> ImportedConsent:
    """The consent as it is read, from a Bundle when there are others."""
    (citizen,) = [each for each in fhir.read(bundle(resource, *others)).citizens if each.consents]
    (found,) = citizen.consents
    return found


def reason(root: Json | None = None, **more: Any) -> str | None:
    """Why it decides nothing, None when it decides; terms and a reason never come together."""
    found = read(consent(root, **more))
    assert (found.reason is None) == bool(found.terms)
    return found.reason


def persons(name: str) -> str:
    """Our ids of the two persons: the citizen A, and B."""
    return {f"number:cpr:{ONE}": CITIZEN, f"number:cpr:{TWO}": "B"}.get(name, name)


def decide(found: ImportedConsent, request: Request, at: datetime = AT) -> Decision:
    """How the consent decides when it became known on 1 June."""
    events = imported.events("fhir/c1", CITIZEN, [Version(KNOWN_AT, imported.naming(found.terms, persons))])
    return rules.decide(history.fold(Citizen(CITIZEN), events), request, at, at)


def asks(organisation: str | None = HOSPITAL, day: str | None = None, of: str | None = None, **more: Any) -> Request:
    """Somebody of an organisation who asks for the medication for treatment, one item of it when it has a day."""
    item = Item(of, date.fromisoformat(day) if day else None) if day or of else None
    values = {"actor_id": "staff:1", "action": "medication:read", "purpose": "treatment", "level": "high", **more}
    return Request(organisation=organisation, item=item, **values)


__all__ = ["CPR", "ONE", "TWO", "about", "bundle"]
