"""A consent, delegation or block given here as a FHIR R4 Consent, or why FHIR cannot say it.

Invariant: what is written says neither more nor less than the event: it is read again before it leaves, and where that
does not give the same terms, it is left out with the reason.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import clock, errors
from app.consent.event import Event, Limit, Party
from app.consent.giving import Standing, State
from app.consent.imported import ImportedTerms
from app.consent.region import Inexpressible
from app.gateways.fhir import consent_codes, consent_parties, consent_terms, ids
from app.gateways.fhir.consent import OWN_CONSENT
from app.gateways.fhir.consent_codes import ACTION, OWN_ACTION, OWN_ROLE, PARTICIPATION, RESOURCE_TYPES, SCOPE
from app.gateways.fhir.consent_parties import EVERYONE, OWN_ORGANISATION, OWN_PARTY, OWN_PERSON, SOR
from app.gateways.fhir.consent_provision import EXCEPTION_ONLY
from app.gateways.fhir.outgoing_person import content_of
from app.gateways.fhir.resources import Directory, Resource

Json = dict[str, Any]

STATUS: dict[State, str] = {
    "ahead": "active",
    "now": "active",
    "expired": "inactive",
    "withdrawn": "inactive",
    "replaced": "inactive",
    "void": "entered-in-error",
    "unaccepted": "proposed",
}
CATEGORY = {"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}
WORDS = {"consent": "Samtykke", "delegation": "Fuldmagt", "block": "Spærring"}
OPPOSITE = {"permit": "deny", "deny": "permit"}


def consent(standing: Standing, citizen: Json) -> Json:
    """The Consent. Raises Inexpressible, with the reason, when reading it would not give what was said."""
    event = standing.terms.event
    parties = _Parties(standing.terms.names)
    resource = content_of(
        {
            "resourceType": "Consent",
            "id": ids.allowed(event.grant_id),
            "meta": {"lastUpdated": standing.events[-1].event.recorded_at.isoformat()},
            "identifier": [{"system": OWN_CONSENT, "value": event.grant_id}],
            "status": STATUS[standing.state],
            "scope": consent_codes.concept(SCOPE, "patient-privacy"),
            "category": [CATEGORY],
            "patient": citizen,
            "dateTime": event.recorded_at.isoformat(),
            "performer": _performers(event, standing, citizen, parties),
            "policyRule": {"text": WORDS[standing.concerns]},
            "provision": _provision(event, parties),
            "contained": parties.contained,
        }
    )
    _demand_same(resource, event)
    return resource


def left_out(reasons: Mapping[str, str], sentences: Mapping[str, str]) -> Json:
    """An OperationOutcome that names each consent that FHIR cannot say, by its id here, with the code of why."""
    issues = [
        {
            "severity": "warning",
            "code": "not-supported",
            "details": {"coding": [{"system": "urn:naerblik:reason", "code": code}], "text": sentences[code]},
            "diagnostics": grant_id,
        }
        for grant_id, code in reasons.items()
    ]
    return {"resourceType": "OperationOutcome", "id": "left-out", "issue": issues}


class _Parties:
    """Writes parties as References, and collects the resources that have to stand in the Consent for that."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.contained: list[Json] = []

    def actor(self, party: Party) -> Json:
        """A party as one who receives the information."""
        return {"role": consent_codes.concept(PARTICIPATION, "IRCP"), "reference": self.reference(party)}

    def reference(self, party: Party) -> Json:
        """A party by its identifier; a role as a resource inside the Consent."""
        if party.type == "everyone":
            return {"type": "Group", "identifier": {"system": OWN_PARTY, "value": EVERYONE}}
        if party.type == "person":
            return {"identifier": {"system": OWN_PERSON, "value": party.id}}
        if party.type == "organisation":
            return self._organisation(party.organisation or "")
        role = {
            "resourceType": "PractitionerRole",
            "id": f"role-{len(self.contained) + 1}",
            "code": [consent_codes.concept(OWN_ROLE, party.id or "")],
            "organization": self._organisation(party.organisation or ""),
        }
        self.contained.append(role)
        return {"reference": f"#{role['id']}"}

    def _organisation(self, organisation: str) -> Json:
        prefix, _, value = organisation.partition(":")
        system = {"cvr": consent_parties.CVR[0], "sor": SOR}.get(prefix)
        identifier = {"system": system, "value": value} if system else {}
        return content_of(
            {
                "type": "Organization",
                "identifier": identifier or {"system": OWN_ORGANISATION, "value": organisation},
                "display": self._names.get(organisation),
            }
        )


def _performers(event: Event, standing: Standing, citizen: Json, parties: _Parties) -> list[Json]:
    """The citizen, and whoever said yes to what was given to them."""
    is_accepted = standing.concerns == "delegation" and any(each.event.kind == "accept" for each in standing.events)
    return [citizen, parties.reference(event.grantee)] if is_accepted and event.grantee else [citizen]


def _provision(event: Event, parties: _Parties) -> Json:
    kind = "permit" if event.kind == "grant" else "deny"
    named = [event.grantee] if event.grantee and not (kind == "deny" and event.grantee.type == "everyone") else []
    excepted = {
        "type": OPPOSITE[kind],
        "modifierExtension": [{"url": EXCEPTION_ONLY, "valueBoolean": True}],
        "actor": [parties.actor(each) for each in event.exceptions],
    }
    return content_of(
        {
            "type": kind,
            "period": _period(event),
            "actor": [parties.actor(each) for each in named],
            "purpose": [consent_codes.purpose_coding(each) for each in sorted(event.purposes)],
            **_actions(event.actions),
            **_data(event.limit, parties),
            "provision": [excepted] if event.exceptions else [],
        }
    )


def _period(event: Event) -> Json:
    """Both ends with their instants: the end of a Period is its last instant."""
    ends = event.valid_to - clock.TICK if event.valid_to else None
    return {
        name: at.isoformat(timespec="microseconds")
        for name, at in (("start", event.valid_from), ("end", ends))
        if at is not None
    }


def _actions(actions: frozenset[str]) -> Json:
    """Reading whole collections in FHIR's words, everything else in our own."""
    read = sorted(name for name in consent_codes.TYPES_OF if f"{name}:read" in actions)
    if len(read) != len(actions):
        return {"action": [consent_codes.concept(OWN_ACTION, each) for each in sorted(actions)]}
    types = sorted(each for name in read for each in consent_codes.TYPES_OF[name])
    return {
        "action": [consent_codes.concept(ACTION, "access")],
        "class": [{"system": RESOURCE_TYPES, "code": each} for each in types],
    }


def _data(limit: Limit | None, parties: _Parties) -> Json:
    if limit is None:
        return {}
    period = {name: day.isoformat() for name, day in (("start", limit.first), ("end", limit.last)) if day}
    of = parties.reference(Party("organisation", organisation=limit.organisation)) if limit.organisation else None
    return {"dataPeriod": period, "data": [{"meaning": "authoredby", "reference": of}] if of else []}


def _demand_same(resource: Json, event: Event) -> None:
    try:
        found = consent_terms.terms(Resource("Consent", "The export", resource), Directory(()), ())
    except errors.Invalid:
        raise Inexpressible("no_word") from None
    if len(found) != 1 or _bare(found[0]) != _bare(_terms(event)):
        raise Inexpressible("no_word")


def _terms(event: Event) -> ImportedTerms:
    return ImportedTerms(
        kind="grant" if event.kind == "grant" else "deny",
        grantee=event.grantee or Party("everyone"),
        actions=event.actions,
        purposes=event.purposes,
        exceptions=event.exceptions,
        limit=event.limit,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
    )


def _bare(terms: ImportedTerms) -> ImportedTerms:
    """Without what a comparison of terms does not ask: the order of exceptions, and whether it was agreed to."""
    exceptions = tuple(sorted(set(terms.exceptions), key=str))
    return replace(terms, exceptions=exceptions, accepted=False)
