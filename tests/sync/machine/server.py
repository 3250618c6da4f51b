"""The model's server: pulls, pushes, and restores that tokens show; app.sync.pull, push and restoring once more."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from app.sync.rules import Point
from tests.sync.machine import telling
from tests.sync.machine.decisions import Decisions
from tests.sync.machine.doing import Doing, forget
from tests.sync.machine.shelf import (
    BEGIN,
    CITIZENS,
    PHONES,
    SIGNED_IN,
    AckToken,
    CursorToken,
    Db,
    Given,
    Member,
    Shelf,
    Token,
)
from tests.sync.machine.telling import ROOM, Asking
from tests.sync.machine.watch import Watch
from tests.sync.machine.words import Answer, Ask, Named, Pull, Push, Told

MOST_OUTCOMES = 3
# The item that closes a shelf.
CLOSED = "n!"


class Server:
    """Answers pulls and pushes. ``db`` is all that a backup holds."""

    def __init__(self, bugs: frozenset[str], watch: Watch) -> None:
        self.bugs, self.watch, self.rules = bugs, watch, Decisions(bugs)
        self._epochs, self._serials = count(1), count(1)
        self.db = Db(
            {name: Shelf(next(self._epochs)) for name in CITIZENS},
            {phone: Member(person, BEGIN) for phone, person in PHONES.items()},
            {name: Given(f"{name}0", "wide", None) for name in CITIZENS},
        )

    def answer(self, ask: Ask, now: datetime, dies_at: int | None = None) -> Answer | None:
        """What is answered to a request; None when the server dies at the act of this place in it."""
        member, serial = self.db.members[ask.phone], next(self._serials)
        is_due = now >= member.signed_in + SIGNED_IN and not member.is_ended
        if is_due and "no_stamp_check" not in self.bugs:
            return Answer(ask, now, serial, problem="login_needed")
        if isinstance(ask, Push):
            answer = self._push(ask, now, serial, dies_at)
        else:
            answer = self._pull(ask, member, now, serial)
        if answer is not None:
            self.watch.answered(self.db, answer)
        return answer

    def confirm(self, space: str, now: datetime) -> None:
        """Let others in again after a restore."""
        shelf = self.db.shelves[space]
        if shelf.is_closed:
            shelf.is_closed = False
            shelf.put(CLOSED, None, now)

    def sweep(self, now: datetime) -> None:
        """Forget what is forgotten with time."""
        for shelf in self.db.shelves.values():
            shelf.sweep(now)
        forget(self.db, self.bugs, now)

    def _notice(self, space: str, tokens: Sequence[Token | None], now: datetime) -> None:
        """Begin a new epoch if one of these tokens shows that an older backup was put back."""
        shelf = self.db.shelves[space]
        shown = {_point(each).epoch for each in tokens if each is not None and self._shows(shelf, each)}
        if not shown:
            return
        self.watch.noticed(space, shown, shelf.epoch)
        strange = set[int]() if "strange_epochs_forgotten" in self.bugs else shown
        shelf.ended |= {shelf.epoch, *strange}
        if not shelf.is_closed:
            shelf.put(CLOSED, "closed", now)
        shelf.is_closed, shelf.epoch = True, next(self._epochs)

    def _shows(self, shelf: Shelf, token: Token) -> bool:
        point = _point(token)
        link = shelf.links.get(point.seq)
        was_ended = point.epoch in shelf.ended
        if self.rules.shows_restore(shelf.stand, point, link and link[0], was_ended=was_ended):
            return True
        if isinstance(token, CursorToken) or token.mid is None:
            return False
        is_known, low_mid = (token.phone, token.mid) in self.db.applied, self.db.members[token.phone].low_mid
        return self.rules.is_lost(token.mid, low_mid, is_known=is_known, was_ended=was_ended)

    def _level(self, person: str, space: str, now: datetime) -> str | None:
        """By which scope a person may see a shelf."""
        shelf = self.db.shelves[space]
        was = shelf.is_closed
        shelf.is_closed = was and "closed_not_checked" not in self.bugs
        level = self.db.level(person, space, now)
        shelf.is_closed = was
        return level

    def _push(self, ask: Push, now: datetime, serial: int, dies_at: int | None) -> Answer | None:
        for space in CITIZENS:
            self._notice(space, [each for each in ask.acked if each.space == space], now)
        doing = Doing(self.db, self.bugs, self.watch, ask.phone, now)
        outcomes = []
        for place, act in enumerate(ask.acts):
            if act.kind == "poison" and "poison_blocks" in self.bugs:
                return Answer(ask, now, serial, problem="invalid")
            member = self.db.members[ask.phone]
            level = self._level(member.person, act.space, now)
            is_to_wait = level is None and self.db.shelves[act.space].is_closed and not member.is_ended
            if is_to_wait and act.space != member.person and "closed_refuses" not in self.bugs:
                continue
            outcome = doing.do(act, level, is_cut=place == dies_at)
            if outcome is None:
                return None
            outcomes.append((act, outcome))
        told = tuple(doing.told(act.mid, act.space, outcome) for act, outcome in outcomes)
        return Answer(ask, now, serial, outcomes=told)

    def _pull(self, ask: Pull, member: Member, now: datetime, serial: int) -> Answer:
        for space, gen in ask.wiped:
            held = self.db.replicas.get((ask.phone, space))
            if held is not None and held.is_to_go and held.gen == gen:
                del self.db.replicas[ask.phone, space]
        doing = Doing(self.db, self.bugs, self.watch, ask.phone, now)
        due = doing.above(ask.confirmed)[:MOST_OUTCOMES]
        if member.is_ended:
            spaces = self._farewell(ask, now)
        else:
            named = self._named(ask, member, now)
            for each in named:
                self._notice(each.space, [each.cursor, each.acked], now)
            spaces = self._tell(ask, named, now, is_confirmed=not due)
        outcomes = tuple(doing.told(*each) for each in due)
        told = () if "outcomes_not_told" in self.bugs else outcomes
        return Answer(ask, now, serial, None, member.is_ended, told, tuple(spaces))

    def _named(self, ask: Pull, member: Member, now: datetime) -> list[Named]:
        named = {each.space: each for each in ask.named}
        is_asked = "wipes_not_ordered_anew" not in self.bugs
        held = {space for phone, space in self.db.replicas if phone == ask.phone and is_asked}
        may = {each for each in CITIZENS if self._level(member.person, each, now) is not None}
        fresh = sorted((may | held) - named.keys())
        every = [*named.values(), *(Named(each) for each in fresh)]
        return sorted(every, key=lambda each: each.space != member.person)

    def _farewell(self, ask: Pull, now: datetime) -> list[Told]:
        held = {space for phone, space in self.db.replicas if phone == ask.phone}
        named = {each.space: each for each in ask.named}
        spaces = [named.get(space, Named(space)) for space in sorted(held | named.keys())]
        return [telling.go(self._asking(ask, each, None, now)) for each in spaces]

    def _asking(self, ask: Pull, named: Named, level: str | None, now: datetime) -> Asking:
        return Asking(self.db, self.rules, ask.phone, named, level, now)

    def _tell(self, ask: Pull, named: list[Named], now: datetime, *, is_confirmed: bool) -> list[Told]:
        told, room = list[Told](), ROOM
        for each in named:
            level = self._level(PHONES[ask.phone], each.space, now)
            asking = self._asking(ask, each, level, now)
            if asking.is_own:
                self._reopen(ask, asking, is_confirmed=is_confirmed)
            told.append(self._one(asking, room))
            room -= len(told[-1].rows)
        return told

    def _one(self, asking: Asking, room: int) -> Told:
        if asking.level is None and asking.shelf.is_closed:
            return Told(asking.named.space, "closed", asking.truth())
        if asking.level is None:
            return telling.silent(asking) if "silent_revoke" in self.bugs else telling.go(asking)
        return telling.tell(asking, room)

    def _reopen(self, ask: Pull, asking: Asking, *, is_confirmed: bool) -> None:
        shelf = asking.shelf
        at_rest = self.rules.is_at_rest(shelf.stand, asking.cursor, queued=ask.queued, is_confirmed=is_confirmed)
        if shelf.is_closed and at_rest:
            self.confirm(asking.named.space, asking.now)
            self.watch.reopened(self.db, asking.named.space, ask.phone)


def _point(token: AckToken | CursorToken) -> Point:
    return token.cursor.point if isinstance(token, CursorToken) else token.point
