"""A second evaluator of consent cases, written from the design page and slowly: the oracle of `app.consent.rules`.

It works on the JSON of a case, looks at every event for every question, and shares nothing with the application.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]

KNOWN_ACTIONS = [
    "medication:read",
    "medication:mark",
    "appointments:read",
    "appointments:respond",
    "consents:read",
    "log:read",
    "reminders:receive",
    "offline:keep",
    "consent:status",
]
KNOWN_PURPOSES = ["self", "relative", "treatment", "casework", "reminder", "operation", "quality", "research"]
FOR_GUARDIANS = [
    "medication:read",
    "medication:mark",
    "appointments:read",
    "appointments:respond",
    "reminders:receive",
    "offline:keep",
]


def decide(case: Json) -> tuple[str, str, set[str]]:
    """The outcome, the reason and the events that a case comes to."""
    return _World(case).outcome()


def at(text: str) -> datetime:
    """The instant that a case writes."""
    return datetime.fromisoformat(text)


class _World:
    def __init__(self, case: Json) -> None:
        self.citizen: Json = case["citizen"]
        self.me: str = case["citizen"]["id"]
        self.statutes: list[Json] = case.get("statutes") or []
        self.request: Json = case["request"]
        self.actor: Json = case["request"]["actor"]
        self.v, self.k = at(case["valid_at"]), at(case["known_at"])
        mine = [each for each in case.get("events") or [] if (each.get("citizen") or self.me) == self.me]
        self.known = [each for each in mine if at(each["recorded_at"]) <= self.k]

    def outcome(self) -> tuple[str, str, set[str]]:
        if not self.in_order():
            return "deny", "auth", set()
        if self.actor.get("locked") or (self.actor["id"] == self.me and self.dead()):
            return "deny", "locked", set()
        if self.actor["id"] == self.me:
            return "permit", "self", set()
        blocking = set() if self.emergency() else {each["id"] for each in self.matching("deny")}
        for row in self.statutes:
            if self.statutory(row) and not (row.get("objectable") and blocking):
                return "permit", "statute", set()
        if blocking:
            return "deny", "blocked", blocking
        granting = {name for each in self.matching("grant") for name in self.named_with_its_yes(each)}
        if granting:
            return "permit", "grant", granting
        return ("permit", "guardian", set()) if self.guardian() else ("deny", "default", set())

    def in_order(self) -> bool:
        is_known = self.request["action"] in KNOWN_ACTIONS and self.request["purpose"] in KNOWN_PURPOSES
        return is_known and self.actor.get("level") in ("substantial", "high")

    def dead(self) -> bool:
        died = self.citizen.get("died")
        return bool(died) and self.today() >= date.fromisoformat(died)

    def today(self) -> date:
        """The date on the wall in Copenhagen at the instant asked about."""
        return self.v.astimezone(ZoneInfo("Europe/Copenhagen")).date()

    def emergency(self) -> bool:
        emergency = self.request.get("emergency") or {}
        return bool(emergency.get("role_listed")) and (emergency.get("reason") or "").strip() != ""

    def statutory(self, row: Json) -> bool:
        wanted = (self.actor.get("role"), self.actor.get("organisation"), self.request["action"])
        return (
            row.get("organisation") is not None
            and (row["role"], row["organisation"], row["action"]) == wanted
            and row["purpose"] == self.request["purpose"]
        )

    def guardian(self) -> bool:
        born = self.citizen.get("born")
        if not born or self.dead() or self.actor["id"] not in (self.citizen.get("custody") or []):
            return False
        year, month, day = (int(part) for part in born.split("-"))
        today = self.today()
        is_young = (today.year - year, today.month, today.day) < (15, month, day)
        hidden = (self.request.get("data") or {}).get("hidden_from_guardian")
        return (
            is_young
            and not hidden
            and self.request["purpose"] == "relative"
            and self.request["action"] in FOR_GUARDIANS
        )

    def matching(self, kind: str) -> list[Json]:
        found: list[Json] = []
        for each in self.known:
            if each["kind"] == kind and each["id"] not in [one["id"] for one in found] and self.matches(each):
                found.append(each)
        return found

    def matches(self, each: Json) -> bool:
        if self.request["action"] not in (each.get("actions") or []):
            return False
        if self.request["purpose"] not in (each.get("purposes") or []):
            return False
        if not self.is_meant(each["grantee"]) or any(self.is_meant(one) for one in each.get("except") or []):
            return False
        return self.given_rightly(each) and self.in_force(each) and self.fits_data(each)

    def is_meant(self, party: Json) -> bool:
        if party["type"] == "everyone":
            return True
        if party["type"] == "person":
            return bool(party.get("id") == self.actor["id"])
        house = party.get("organisation")
        if house is None and party["type"] == "organisation":
            house = party.get("id")
        if house is None or house != self.actor.get("organisation"):
            return False
        return party["type"] == "organisation" or party.get("id") == (self.actor.get("role") or object())

    def given_rightly(self, each: Json) -> bool:
        if each["given_by"] == self.me:
            return True
        if each.get("capacity") != "paper":
            return False
        return each["kind"] == "deny" or each["grantee"]["type"] in ("organisation", "role")

    def in_force(self, each: Json) -> bool:
        if each["kind"] == "grant" and each.get("valid_to") is None:
            return False
        if each["kind"] == "grant" and each["grantee"]["type"] == "person" and (self.dead() or not self.yes(each)):
            return False
        ends = [at(each["valid_to"])] if each.get("valid_to") else []
        for other in self.known:
            if other["grant_id"] == each["grant_id"] and self.may_end(other, each):
                if other["kind"] == "invalidate":
                    return False
                if other["kind"] in ("withdraw", "supersede"):
                    ends.append(at(other["recorded_at"]))
        return at(each["valid_from"]) <= self.v and all(self.v < end for end in ends)

    def may_end(self, other: Json, each: Json) -> bool:
        if other["given_by"] == self.me:
            return True
        if other.get("capacity") == "paper":
            return each["kind"] == "grant" or each.get("capacity") == "paper"
        grantee = each["grantee"]
        names = {
            "person": grantee.get("id"),
            "organisation": grantee.get("organisation") or grantee.get("id"),
            "role": grantee.get("organisation"),
            "everyone": grantee.get("organisation"),
        }
        return each["kind"] == "grant" and other["given_by"] == names[grantee["type"]]

    def yes(self, each: Json) -> list[Json]:
        said = [
            other
            for other in self.known
            if other["kind"] == "accept"
            and other["grant_id"] == each["grant_id"]
            and other["given_by"] == each["grantee"].get("id")
        ]
        return sorted(said, key=lambda one: (at(one["recorded_at"]), one["id"]))[:1]

    def named_with_its_yes(self, each: Json) -> set[str]:
        more = self.yes(each) if each["grantee"]["type"] == "person" else []
        return {each["id"], *(one["id"] for one in more)}

    def fits_data(self, each: Json) -> bool:
        limit = {name: value for name, value in (each.get("data") or {}).items() if value is not None}
        if not limit:
            return True
        data = self.request.get("data") or {}
        house, day = data.get("organisation"), data.get("date")
        if house is None and day is None:
            return bool(each["kind"] == "grant")
        verdicts = [self.verdict(house, [limit["organisation"]] if "organisation" in limit else None)]
        first = date.fromisoformat(limit.get("from", "0001-01-01"))
        last = date.fromisoformat(limit.get("to", "9999-12-31"))
        if "from" in limit or "to" in limit:
            here = None if day is None else date.fromisoformat(day)
            span = None if here is None or not first <= here <= last else [here]
            verdicts.append("unknown" if here is None else "inside" if span else "outside")
        if each["kind"] == "grant":
            return all(one == "inside" for one in verdicts)
        return "outside" not in verdicts

    @staticmethod
    def verdict(value: Any, allowed: list[Any] | None) -> str:
        if allowed is None:
            return "inside"
        if value is None:
            return "unknown"
        return "inside" if value in allowed else "outside"
