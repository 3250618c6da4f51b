"""Consent cases said in Cedar's language and decided by Cedar itself: an oracle with another conflict rule's proof.

Each event becomes a policy with its conditions in Cedar; only who may give it is looked up here. Cedar tells which
policies decided, and so which events. Instants are whole microseconds, days are numbers.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import cedarpy

Json = dict[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ENDS = ("withdraw", "supersede", "invalidate")
SELF = "self"
STATUTE = "statute"
GUARDIAN = "guardian"
YOUNG = {"1950-01-01": 1965, "2011-03-15": 2026, "2012-02-29": 2027, "2020-05-05": 2035}
BY_CUSTODY = (
    'context.custody && context.young && !context.dead && !context.hidden && context.purpose == "relative" && '
    '["medication:read", "medication:mark", "appointments:read", "appointments:respond", "reminders:receive", '
    '"offline:keep"].contains(context.act)'
)


def decide(case: Json) -> tuple[str, set[str]]:
    """Cedar's outcome and what decided: ids of events, and `self`, `statute` or `guardian`."""
    names: list[str] = []
    texts: list[str] = []
    for name, text in _policies(case):
        names.append(name)
        texts.append(text)
    request = {
        "principal": {"type": "Person", "id": case["request"]["actor"]["id"]},
        "action": {"type": "Action", "id": "do"},
        "resource": {"type": "Person", "id": case["citizen"]["id"]},
        "context": _context(case),
    }
    told = cedarpy.is_authorized(request, "\n".join(texts), [])
    assert told.diagnostics.errors == [], told.diagnostics.errors
    outcome = "permit" if told.decision == cedarpy.Decision.Allow else "deny"
    return outcome, {names[int(each.removeprefix("policy"))] for each in told.diagnostics.reasons}


def _policies(case: Json) -> list[tuple[str, str]]:
    citizen = case["citizen"]["id"]
    mine = [each for each in case.get("events", []) if each.get("citizen", citizen) == citizen]
    own = "principal == resource"
    found = [(SELF, _permit(own))]
    found.append((GUARDIAN, _permit(BY_CUSTODY)))
    found += [(STATUTE, _permit(_row(row))) for row in case.get("statutes", [])]
    for each in mine:
        about = [other for other in mine if other["grant_id"] == each["grant_id"]]
        if each["kind"] == "deny" and _given_rightly(each, citizen):
            lifted = [_row(row) for row in case.get("statutes", []) if not row["objectable"]]
            free = " || ".join(["context.emergency", own, *lifted])
            found.append((each["id"], _forbid(f"{_conditions(each, about, citizen)} && !({free})")))
        if each["kind"] == "grant" and each["valid_to"] and _given_rightly(each, citizen):
            found.append((each["id"], _permit(_conditions(each, about, citizen))))
    return found


SOUND = (
    "!(principal == resource && context.dead) && "
    '["substantial", "high"].contains(context.level) && !context.locked && '
    '["medication:read", "consent:status", "appointments:read"].contains(context.act) && '
    '["relative", "treatment", "casework"].contains(context.purpose)'
)


def _permit(condition: str) -> str:
    return f"permit(principal, action, resource) when {{ {SOUND} && {condition} }};"


def _forbid(condition: str) -> str:
    return f"forbid(principal, action, resource) when {{ {SOUND} && {condition} }};"


def _row(row: Json) -> str:
    wanted = [f'"{row[name]}"' for name in ("role", "action", "purpose")]
    return (
        f"(context has role && context has house && context.role == {wanted[0]} && "
        f'context.house == "{row["organisation"] or "nobody"}" && context.act == {wanted[1]} && '
        f"context.purpose == {wanted[2]})"
    )


def _conditions(each: Json, about: list[Json], citizen: str) -> str:
    """When an event is in force and meant for this request."""
    parts = [
        f"{_texts(each['actions'])}.contains(context.act)",
        f"{_texts(each['purposes'])}.contains(context.purpose)",
        f"context.k >= {_at(each['recorded_at'])}",
        f"context.v >= {_at(each['valid_from'])}",
        _party(each["grantee"]),
        *(f"!({_party(other)})" for other in each["except"]),
        _data(each),
    ]
    if each["valid_to"]:
        parts.append(f"context.v < {_at(each['valid_to'])}")
    for other in about:
        if other["kind"] in ENDS and _may_end(other, each, citizen):
            known = f"context.k >= {_at(other['recorded_at'])}"
            over = "" if other["kind"] == "invalidate" else f" && context.v >= {_at(other['recorded_at'])}"
            parts.append(f"!({known}{over})")
    if each["kind"] == "grant" and each["grantee"]["type"] == "person":
        said = [
            f"context.k >= {_at(other['recorded_at'])}"
            for other in about
            if other["kind"] == "accept" and other["given_by"] == each["grantee"]["id"]
        ]
        parts += ["!context.dead", f"({' || '.join(said) or 'false'})"]
    return " && ".join(parts)


def _party(party: Json) -> str:
    if party["type"] == "everyone":
        return "true"
    if party["type"] == "person":
        return f'principal == Person::"{party["id"]}"'
    house = f'(context has house && context.house == "{party["organisation"] or "nobody"}")'
    return (
        house if party["type"] == "organisation" else f'{house} && context has role && context.role == "{party["id"]}"'
    )


def _data(each: Json) -> str:
    limit = {name: value for name, value in each.get("data", {}).items() if value}
    if not limit:
        return "true"
    whole = "(!(context has origin) && !(context has day))"
    inside: list[str] = []
    unknown: list[str] = []
    if "organisation" in limit:
        inside.append(f'(context has origin && context.origin == "{limit["organisation"]}")')
        unknown.append("!(context has origin)")
    for name, sign in (("from", ">="), ("to", "<=")):
        if name in limit:
            inside.append(f"(context has day && context.day {sign} {date.fromisoformat(limit[name]).toordinal()})")
            unknown.append("!(context has day)")
    if each["kind"] == "grant":
        return f"({whole} || ({' && '.join(inside)}))"
    possible = " && ".join(f"({one} || {other})" for one, other in zip(inside, unknown, strict=True))
    return f"(!{whole} && {possible})"


def _given_rightly(each: Json, citizen: str) -> bool:
    on_paper = each.get("capacity") == "paper" and (
        each["kind"] == "deny" or each["grantee"]["type"] in ("role", "organisation")
    )
    return on_paper or bool(each["given_by"] == citizen)


def _may_end(other: Json, each: Json, citizen: str) -> bool:
    by = {citizen}
    if each["kind"] == "grant":
        by.add(each["grantee"].get("id" if each["grantee"]["type"] == "person" else "organisation"))
    is_paper = other.get("capacity") == "paper" and (each["kind"] == "grant" or each.get("capacity") == "paper")
    return is_paper or other["given_by"] in by


def _context(case: Json) -> Json:
    asked, citizen = case["request"], case["citizen"]
    actor, data, emergency = asked["actor"], asked.get("data", {}), asked.get("emergency")
    v = datetime.fromisoformat(case["valid_at"])
    wall = v + timedelta(hours=_hours_ahead(v))
    today = (wall.year, wall.month, wall.day)
    born = citizen["born"]
    context = {
        "v": _at(case["valid_at"]),
        "k": _at(case["known_at"]),
        "act": asked["action"],
        "purpose": asked["purpose"],
        "level": actor["level"],
        "locked": actor["locked"],
        "custody": actor["id"] in citizen["custody"],
        "young": born is not None and today < (YOUNG[born], int(born[5:7]), int(born[8:])),
        "dead": citizen["died"] is not None and f"{wall:%Y-%m-%d}" >= citizen["died"],
        "hidden": data.get("hidden_from_guardian", False),
        "emergency": bool(emergency and emergency["role_listed"] and emergency["reason"].strip()),
        "role": actor["role"],
        "house": actor["organisation"],
        "origin": data.get("organisation"),
        "day": data.get("date") and date.fromisoformat(data["date"]).toordinal(),
    }
    return {name: value for name, value in context.items() if value is not None}


def _hours_ahead(at: datetime) -> int:
    """How far Copenhagen is ahead of UTC in 2026: one hour, two between the last Sundays of March and October at 01."""
    is_summer = datetime(2026, 3, 29, 1, tzinfo=UTC) <= at < datetime(2026, 10, 25, 1, tzinfo=UTC)
    return (2 if is_summer else 1) - int((at.utcoffset() or timedelta()).total_seconds()) // 3600


def _at(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def _texts(of: list[str]) -> str:
    return "[" + ", ".join(f'"{each}"' for each in of) + "]"
