"""A second, naive reading of a Consent: is this request permitted, denied, or not spoken of? Written from FHIR's text.

It asks each provision whether it speaks of the request and lets exceptions go before the whole. It knows nothing of
events, so it can tell when the events that we make of a consent say something else than the consent.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.consent.event import ACTIONS, PURPOSES, Item, Request

Json = dict[str, Any]
Said = Literal["permit", "deny", "nothing"]
READS = {"medication:read", "appointments:read"}
ALL_READS = READS | {"consents:read", "log:read"}
OF_CLASS = {
    "MedicationStatement": {"medication:read", "medication:mark"},
    "MedicationRequest": {"medication:read", "medication:mark"},
    "Appointment": {"appointments:read", "appointments:respond"},
    "Observation": set(),
}
PURPOSE_OF = {"TREAT": {"treatment"}, "CAREMGT": {"casework"}, "HRESCH": {"research"}, "HPAYMT": set()}
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PERSONS = {"0202020234": "B"}


def says(resource: Json, request: Request, at: datetime) -> Said:
    """What the resource says of a request at an instant."""
    root = resource["provision"]
    for kind in ("deny", "permit"):
        if any(each["type"] == kind and _speaks(_whole(each, root), request, at) for each in root.get("provision", [])):
            return kind
    return root["type"] if _speaks(root, request, at) else "nothing"


def worlds(request: Request, days: Sequence[str]) -> list[Request]:
    """The request with every item that it may be about, where it is not known from when or where that is."""
    item = request.item
    if item is None:
        return [request]
    origins = [item.organisation] if item.organisation else ["cvr:10000001", "cvr:10000002", "cvr:10000003"]
    dates = [item.day] if item.day else [date.fromisoformat(each) for each in ("1950-01-01", *days, "2050-01-01")]
    return [replace(request, item=Item(origin, day)) for origin in origins for day in dates]


def _whole(part: Json, root: Json) -> Json:
    taken = {name: value for name, value in root.items() if name not in ("type", "provision", "period", "dataPeriod")}
    periods = {name: {**root.get(name, {}), **part.get(name, {})} for name in ("period", "dataPeriod")}
    return {**taken, **part, **periods}


def _speaks(said: Json, request: Request, at: datetime) -> bool:
    is_named = not said.get("actor") or any(_is(each["reference"], request) for each in said["actor"])
    is_meant = request.action in _actions(said) and request.purpose in _purposes(said)
    return is_named and is_meant and _is_in_time(said.get("period", {}), at) and _is_of(said, request)


def _actions(said: Json) -> set[str]:
    gives = said["type"] == "permit"
    if "action" in said:
        of = ALL_READS if "class" not in said and not gives else READS
    else:
        of = READS if gives else set(ACTIONS)
    if "class" in said:
        classed = set[str]().union(*(OF_CLASS[each["code"]] for each in said["class"]))
        of = of & classed
    return of


def _purposes(said: Json) -> set[str]:
    if not said.get("purpose"):
        return set(PURPOSES)
    return set[str]().union(*(PURPOSE_OF[each["code"]] for each in said["purpose"]))


def _is(reference: Json, request: Request) -> bool:
    identifier = reference.get("identifier")
    if identifier is None:  # the one contained role: a doctor of the first organisation
        return (request.role, request.organisation) == ("doctor", "cvr:10000001")
    if identifier["system"] == "http://cvr.dk":
        return request.organisation == f"cvr:{identifier['value']}"
    return request.actor_id == PERSONS[identifier["value"]]


def _is_in_time(period: Json, at: datetime) -> bool:
    day = at.astimezone(COPENHAGEN).date()
    starts = period.get("start")
    return (starts is None or day >= date.fromisoformat(starts)) and (
        period.get("end") is None or day <= date.fromisoformat(period["end"])
    )


def _is_of(said: Json, request: Request) -> bool:
    """Whether the data asked for are meant: to ask for a whole collection is to ask a permit, and none of its data."""
    origins = {f"cvr:{each['reference']['identifier']['value']}" for each in said.get("data", ())}
    period = said.get("dataPeriod") or {}
    if not origins and not period:
        return True
    item = request.item
    if item is None:
        return bool(said["type"] == "permit")
    if origins and item.organisation not in origins:
        return False
    first, last = period.get("start"), period.get("end")
    assert item.day is not None
    return (first is None or item.day >= date.fromisoformat(first)) and (
        last is None or item.day <= date.fromisoformat(last)
    )


def instant(day: str) -> datetime:
    """Noon of a day."""
    return datetime.combine(date.fromisoformat(day), time(12), COPENHAGEN)
