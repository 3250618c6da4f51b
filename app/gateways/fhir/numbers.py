"""Person numbers among FHIR's identifiers: CPR, X-eCPR and D-eCPR, each with the dates between which it held."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app import errors
from app.gateways.fhir import values
from app.gateways.fhir.values import Json
from app.identity import number as person_number
from app.identity.person import Number

CPR = "urn:oid:1.2.208.176.1.2"
# X-eCPR is the first below this arc; D-eCPR the third, and below that one for each region.
REPLACEMENTS = "urn:oid:1.2.208.176.1.6.1."
SYSTEMS = {"cpr": CPR, "x-ecpr": f"{REPLACEMENTS}1", "d-ecpr": f"{REPLACEMENTS}3"}


def is_person_number(identifier: Json) -> bool:
    """Whether this identifier is of a system of person numbers."""
    system = values.text(identifier, "system") or ""
    return system == CPR or system.startswith(REPLACEMENTS)


def read_all(identifiers: Iterable[Json]) -> tuple[Number, ...]:
    """The person numbers among identifiers, those marked as old last. Raises Invalid for one that is no number."""
    own = [each for each in identifiers if is_person_number(each) and values.text(each, "value")]
    own.sort(key=lambda each: each.get("use") == "old")
    return joined([_read(each) for each in own])


def joined(numbers: Iterable[Number]) -> tuple[Number, ...]:
    """Each number once, in the order first met, with the dates that any mention of it gives."""
    known: dict[str, Number] = {}
    for each in numbers:
        present = known.get(each.value, each)
        known[each.value] = replace(
            present,
            valid_from=present.valid_from or each.valid_from,
            valid_to=present.valid_to or each.valid_to,
        )
    return tuple(known.values())


def other_identifiers(identifiers: Sequence[Json]) -> list[Json]:
    """The identifiers that are no person numbers."""
    return [each for each in identifiers if not is_person_number(each)]


def to_identifier(number: Number) -> dict[str, object]:
    """A person number as an Identifier."""
    period = {
        name: day.isoformat()
        for name, day in (("start", number.valid_from), ("end", number.valid_to))
        if day is not None
    }
    identifier: dict[str, object] = {"system": SYSTEMS[number.kind], "value": number.value}
    return {**identifier, "period": period} if period else identifier


def _read(identifier: Json) -> Number:
    number = person_number.read_number(values.text(identifier, "value") or "")
    if identifier["system"] != CPR and number.kind == "cpr":
        raise errors.Invalid("identifier: the value is no replacement number, as its system says")
    period = values.one(identifier, "period")
    valid_from, valid_to = values.first_day(period, "start"), values.last_day(period, "end")
    values.demand_order(valid_from, valid_to, "identifier.period")
    return replace(number, valid_from=valid_from, valid_to=valid_to)
