"""One provision of a Consent: what it says, with nothing that has no exact word here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app import clock
from app.consent.event import Party
from app.consent.region import Inexpressible
from app.gateways.fhir import consent_codes, consent_parties, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json

# Our own mark on an exception that neither allows nor forbids by itself: what it is an exception from does not speak of
# it, as a block that leaves somebody out.
EXCEPTION_ONLY = "urn:naerblik:exception-only"


@dataclass(frozen=True)
class Said:
    """What one provision says, each part None where it says nothing. ``origins``: whose data it is limited to."""

    permits: bool
    parties: tuple[Party, ...] | None
    purposes: tuple[Json, ...]
    actions: tuple[Json, ...]
    collections: frozenset[str] | None
    origins: tuple[str, ...]
    first: date | None
    last: date | None
    begins: datetime | None
    ends: datetime | None
    only_excepts: bool = False


def read(provision: Json, permits: bool, resource: Resource, directory: Directory) -> Said:
    """What a provision says by itself. Raises Inexpressible."""
    for name, code in (("securityLabel", "security_label"), ("code", "code_unknown")):
        if provision.get(name):
            raise Inexpressible(code)
    classes = values.many(provision, "class")
    of_data, period = values.one(provision, "dataPeriod"), values.one(provision, "period")
    return Said(
        permits=permits,
        parties=consent_parties.actors(values.many(provision, "actor"), resource, directory),
        purposes=tuple(values.many(provision, "purpose")),
        actions=tuple(values.many(provision, "action")),
        collections=consent_codes.collections(classes) if classes else None,
        origins=_origins(values.many(provision, "data"), resource, directory),
        first=_first_day(of_data),
        last=_last_day(of_data),
        begins=values.instant(period, "start"),
        ends=values.first_after(period, "end"),
    )


def read_exception(provision: Json, resource: Resource, directory: Directory) -> Said:
    """What a provision inside the outermost one says by itself. Raises Inexpressible."""
    kind = values.text(provision, "type")
    if kind not in ("permit", "deny"):
        raise Inexpressible("no_decision")
    return replace(read(provision, kind == "permit", resource, directory), only_excepts=only_excepts(provision))


def only_excepts(provision: Json) -> bool:
    """Whether it has our own mark, and no other."""
    return provision.get("modifierExtension") == [{"url": EXCEPTION_ONLY, "valueBoolean": True}]


def inherit(part: Said, whole: Said) -> Said:
    """An exception speaks of what the whole speaks of, wherever it does not say otherwise."""
    return replace(
        part,
        parties=part.parties or whole.parties,
        purposes=part.purposes or whole.purposes,
        actions=part.actions or whole.actions,
        collections=whole.collections if part.collections is None else part.collections,
        origins=part.origins or whole.origins,
        first=part.first or whole.first,
        last=part.last or whole.last,
        begins=part.begins or whole.begins,
        ends=part.ends or whole.ends,
    )


def _origins(data: Iterable[Json], resource: Resource, directory: Directory) -> tuple[str, ...]:
    """The organisations whose data it is limited to: that an organisation made them is all that is known of data."""
    found: list[str] = []
    for each in data:
        if values.text(each, "meaning") != "authoredby":
            raise Inexpressible("data_unknown")
        party = consent_parties.party(values.one(each, "reference"), resource, directory)
        if party.type != "organisation" or party.organisation is None:
            raise Inexpressible("data_unknown")
        found.append(party.organisation)
    return tuple(dict.fromkeys(found))


def _first_day(period: Json) -> date | None:
    said = values.text(period, "start")
    if said is None or "T" not in said:
        return values.first_day(period, "start")
    at = values.instant(period, "start")
    return _day_that_begins(at)


def _last_day(period: Json) -> date | None:
    """The last day of the data, inclusive: an end with a time must be the last instant of a day that it can tell."""
    said = values.text(period, "end")
    if said is None or "T" not in said:
        return values.last_day(period, "end")
    after = values.first_after(period, "end")
    if after is None or after.astimezone(clock.COPENHAGEN).time() != time.min:
        raise Inexpressible("data_period_inexact")
    return (after - clock.TICK).astimezone(clock.COPENHAGEN).date()


def _day_that_begins(at: datetime | None) -> date | None:
    local = at.astimezone(clock.COPENHAGEN) if at else None
    if local is None or (local.hour, local.minute, local.second, local.microsecond) != (0, 0, 0, 0):
        raise Inexpressible("data_period_inexact")
    return local.date()
