"""Patient and RelatedPerson out of what is known of a citizen and their relations."""

from collections.abc import Sequence
from typing import Any

from app.gateways.fhir import ids, numbers
from app.gateways.fhir.patient import CONFIDENTIALITY, KEPT, read_name
from app.identity.person import Person, Relation

# The id of the one Patient of an export.
CITIZEN = "citizen"


def content_of(values: dict[str, Any]) -> dict[str, Any]:
    """The same without what is empty, which FHIR forbids."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}


def patient(person: Person) -> dict[str, Any]:
    """The Patient of an export: all numbers with their dates, name, birth, death, protection and the kept details."""
    details = _details(person)
    died_at = details.get("deceasedDateTime") or (person.died and person.died.isoformat())
    return content_of(
        {
            **details,
            "resourceType": "Patient",
            "id": CITIZEN,
            "meta": _security(person),
            "identifier": [*map(numbers.to_identifier, person.numbers), *details.get("identifier", [])],
            "name": _names(person.name, person.given, person.family, details.get("name", [])),
            "birthDate": person.born.isoformat() if person.born else details.get("birthDate"),
            "deceasedDateTime": died_at,
            "deceasedBoolean": True if person.deceased and not died_at else None,
        }
    )


def related_person(relation: Relation, citizen: dict[str, str]) -> dict[str, Any]:
    """A RelatedPerson of the citizen."""
    details = dict(relation.details)
    codings = [content_of({"system": system, "code": code}) for system, code in relation.codes]
    return content_of(
        {
            **details,
            "resourceType": "RelatedPerson",
            "id": ids.allowed(relation.id),
            "identifier": [*map(numbers.to_identifier, relation.numbers), *details.get("identifier", [])],
            "patient": citizen,
            "relationship": details.get("relationship") or [{"coding": [each]} for each in codings],
            "name": _names(relation.name, relation.given, relation.family, details.get("name", [])),
            "birthDate": relation.born.isoformat() if relation.born else details.get("birthDate"),
        }
    )


def _details(person: Person) -> dict[str, Any]:
    """The details of a person that are Patient's own elements."""
    known = (*KEPT, "birthDate", "deceasedDateTime", "identifier")
    return {name: value for name, value in person.details if name in known}


def _security(person: Person) -> dict[str, Any]:
    """The label of a protected name and address."""
    return {"security": [{"system": CONFIDENTIALITY, "code": "R"}]} if person.protected else {}


def _names(
    name: str | None, given: Sequence[str], family: str | None, kept: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The names as the source gave them; the name that we use goes first where no name of the source reads the same."""
    if name is None or read_name({"name": kept}) == (name, tuple(given), family):
        return kept
    others = [{**each, "use": "usual"} if each.get("use") == "official" else each for each in kept]
    return [content_of({"use": "official", "text": name, "family": family, "given": list(given)}), *others]
