"""A Consent as terms that decide: its outermost provision with one level of exceptions, exactly or not at all.

Invariant: where any part of it has no exact word here, the whole is Inexpressible; nothing is left out, rounded or
guessed. What a permit leaves unsaid gives least, what a deny leaves unsaid shuts most.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app import errors
from app.consent import region
from app.consent.event import PURPOSES, Limit, Party
from app.consent.imported import MOST, NUMBER, ImportedTerms
from app.consent.region import Inexpressible, Region
from app.gateways.fhir import consent_codes, consent_parties, consent_provision, values
from app.gateways.fhir.consent_provision import Said
from app.gateways.fhir.resources import Directory, Resource
from app.identity.person import Number

PRIVACY = (consent_codes.SCOPE, "patient-privacy")


def read(
    resource: Resource, directory: Directory, citizen: Sequence[Number]
) -> tuple[tuple[ImportedTerms, ...], str | None]:
    """The terms that decide here; or none, and the code of the reason. ``citizen`` are the numbers of whose it is."""
    status = values.text(resource.content, "status")
    if status != "active":
        return (), "entered_in_error" if status == "entered-in-error" else "not_active"
    try:
        return terms(resource, directory, citizen), None
    except Inexpressible as reason:
        return (), reason.code
    except errors.Invalid:
        return (), "unreadable"


def terms(resource: Resource, directory: Directory, citizen: Sequence[Number]) -> tuple[ImportedTerms, ...]:
    """What the resource would decide if it were in force. Raises Inexpressible, or Invalid over what cannot be read."""
    content = resource.content
    nested = values.many(values.one(content, "provision"), "provision")
    if values.modified(content) != sum(consent_provision.only_excepts(each) for each in nested):
        raise Inexpressible("modifier")
    if not consent_codes.has(values.one(content, "scope"), {PRIVACY}):
        raise Inexpressible("scope_unknown")
    agreed = _agreed(resource, directory, citizen)
    whole, exceptions = _provisions(resource, directory)
    made = [_terms(permits, each, agreed) for permits, each in _regions(whole, exceptions)]
    found = tuple(dict.fromkeys(each for group in made for each in group))
    if not found:
        raise Inexpressible("nothing_here")
    if len(found) > MOST:
        raise Inexpressible("too_many")
    return found


def _provisions(resource: Resource, directory: Directory) -> tuple[Said, list[Said]]:
    """The outermost provision, and the exceptions in it with what they take over from it."""
    root = values.one(resource.content, "provision")
    nested = values.many(root, "provision")
    if any(each.get("provision") for each in nested):
        raise Inexpressible("nested_too_deep")
    agreed_at = values.instant(resource.content, "dateTime")
    whole = consent_provision.read(root, consent_codes.is_permit(resource.content), resource, directory)
    whole = _dated(whole, agreed_at)
    read = [consent_provision.read_exception(each, resource, directory) for each in nested]
    exceptions = [_dated(consent_provision.inherit(each, whole), agreed_at) for each in read]
    if any(each.permits == whole.permits for each in exceptions):
        raise Inexpressible("nested_same")
    return whole, exceptions


def _dated(said: Said, agreed_at: datetime | None) -> Said:
    """What is allowed without a beginning begins when it was agreed to; what is forbidden is forbidden at once."""
    return replace(said, begins=agreed_at) if said.permits and said.begins is None else said


def _regions(whole: Said, exceptions: Sequence[Said]) -> list[tuple[bool, Region]]:
    """What is permitted and what is denied. A deny goes before every permit, so only a permit is cut out of a whole."""
    wholes = _spoken_of(whole)
    left, beside = wholes, []
    for each in exceptions:
        cuts = _spoken_of(each)
        if not each.only_excepts:
            beside += [(each.permits, cut) for cut in cuts]
        if each.permits and not each.only_excepts and not _lie_in(wholes, cuts):
            raise Inexpressible("exception_outside")
        if each.permits or each.only_excepts:
            left = _without(left, cuts)
    return [*((whole.permits, each) for each in left), *beside]


def _lie_in(wholes: Sequence[Region], cuts: Sequence[Region]) -> bool:
    return all(any(region.holds(one, cut) for one in wholes) for cut in cuts)


def _without(left: list[Region], cuts: Sequence[Region]) -> list[Region]:
    for cut in cuts:
        left = [rest for one in left for rest in region.without(one, cut)]
        if len(left) > MOST:
            raise Inexpressible("too_many")
    return left


def _spoken_of(said: Said) -> list[Region]:
    """The regions of a provision, one for each place whose data it is about."""
    gives = said.permits and not said.only_excepts
    if gives and not said.purposes:
        raise Inexpressible("purpose_missing")
    purposes = consent_codes.purposes(said.purposes, gives) if said.purposes else PURPOSES
    actions = consent_codes.actions(said.actions, said.collections, gives)
    if said.first and said.last and said.last < said.first:
        raise Inexpressible("contradictory_period")
    if said.begins and said.ends and said.ends <= said.begins:
        raise Inexpressible("contradictory_period")
    limits = [Limit(each, said.first, said.last) for each in said.origins or (None,)]
    return [Region(said.parties, actions, purposes, each, said.begins, said.ends) for each in limits]


def _terms(permits: bool, of: Region, agreed: frozenset[Party]) -> list[ImportedTerms]:
    if not of.actions or not of.purposes:
        return []
    if permits and of.parties is None:
        raise Inexpressible("actor_missing")
    if permits and of.ends is None:
        raise Inexpressible("no_end")
    parties = of.parties or (Party("everyone"),)
    if permits and any(each.type == "person" and each not in agreed for each in parties):
        raise Inexpressible("not_accepted")
    return [
        ImportedTerms(
            kind="grant" if permits else "deny",
            grantee=each,
            actions=of.actions,
            purposes=of.purposes,
            exceptions=of.exceptions,
            limit=None if of.limit == Limit() else of.limit,
            valid_from=of.begins,
            valid_to=of.ends,
            accepted=permits and each.type == "person",
        )
        for each in parties
        if not any(region.covers(exception, each) for exception in of.exceptions)
    ]


def _agreed(resource: Resource, directory: Directory, citizen: Sequence[Number]) -> frozenset[Party]:
    """Those besides the citizen who agreed to it. Raises Inexpressible when the citizen did not give it themselves.

    A source that names nobody vouches for the citizen whose consent it says it is.
    """
    _demand_few(resource)
    own = {Party("person", f"{NUMBER}{each.kind}:{each.value}") for each in citizen}
    patient = values.text(values.one(resource.content, "patient"), "reference")
    performers = values.many(resource.content, "performer")
    others = [each for each in performers if patient is None or values.text(each, "reference") != patient]
    named = consent_parties.persons(others, resource, directory)
    is_own = len(others) < len(performers) or any(each in own for each in named)
    also = {each for each in named if each not in own}
    if performers and not (is_own and also <= _grantees(resource, directory)):
        raise Inexpressible("given_by_another")
    return frozenset(each for each in named if each is not None)


def _demand_few(resource: Resource) -> None:
    """Each of them is compared with others, so that many would take hours."""
    root = values.one(resource.content, "provision")
    provisions = [root, *values.many(root, "provision")]
    named = [sum(len(values.many(each, name)) for each in provisions) for name in ("actor", "data")]
    if max(len(provisions) - 1, len(values.many(resource.content, "performer")), *named) > MOST:
        raise Inexpressible("too_many")


def _grantees(resource: Resource, directory: Directory) -> set[Party | None]:
    root = values.one(resource.content, "provision")
    provisions = [root, *values.many(root, "provision")]
    given = [consent_parties.actors(values.many(each, "actor"), resource, directory) or () for each in provisions]
    return {party for each in given for party in each}
