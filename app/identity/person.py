"""What sources say of who somebody is: their numbers, name, birth and death, and the relations they name."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Number:
    """A person number as the source gives it: ten characters, kind ``cpr``, ``x-ecpr`` or ``d-ecpr``.

    ``valid_from`` and ``valid_to`` (inclusive) are civil dates; a citizen may have had several numbers.
    """

    value: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Person:
    """A citizen as a source describes them. What the source does not say is None.

    ``died`` is the date of death where known; ``deceased`` tells a death without a date.
    ``protected`` marks a protected name and address. ``details`` are further facts of the source (address,
    telephone, gender), JSON values under FHIR's names, kept for the export.
    """

    numbers: tuple[Number, ...]
    name: str | None = None
    given: tuple[str, ...] = ()
    family: str | None = None
    born: date | None = None
    died: date | None = None
    deceased: bool = False
    protected: bool = False
    details: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Relation:
    """Somebody whom a source names as related to the citizen. A relation is no custody and gives no access.

    ``id`` is the source's; ``codes`` are ``(system, code)`` pairs, as v3-RoleCode MTH, FTH, GUARD, SPS.
    """

    id: str
    numbers: tuple[Number, ...] = ()
    name: str | None = None
    given: tuple[str, ...] = ()
    family: str | None = None
    born: date | None = None
    codes: tuple[tuple[str | None, str], ...] = ()
    details: tuple[tuple[str, Any], ...] = ()
