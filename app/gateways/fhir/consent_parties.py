"""Whom a Consent names: its actors and those who agreed to it, as parties that a decision can tell apart."""

from collections.abc import Iterable

from app.consent.event import Party
from app.consent.imported import NUMBER
from app.consent.region import Inexpressible
from app.gateways.fhir import citizens, consent_codes, numbers, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json
from app.identity import number as person_number

SOR = "urn:oid:1.2.208.176.1.1"
CVR = ("http://cvr.dk", "https://cvr.dk")
OWN_ORGANISATION, OWN_PERSON, OWN_PARTY = "urn:naerblik:organisation", "urn:naerblik:person", "urn:naerblik:party"
EVERYONE = "everyone"
OF_ROLE = {"resourceType", "id", "meta", "text", "identifier", "active", "organization", "code"}
PEOPLE = ("Patient", "RelatedPerson", "Practitioner", "Person")


def actors(given: Iterable[Json], source: Resource, directory: Directory) -> tuple[Party, ...] | None:
    """The actors of a provision, each once; None when it names none. Raises Inexpressible."""
    parties = []
    for each in given:
        if not consent_codes.is_recipient(values.one(each, "role")):
            raise Inexpressible("actor_role_unknown")
        parties.append(party(values.one(each, "reference"), source, directory))
    return tuple(dict.fromkeys(parties)) or None


def party(reference: Json, source: Resource, directory: Directory) -> Party:
    """The one party whom a Reference names, by identifiers alone. Raises Inexpressible when that is not one."""
    resolved = directory.find(reference, source)
    if resolved is not None and values.is_modified(resolved.content):
        raise Inexpressible("modifier")
    kind = resolved.type if resolved else values.text(reference, "type")
    if resolved is not None and kind == "PractitionerRole":
        return _role(resolved, directory)
    stated = [_of_number(each.kind, each.value) for each in citizens.stated(reference)]
    own = _parties([values.one(reference, "identifier")]) or tuple(stated)
    of_resource = _parties(values.many(resolved.content, "identifier")) if resolved else ()
    found = of_resource or own
    if not found:
        raise Inexpressible("person_unknown" if kind in PEOPLE else "actor_unknown")
    # A person may have several numbers, and any of them finds them; two organisations are two.
    is_one = len(found) == 1 or all(each.type == "person" for each in found)
    if not is_one or not set(own) <= set(found) or not _may_be(found[0], kind):
        raise Inexpressible("actor_unknown")
    return found[0]


def persons(references: Iterable[Json], source: Resource, directory: Directory) -> list[Party | None]:
    """The persons behind these references; None for one who is no person that can be told."""
    found: list[Party | None] = []
    for each in references:
        try:
            named = party(each, source, directory)
        except Inexpressible:
            named = None
        found.append(named if named is not None and named.type == "person" else None)
    return found


def _role(resolved: Resource, directory: Directory) -> Party:
    """A role in an organisation, by our own word for it. Whatever else it says would make it a smaller one."""
    content = resolved.content
    if not content.keys() <= OF_ROLE or content.get("active") is False:
        raise Inexpressible("actor_unknown")
    roles = [each for concept in values.many(content, "code") for each in consent_codes.coded(concept)]
    own = {values.text(each, "code") for each in roles if values.text(each, "system") == consent_codes.OWN_ROLE}
    if len(own) != 1 or len(values.many(content, "code")) != 1:
        raise Inexpressible("actor_unknown")
    organisation = party(values.one(content, "organization"), resolved, directory)
    if organisation.type != "organisation":
        raise Inexpressible("actor_unknown")
    return Party("role", own.pop(), organisation.organisation)


def _of_identifier(identifier: Json) -> Party | None:
    system, value = values.text(identifier, "system"), values.text(identifier, "value")
    if system is None or value is None:
        return None
    if system in CVR and value.isascii() and value.isdigit() and len(value) == 8:
        return Party("organisation", organisation=f"cvr:{value}")
    if system == SOR and value.isascii() and value.isdigit() and 11 <= len(value) <= 18:
        return Party("organisation", organisation=f"sor:{value}")
    if numbers.is_person_number(identifier):
        number = person_number.read_number(value)
        return _of_number(number.kind, number.value)
    if system == OWN_PARTY and value == EVERYONE:
        return Party("everyone")
    if system == OWN_PERSON and value.startswith(NUMBER):
        return None
    own = {OWN_ORGANISATION: Party("organisation", organisation=value), OWN_PERSON: Party("person", value)}
    return own.get(system)


def _of_number(kind: str, value: str) -> Party:
    return Party("person", f"{NUMBER}{kind}:{value}")


def _parties(identifiers: Iterable[Json]) -> tuple[Party, ...]:
    """The parties that identifiers name, each once."""
    return tuple(dict.fromkeys(found for each in identifiers if (found := _of_identifier(each))))


def _may_be(named: Party, kind: str | None) -> bool:
    """Whether a resource or a reference of this type can be that party."""
    if named.type == "person":
        return kind is None or kind in PEOPLE
    if named.type == "everyone":
        return kind is None or kind == "Group"
    return kind in (None, "Organization")
