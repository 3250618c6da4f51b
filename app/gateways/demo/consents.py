"""The demo's consents, as FHIR resources that another system holds, and as the values read from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.consent.consent import ImportedConsent
from app.gateways.demo import people, today
from app.gateways.demo.people import CASEWORKER, DemoPerson
from app.gateways.demo.today import Today
from app.gateways.fhir import consent_terms
from app.gateways.fhir.resources import Directory, Resource

CPR_SYSTEM = "urn:oid:1.2.208.176.1.2"
HL7 = "http://terminology.hl7.org/CodeSystem"
SCOPE = {"coding": [{"system": f"{HL7}/consentscope", "code": "patient-privacy", "display": "Privatliv"}]}
CATEGORY = {"coding": [{"system": "http://loinc.org", "code": "59284-0", "display": "Samtykke fra borgeren"}]}
POLICY = {"coding": [{"system": f"{HL7}/v3-ActCode", "code": "OPTIN"}]}
HOSPITAL = "Østbyens Hospital"
PRACTICE = "Lægerne Bakkegade"


@dataclass(frozen=True)
class Terms:
    """What a consent says. ``start`` and ``end`` are days from today; codes have a Danish name beside."""

    id: str
    status: str
    decision: str
    actor: str
    purpose: tuple[str, str]
    action: tuple[str, str]
    start: int
    end: int


TREATMENT = ("TREAT", "Behandling")
CARE = ("CAREMGT", "Samarbejde om hjælp og pleje")
RESEARCH = ("HRESCH", "Forskning")
SEE = ("access", "Se oplysninger")
PASS_ON = ("disclose", "Videregive oplysninger")

KAREN = (
    Terms(
        "karen-kommune",
        "active",
        "permit",
        f"{CASEWORKER.organisation} ({CASEWORKER.name}, sagsbehandler)",
        CARE,
        SEE,
        -74,
        291,
    ),
    Terms("karen-hospital", "active", "permit", HOSPITAL, TREATMENT, PASS_ON, -40, 325),
    Terms("karen-laege", "active", "permit", PRACTICE, TREATMENT, SEE, -181, 184),
    Terms("karen-forskning", "rejected", "deny", f"{HOSPITAL}, Forskningsenheden", RESEARCH, SEE, -33, 332),
    Terms("karen-spaerring", "active", "deny", f"{HOSPITAL}, Fysioterapien", TREATMENT, SEE, -206, 524),
    Terms("karen-udskrivning", "inactive", "permit", CASEWORKER.organisation, CARE, PASS_ON, -410, -45),
)
HENRIK = (
    Terms("henrik-laege", "active", "permit", PRACTICE, TREATMENT, SEE, -96, 269),
    Terms("henrik-forskning", "rejected", "deny", f"{HOSPITAL}, Forskningsenheden", RESEARCH, SEE, -15, 350),
    Terms("henrik-sygemelding", "inactive", "permit", CASEWORKER.organisation, CARE, PASS_ON, -300, -120),
)
TERMS = {people.KAREN.id: KAREN, people.HENRIK.id: HENRIK}


def of(who: DemoPerson, day: Today) -> tuple[ImportedConsent, ...]:
    """The consents of one of the demo's people on that day."""
    return tuple(_consent(who, terms, day) for terms in TERMS.get(who.id, ()))


def _consent(who: DemoPerson, terms: Terms, day: Today) -> ImportedConsent:
    given_at = today.at(day.plus(terms.start), "10:00")
    # The last day counts whole, so the consent is over at the midnight after it.
    over_at = today.at(day.plus(terms.end + 1), "00:00")
    resource = _resource(who, terms, day, given_at)
    decided, reason = consent_terms.read(
        Resource("Consent", "The file", resource), Directory(()), people.numbers(who, day)
    )
    return ImportedConsent(
        id=f"demo-{terms.id}",
        status=terms.status,
        decision=terms.decision,
        scope="Privatliv",
        category="Samtykke fra borgeren",
        given_at=given_at,
        valid_from=given_at,
        valid_to=over_at,
        actors=(terms.actor,),
        purposes=(terms.purpose[1],),
        actions=(terms.action[1],),
        as_of=day.written_at,
        resource=tuple(resource.items()),
        terms=decided,
        reason=reason,
    )


def _resource(who: DemoPerson, terms: Terms, day: Today, given_at: datetime) -> dict[str, Any]:
    number = people.numbers(who, day)[0]
    return {
        "resourceType": "Consent",
        "id": f"demo-{terms.id}",
        "meta": {"lastUpdated": day.as_of},
        "status": terms.status,
        "scope": SCOPE,
        "category": [CATEGORY],
        "patient": {"identifier": {"system": CPR_SYSTEM, "value": number.value}, "display": who.name},
        "dateTime": clock.copenhagen_text(given_at),
        "performer": [{"identifier": {"system": CPR_SYSTEM, "value": number.value}, "display": who.name}],
        "organization": [{"display": terms.actor}],
        "policyRule": POLICY,
        "provision": {
            "type": terms.decision,
            "period": {"start": clock.copenhagen_text(given_at), "end": day.plus(terms.end).isoformat()},
            "actor": [
                {"role": _coded("v3-ParticipationType", "IRCP", "Modtager"), "reference": {"display": terms.actor}}
            ],
            "action": [_coded("consentaction", *terms.action)],
            "purpose": [{"system": f"{HL7}/v3-ActReason", "code": terms.purpose[0], "display": terms.purpose[1]}],
        },
    }


def _coded(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{HL7}/{system}", "code": code, "display": display}]}
