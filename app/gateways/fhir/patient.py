"""Patient: who a citizen is. Several Patients of one citizen are laid over each other, the current one on top."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.gateways.fhir import numbers, values
from app.gateways.fhir.resources import Resource
from app.gateways.fhir.values import Json
from app.identity.person import Number, Person

KEPT = (
    "active", "address", "communication", "contact", "extension", "gender", "generalPractitioner", "link",
    "managingOrganization", "maritalStatus", "multipleBirthBoolean", "multipleBirthInteger", "name", "telecom",
)  # fmt: skip
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
EARLIEST = datetime.min.replace(tzinfo=UTC)
OUTDATED = ("old", "maiden", "nickname", "anonymous")


def read(patients: Sequence[Resource], own: Sequence[Number]) -> Person:
    """The citizen whom these Patients describe, with these numbers; without a Patient the numbers are all we know."""
    person = Person(numbers=tuple(own))
    for each in sorted(patients, key=_rank):
        person = _over(person, read_one(each.content, own))
    return person


def read_one(content: Json, own: Sequence[Number]) -> Person:
    """What one Patient says."""
    name, given, family = read_name(content)
    born = values.whole_day(content, "birthDate")
    died = values.whole_day(content, "deceasedDateTime")
    details: dict[str, Any] = {key: content[key] for key in KEPT if content.get(key) not in (None, [], {})}
    others = numbers.other_identifiers(values.many(content, "identifier"))
    if others:
        details["identifier"] = others
    if content.get("birthDate") and born is None:
        details["birthDate"] = content["birthDate"]
    if content.get("deceasedDateTime"):
        details["deceasedDateTime"] = content["deceasedDateTime"]
    return Person(
        numbers=tuple(own),
        name=name,
        given=given,
        family=family,
        born=born,
        died=died,
        deceased=bool(content.get("deceasedDateTime")) or values.truth(content, "deceasedBoolean"),
        protected=is_protected(content),
        details=tuple(sorted(details.items())),
    )


def read_name(content: Json) -> tuple[str | None, tuple[str, ...], str | None]:
    """The name in use: whole, the given names, the family name."""
    names = values.many(content, "name")
    if not names:
        return None, (), None
    order = {"official": 0, "usual": 1, None: 2, "temp": 3}
    name = min(names, key=lambda each: order.get(each.get("use"), 4 if each.get("use") in OUTDATED else 3))
    given, family = values.texts(name, "given"), values.text(name, "family")
    whole = values.text(name, "text") or " ".join([*given, *([family] if family else [])])
    return whole or None, given, family


def is_protected(content: Json) -> bool:
    """Whether name and address are protected: the resource is labelled restricted or very restricted."""
    labels = values.many(values.one(content, "meta"), "security")
    return any(each.get("system") == CONFIDENTIALITY and each.get("code") in ("R", "V") for each in labels)


def is_replaced(content: Json) -> bool:
    """Whether another Patient, or an inactive mark, says that this one is no longer the current one."""
    return content.get("active") is False or any(
        each.get("type") == "replaced-by" for each in values.many(content, "link")
    )


def _rank(patient: Resource) -> tuple[bool, datetime]:
    updated = values.instant(values.one(patient.content, "meta"), "lastUpdated")
    return not is_replaced(patient.content), updated or EARLIEST


def _over(below: Person, above: Person) -> Person:
    """What both say, the word of the upper one first."""
    named = above if above.name else below
    return Person(
        numbers=above.numbers,
        name=named.name,
        given=named.given,
        family=named.family,
        born=above.born or below.born,
        died=above.died or below.died,
        deceased=above.deceased or below.deceased,
        protected=above.protected or below.protected,
        details=tuple(sorted({**dict(below.details), **dict(above.details)}.items())),
    )
