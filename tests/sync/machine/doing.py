"""How the model's server does acts, and remembers, tells and forgets their outcomes; app.sync.push and outcomes."""

from dataclasses import replace
from datetime import datetime

from app.sync import rules
from app.sync.rules import Known
from tests.sync.machine.decisions import Decisions
from tests.sync.machine.shelf import TAKES, AckToken, Act, Db, Done, Member
from tests.sync.machine.watch import Watch
from tests.sync.machine.words import Outcome


class Doing:
    """The acts of one phone in one request, by the scopes that ``levels`` gives for each space."""

    def __init__(self, db: Db, bugs: frozenset[str], watch: Watch, phone: str, now: datetime) -> None:
        self._db, self._bugs, self._watch, self._phone, self._now = db, bugs, watch, phone, now
        self._rules = Decisions(bugs)

    def do(self, act: Act, level: str | None, *, is_cut: bool) -> str | None:
        """The outcome of an act; None when the server died at it, and nothing of it may be left."""
        if is_cut and "outcome_apart" not in self._bugs:
            return None
        db, place = self._db, (self._phone, act.mid)
        done = db.applied.get(place)
        low_mid = db.members[self._phone].low_mid
        known = self._rules.outcome_of_known(done.known if done is not None else None, act.payload, act.mid, low_mid)
        if known is not None:
            return known
        outcome = self._try(act, level)
        self._watch.decided(self._db, self._phone, act, outcome)
        if is_cut:
            return None
        if outcome == "applied" or "rejections_forgotten" not in self._bugs:
            db.applied[place] = Done(Known(act.payload, outcome), self._now, act.space)
        return outcome

    def above(self, confirmed: int) -> list[tuple[int, str, str]]:
        """The outcomes above a number: number, space, outcome."""
        found = [(mid, done) for (phone, mid), done in self._db.applied.items() if phone == self._phone]
        return [(mid, done.space, done.known.outcome) for mid, done in sorted(found) if mid > confirmed]

    def told(self, mid: int, space: str, outcome: str) -> Outcome:
        """An outcome as it is told, with the token of an act that was done."""
        if outcome != "applied":
            return Outcome(mid, space, outcome, None)
        point = self._db.shelves[space].stand.point
        named = None if "token_names_no_act" in self._bugs else mid
        return Outcome(mid, space, outcome, AckToken(self._phone, space, point, named))

    def _try(self, act: Act, level: str | None) -> str:
        if self._db.members[self._phone].is_ended:
            return "rejected:device_ended"
        if act.kind == "poison":
            return "rejected:malformed"
        is_allowed = level is not None and act.kind in TAKES[level]
        if not is_allowed and "no_auth_in_push" not in self._bugs:
            return "rejected:not_allowed"
        refused = self._effect(act)
        if refused is None:
            self._db.effects.append((self._phone, act.mid, act.payload))
            self._watch.effect(self._db, self._phone, act, self._now)
        return refused or "applied"

    def _effect(self, act: Act) -> str | None:
        """What an act does, or why it cannot be done."""
        shelf, given = self._db.shelves[act.space], self._db.given.get(act.space)
        if act.kind == "withdraw":
            if given is None or given.name != act.said:
                return "rejected:not_found"
            del self._db.given[act.space]
        elif act.kind == "edit":
            row = shelf.rows.get(act.key)
            if (row.body if row is not None else None) != act.on:
                return "rejected:stale"
            shelf.put(act.key, act.said, self._now)
        elif act.kind == "set":
            # A preference: whatever stood there, the last that the server took counts.
            shelf.put("n-set", act.said, self._now)
        else:
            shelf.put(f"c{self._phone}.{act.mid}", act.said, self._now)
        return None


def forget(db: Db, bugs: frozenset[str], now: datetime) -> None:
    """Forget outcomes that are older than is promised, of each phone the lowest numbers without a gap."""
    old = now - rules.REMEMBERED
    for phone, member in db.members.items():
        ages = {mid: done.at for (of, mid), done in db.applied.items() if of == phone}
        young = min((mid for mid, at in ages.items() if at >= old), default=None)
        gone = [mid for mid, at in ages.items() if at < old and (young is None or mid < young)]
        for mid in gone:
            del db.applied[phone, mid]
        if gone and "low_mid_not_raised" not in bugs:
            db.members[phone] = _raised(member, max(gone))


def _raised(member: Member, mid: int) -> Member:
    return replace(member, low_mid=max(member.low_mid, mid))
