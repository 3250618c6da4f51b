"""What is known of a citizen as a person, and of those who are named as related, per source and together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.grant import Grant
from app.identity import citizens, rules
from app.identity.person import Number, Person, Relation
from app.records import service as records
from app.records.item import Change, OpenItem, Put, as_such

PERSON = "person"
RELATION = "relation"

# Whose word on a name or a birth date goes first: the medication card takes its from the CPR register.
PRECEDENCE = ("fmk", "fhir", "apd", "demo", "login")


def changes_of(source: str, person: Person, relations: Sequence[Relation]) -> list[Change]:
    """The shelf changes that record a person and their relations. A bare number says nothing and changes nothing."""
    says_something = any((person.name, person.born, person.died, person.deceased, person.protected, person.details))
    changes: list[Change] = []
    if says_something:
        changes.append(Put(PERSON, source, source, _person_to_json(person)))
    changes.extend(Put(RELATION, f"{source}/{each.id}", source, _relation_to_json(each)) for each in relations)
    return changes


def read_person(session: Session, grant: Grant) -> Person:
    """The citizen as all sources together know them, with all their numbers, the current one first."""
    numbers = tuple(citizens.read_numbers(session, grant))
    known = _known(session, grant)
    names: Person = next((each for each in known if each.name), Person(()))
    details: dict[str, Any] = {}
    for each in reversed(known):
        details.update(dict(each.details))
    return Person(
        numbers=numbers,
        name=names.name,
        given=names.given,
        family=names.family,
        born=next((each.born for each in known if each.born), None) or _born(numbers),
        died=next((each.died for each in known if each.died), None),
        deceased=any(each.deceased or each.died for each in known),
        protected=any(each.protected for each in known),
        details=tuple(sorted(details.items())),
    )


def read_life(session: Session, grant: Grant) -> tuple[date | None, date | None]:
    """When the citizen was born and died, as far as sources say. A death without a date counts from the first day."""
    known = _known(session, grant)
    # Read though a source may have said it: how many statements a decision takes must not tell what is known.
    numbers = citizens.read_numbers(session, grant)
    born = next((each.born for each in known if each.born), None) or _born(numbers)
    return born, _died(known)


def read_death(session: Session, grant: Grant) -> date | None:
    """When the citizen died, as ``read_life`` has it."""
    return _died(_known(session, grant))


def read_relations(session: Session, grant: Grant) -> list[Relation]:
    """Those whom sources name as related to the citizen."""
    return [_relation_from_json(item.content) for item in records.read(session, grant, RELATION, as_such)]


def _known(session: Session, grant: Grant) -> list[Person]:
    """What each source says of the person, the one whose word goes first before the others."""
    items = sorted(records.read(session, grant, PERSON, as_such), key=_precedence)
    return [_person_from_json(item.content) for item in items]


def _died(known: Iterable[Person]) -> date | None:
    died = next((each.died for each in known if each.died), None)
    if died is None and any(each.deceased for each in known):
        return date.min
    return died


def _precedence(item: OpenItem) -> int:
    return PRECEDENCE.index(item.source) if item.source in PRECEDENCE else len(PRECEDENCE)


def _born(numbers: Iterable[Number]) -> date | None:
    return next((born for number in numbers if (born := rules.birth_date(number.value))), None)


def _person_to_json(person: Person) -> dict[str, Any]:
    # Numbers are kept apart, sealed one by one behind the blind index, with all their dates.
    content = _plain(asdict(person))
    del content["numbers"]
    return content


def _relation_to_json(relation: Relation) -> dict[str, Any]:
    content = _plain(asdict(relation))
    content["numbers"] = [_plain(asdict(number)) for number in relation.numbers]
    return content


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in values.items()
    }
    if "details" in plain:
        plain["details"] = dict(plain["details"])
    return plain


def _person_from_json(content: Mapping[str, Any]) -> Person:
    return Person(
        numbers=(),
        name=content["name"],
        given=tuple(content["given"]),
        family=content["family"],
        born=_date(content["born"]),
        died=_date(content["died"]),
        deceased=content["deceased"],
        protected=content["protected"],
        details=tuple(content["details"].items()),
    )


def _relation_from_json(content: Mapping[str, Any]) -> Relation:
    numbers = (
        Number(each["value"], each["kind"], _date(each["valid_from"]), _date(each["valid_to"]))
        for each in content["numbers"]
    )
    return Relation(
        id=content["id"],
        numbers=tuple(numbers),
        name=content["name"],
        given=tuple(content["given"]),
        family=content["family"],
        born=_date(content["born"]),
        codes=tuple((system, code) for system, code in content["codes"]),
        details=tuple(content["details"].items()),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
