"""A Consent as terms that decide: its outermost provision with one level of exceptions, exactly or not at all.

Invariant: where any part of it has no exact word here, the whole is Inexpressible; nothing is left out, rounded or
guessed. What a permit leaves unsaid gives least, what a deny leaves unsaid shuts most.
"""

from collections.abc import Sequence
from dataclasses import replace

from app import errors
from app.consent import giving, region
from app.consent.event import Limit, Party
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
    if content.get("modifierExtension") or content.get("implicitRules"):
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
    whole = consent_provision.read(root, resource, directory)
    if whole.begins is None:
        whole = replace(whole, begins=values.instant(resource.content, "dateTime"))
    nested = values.many(root, "provision")
    if len(nested) > MOST:
        raise Inexpressible("too_many")
    if any(each.get("provision") for each in nested):
        raise Inexpressible("nested_too_deep")
    exceptions = [
        consent_provision.inherit(consent_provision.read(each, resource, directory), whole) for each in nested
    ]
    if any(each.permits == whole.permits for each in exceptions):
        raise Inexpressible("nested_same")
    return whole, exceptions


def _regions(whole: Said, exceptions: Sequence[Said]) -> list[tuple[bool, Region]]:
    """What is permitted and what is denied, after every exception was taken out of the whole."""
    wholes = _spoken_of(whole)
    left, permitted = wholes, []
    for each in exceptions:
        for cut in _spoken_of(each):
            if each.permits and not any(region.holds(one, cut) for one in wholes):
                raise Inexpressible("exception_outside")
            left = [rest for one in left for rest in region.without(one, cut)]
            if len(left) > MOST:
                raise Inexpressible("too_many")
            permitted += [cut] if each.permits and not each.only_excepts else []
    return [*((whole.permits, each) for each in left), *((True, each) for each in permitted)]


def _spoken_of(said: Said) -> list[Region]:
    """The regions of a provision, one for each place whose data it is about."""
    if said.permits and said.purposes is None and not said.only_excepts:
        raise Inexpressible("purpose_missing")
    purposes = giving.BLOCKED_PURPOSES if said.purposes is None else said.purposes
    permits = said.permits and not said.only_excepts
    actions = consent_codes.actions(said.actions, said.collections, permits)
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
    performers = values.many(resource.content, "performer")
    if len(performers) > MOST:
        raise Inexpressible("too_many")
    named = consent_parties.persons(performers, resource, directory)
    own = {Party("person", f"{NUMBER}{each.kind}:{each.value}") for each in citizen}
    others = {each for each in named if each is not None and each not in own}
    if named and (None in named or not own & set(named) or not others <= _grantees(resource, directory)):
        raise Inexpressible("given_by_another")
    return frozenset(each for each in named if each is not None)


def _grantees(resource: Resource, directory: Directory) -> set[Party]:
    root = values.one(resource.content, "provision")
    provisions = [root, *values.many(root, "provision")]
    given = [consent_parties.actors(values.many(each, "actor"), resource, directory) or () for each in provisions]
    return {party for each in given for party in each}
