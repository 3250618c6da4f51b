"""Consent: what another system holds a citizen to have allowed or refused, listed as it is, with what it decides."""

from collections.abc import Sequence
from datetime import datetime

from app.consent.consent import ImportedConsent
from app.consent.region import Inexpressible
from app.gateways.fhir import consent_codes, consent_terms, ids, numbers, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json
from app.identity.person import Number

# The system of the identifier under which our own export names a consent.
OWN_CONSENT = "urn:naerblik:consent"


def read(resource: Resource, directory: Directory, citizen: Sequence[Number]) -> ImportedConsent:
    """The consent with its outermost provision. The provisions inside it stand in the resource, which is kept whole.

    ``valid_to`` is the first instant at which it no longer holds: an end without a time lasts the whole day.
    ``citizen`` are the numbers of whose consent it is.
    """
    content = resource.content
    provision = values.one(content, "provision")
    valid_from, valid_to = _period(provision, "period")
    data_from, data_to = _period(provision, "dataPeriod")
    given_at = values.instant(content, "dateTime")
    updated = values.instant(values.one(content, "meta"), "lastUpdated")
    terms, reason = consent_terms.read(resource, directory, citizen)
    actors = (values.one(each, "reference") for each in values.many(provision, "actor"))
    return ImportedConsent(
        id=ids.of(resource),
        status=values.text(content, "status") or "unknown",
        decision=_decision(content),
        scope=values.concept(values.one(content, "scope")),
        category=values.concepts(values.many(content, "category")),
        given_at=given_at,
        valid_from=valid_from,
        valid_to=valid_to,
        actors=tuple(name for each in actors if (name := _actor(each, resource, directory))),
        purposes=tuple(said for each in values.many(provision, "purpose") if (said := _coding(each))),
        actions=tuple(said for each in values.many(provision, "action") if (said := values.concept(each))),
        data=_data(provision),
        data_from=data_from,
        data_to=data_to,
        exceptions=len(values.many(provision, "provision")),
        as_of=updated or given_at,
        undated=updated is None,
        copy_of=_copy_of(content),
        resource=tuple(content.items()),
        terms=terms,
        reason=reason,
    )


def _period(provision: Json, name: str) -> tuple[datetime | None, datetime | None]:
    """When a Period begins, and the first instant outside it."""
    period = values.one(provision, name)
    begins, ends = values.instant(period, "start"), values.first_after(period, "end")
    values.demand_order(begins, ends, f"provision.{name}")
    return begins, ends


def _decision(content: Json) -> str | None:
    try:
        return "permit" if consent_codes.is_permit(content) else "deny"
    except Inexpressible:
        return None


def _copy_of(content: Json) -> str | None:
    """What it is called here, where it came out of our own export."""
    own = (each for each in values.many(content, "identifier") if values.text(each, "system") == OWN_CONSENT)
    return next((values.text(each, "value") for each in own), None)


def _actor(reference: Json, resource: Resource, directory: Directory) -> str | None:
    """A name where there is one, else the reference; a person number is no name for anybody."""
    person, organisation = directory.names(reference, resource)
    identifier = values.one(reference, "identifier")
    stated = None if numbers.is_person_number(identifier) else values.text(identifier, "value")
    address = values.text(reference, "reference") or ""
    return values.text(reference, "display") or person or organisation or stated or address.split("?")[0] or None


def _data(provision: Json) -> tuple[str, ...]:
    """The data that it is limited to: resource or document types, then what they are about, then their labels."""
    kinds = [_coding(each) for each in values.many(provision, "class")]
    about = [values.concept(each) for each in values.many(provision, "code")]
    labels = [_coding(each) for each in values.many(provision, "securityLabel")]
    return tuple(said for each in (*kinds, *about, *labels) if (said := each))


def _coding(coding: Json) -> str | None:
    return values.text(coding, "display") or values.text(coding, "code")
