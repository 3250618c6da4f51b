"""RelatedPerson: somebody whom a source names as related to a citizen."""

from typing import Any

from app.gateways.fhir import ids, numbers, patient, values
from app.gateways.fhir.resources import Resource
from app.identity.person import Relation

KEPT = ("active", "address", "communication", "extension", "gender", "name", "period", "relationship", "telecom")


def read(resource: Resource) -> Relation:
    """The relation, with the codes of its relationship and what else is said of the relative."""
    content = resource.content
    name, given, family = patient.read_name(content)
    born = values.whole_day(content, "birthDate")
    details: dict[str, Any] = {key: content[key] for key in KEPT if content.get(key) not in (None, [], {})}
    others = numbers.other_identifiers(values.many(content, "identifier"))
    if others:
        details["identifier"] = others
    if content.get("birthDate") and born is None:
        details["birthDate"] = content["birthDate"]
    codings = [coding for each in values.many(content, "relationship") for coding in values.many(each, "coding")]
    return Relation(
        id=ids.of(resource),
        numbers=numbers.read_all(values.many(content, "identifier")),
        name=name,
        given=given,
        family=family,
        born=born,
        codes=tuple((values.text(each, "system"), code) for each in codings if (code := values.text(each, "code"))),
        details=tuple(sorted(details.items())),
    )
