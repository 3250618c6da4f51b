"""Consent cases as JSON: read one strictly, decide it, and answer, so that anyone can check the rules from outside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast, get_args

from app import errors
from app.consent import history, rules
from app.consent.case_members import CASE, Members, is_text
from app.consent.event import (
    TERMS,
    Citizen,
    Decision,
    Emergency,
    Event,
    Item,
    Kind,
    Limit,
    Party,
    PartyType,
    Request,
    Statute,
)

CITIZEN = ("id", "born", "died", "custody")
PARTY = ("type", "id", "organisation")
LIMIT = ("organisation", "from", "to")
SEALS = ("notice_sha256", "prev_hash", "hash")  # what the table says besides; it decides nothing
EVENT = (
    *("id", "citizen", "kind", "grant_id", "grantee", "except", "actions", "purposes", "data"),
    *("valid_from", "valid_to", "recorded_at", "given_by", "capacity"),
    *SEALS,
)
STATUTE = ("role", "organisation", "action", "purpose", "objectable")
REQUEST = ("actor", "action", "purpose", "data", "emergency")
ACTOR = ("id", "role", "organisation", "level", "locked")
ITEM = ("organisation", "date", "hidden_from_guardian")
EMERGENCY = ("reason", "role_listed")


@dataclass(frozen=True)
class Case:
    """Everything that one decision depends on."""

    id: str
    citizen: Citizen
    events: tuple[Event, ...]
    statutes: tuple[Statute, ...]
    request: Request
    valid_at: datetime
    known_at: datetime


def answers(cases: Iterable[Any]) -> tuple[list[dict[str, Any]], int]:
    """The answers to cases as JSON, in their order, and how many could not be read."""
    answered = [answer(each) for each in cases]
    return answered, sum("error" in each for each in answered)


def answer(case: Any) -> dict[str, Any]:
    """The answer to one case: ``id``, ``decision``, ``reason``, ``events``; or ``id`` and the ``error``, a sentence."""
    try:
        found = read(case)
        decided = decide(found)
    except errors.Invalid as error:
        return {"id": _id(case), "error": error.detail}
    return {"id": found.id, "decision": decided.outcome, "reason": decided.reason, "events": list(decided.events)}


def decide(case: Case) -> Decision:
    """The decision of a case; raises Invalid when one event id has two contents."""
    try:
        folded = history.fold(case.citizen, case.events)
    except ValueError as error:
        raise errors.Invalid(str(error)) from None
    return rules.decide(folded, case.request, case.valid_at, case.known_at, case.statutes)


def read(case: Any) -> Case:
    """Read a case; raises Invalid with the place of what is wrong, never its content.

    A missing list is empty. Members of the case that are not known are let pass, so that whoever checks the rules can
    note beside a case what they expect; anywhere else they could be a misspelt limit, and make the case unreadable.
    """
    members = Members(case, CASE, None)
    name = members.text("id")
    citizen = _citizen(members.object("citizen", CITIZEN))
    return Case(
        name,
        citizen,
        tuple(_event(each, citizen.id) for each in members.objects("events", EVENT)),
        tuple(_statute(each) for each in members.objects("statutes", STATUTE)),
        _request(members.object("request", REQUEST)),
        members.instant("valid_at"),
        members.instant("known_at"),
    )


def _id(case: Any) -> str | None:
    found = case.get("id") if isinstance(case, Mapping) else None
    return found if is_text(found) else None


def _citizen(members: Members) -> Citizen:
    return Citizen(
        members.text("id"), members.day_or_none("born"), members.day_or_none("died"), members.texts("custody")
    )


def _event(members: Members, citizen_id: str) -> Event:
    kind = cast(Kind, members.word("kind", get_args(Kind)))
    grantee = members.object_or_none("grantee", PARTY)
    event = Event(
        id=members.text("id"),
        citizen_id=members.text_or_none("citizen") or citizen_id,
        kind=kind,
        grant_id=members.text("grant_id"),
        given_by=members.text("given_by"),
        recorded_at=members.instant("recorded_at"),
        capacity=members.text_or_none("capacity") or "self",
        grantee=_party(grantee) if grantee else None,
        exceptions=tuple(_party(each) for each in members.objects("except", PARTY)),
        actions=members.texts("actions"),
        purposes=members.texts("purposes"),
        limit=_limit(members.object_or_none("data", LIMIT)),
        valid_from=members.instant_or_none("valid_from"),
        valid_to=members.instant_or_none("valid_to"),
    )
    if kind in TERMS and event.grantee is None:
        raise members.wrong("grantee", "is missing")
    if kind in TERMS and event.valid_from is None:
        raise members.wrong("valid_from", "is missing")
    return event


def _party(members: Members) -> Party:
    kind = cast(PartyType, members.word("type", get_args(PartyType)))
    name, organisation = members.text_or_none("id"), members.text_or_none("organisation")
    if kind == "organisation":
        # An organisation has one name, which some write as its id.
        return Party(kind, None, organisation or name)
    return Party(kind, name, organisation)


def _limit(members: Members | None) -> Limit | None:
    """A limit that limits nothing is none: it means all data."""
    if members is None:
        return None
    limit = Limit(members.text_or_none("organisation"), members.day_or_none("from"), members.day_or_none("to"))
    return None if limit == Limit() else limit


def _statute(members: Members) -> Statute:
    return Statute(
        members.text("role"),
        members.text_or_none("organisation"),
        members.text("action"),
        members.text("purpose"),
        members.flag("objectable"),
    )


def _request(members: Members) -> Request:
    actor = members.object("actor", ACTOR)
    data = members.object_or_none("data", ITEM)
    emergency = members.object_or_none("emergency", EMERGENCY)
    item = Item(data.text_or_none("organisation"), data.day_or_none("date")) if data else Item()
    return Request(
        actor_id=actor.text("id"),
        action=members.text("action"),
        purpose=members.text("purpose"),
        role=actor.text_or_none("role"),
        organisation=actor.text_or_none("organisation"),
        level=actor.text_or_none("level"),
        locked=actor.flag("locked"),
        item=None if item == Item() else item,
        hidden=data.flag("hidden_from_guardian") if data else False,
        emergency=_emergency(emergency) if emergency else None,
    )


def _emergency(members: Members) -> Emergency:
    return Emergency(members.text_or_blank("reason"), members.flag("role_listed"))
