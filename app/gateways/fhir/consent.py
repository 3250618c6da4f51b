"""Consent: what another system holds a citizen to have allowed or refused, listed as it is, with what it decides."""

from collections.abc import Sequence

from app.consent.consent import ImportedConsent
from app.gateways.fhir import consent_terms, ids, numbers, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json
from app.identity.person import Number


def read(resource: Resource, directory: Directory, citizen: Sequence[Number]) -> ImportedConsent:
    """The consent with its outermost provision. The provisions inside it stand in the resource, which is kept whole.

    ``valid_to`` is the first instant at which it no longer holds: an end without a time lasts the whole day.
    ``citizen`` are the numbers of whose consent it is.
    """
    content = resource.content
    provision = values.one(content, "provision")
    period = values.one(provision, "period")
    valid_from, valid_to = values.instant(period, "start"), values.instant_after(period, "end")
    values.demand_order(valid_from, valid_to, "provision.period")
    of_data = values.one(provision, "dataPeriod")
    data_from, data_to = values.instant(of_data, "start"), values.instant_after(of_data, "end")
    values.demand_order(data_from, data_to, "provision.dataPeriod")
    given_at = values.instant(content, "dateTime")
    decision = values.text(provision, "type")
    updated = values.instant(values.one(content, "meta"), "lastUpdated")
    terms, reason = consent_terms.read(resource, directory, citizen)
    actors = (values.one(each, "reference") for each in values.many(provision, "actor"))
    return ImportedConsent(
        id=ids.of(resource),
        status=values.text(content, "status") or "unknown",
        decision=decision if decision in ("permit", "deny") else None,
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
        resource=tuple(content.items()),
        terms=terms,
        reason=reason,
    )


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
