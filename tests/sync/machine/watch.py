"""The invariants, by their numbers, held against a history while it goes on. None asks a rule that is under test."""

from collections.abc import Iterable
from datetime import datetime

from tests.sync.machine.phone import JOURNAL, TIME_OUT, Phone
from tests.sync.machine.shelf import CITIZENS, PHONES, SEES, SIGNED_IN, TAKES, Act, Db, View
from tests.sync.machine.words import Answer, Pull, Push, Told

INVARIANTS = {
    "1": "exactly once",
    "2": "convergence",
    "3": "monotone",
    "4": "no access, no data",
    "5": "lease",
    "6": "no unauthorised effect",
    "7": "no poison, no limbo",
    "8": "acknowledged is durable",
    "9": "causal",
    "12": "fresh",
    "13": "forgetting",
    "16": "single drain",
    "alive": "liveness",
}


class Violation(AssertionError):
    """An invariant does not hold."""

    def __init__(self, number: str, what: str) -> None:
        super().__init__(f"{number} ({INVARIANTS[number]}): {what}")
        self.number = number


class Watch:
    """Looks on. ``only``: the invariants that are watched; where one defence hides another they are fewer."""

    def __init__(self, only: frozenset[str] = frozenset(INVARIANTS)) -> None:
        self._only = only
        self.phones: dict[str, Phone] = {}
        # Of each shelf the epochs in which something may have been lost by a restore that nobody noticed yet.
        self._lost: dict[str, set[int]] = {name: set() for name in CITIZENS}
        self._epochs: dict[str, set[int]] = {name: set() for name in CITIZENS}
        self._whole: dict[tuple[str, str], View] = {}
        self._serials: dict[tuple[str, str], int] = {}

    def hold(self, number: str, holds: bool, what: str) -> None:
        """Demand it."""
        if not holds and number in self._only:
            raise Violation(number, what)

    def restored(self, db: Db) -> None:
        """An older backup takes the place of this."""
        for name, shelf in db.shelves.items():
            self._epochs[name].add(shelf.epoch)
            self._lost[name] |= self._epochs[name]

    def noticed(self, space: str, shown: Iterable[int], epoch: int) -> None:
        """The server begins a new epoch because of tokens of these epochs."""
        self._epochs[space].add(epoch)
        is_news = bool(self._lost[space] & set(shown))
        self._lost[space] -= {*shown, epoch}
        self.hold("8", is_news, f"a restore of {space} is noticed that did not happen, or once more")

    def reopened(self, db: Db, space: str, name: str) -> None:
        """Others are let in again after a phone of the citizen's has synced."""
        done = {(phone, mid) for phone, mid, _ in db.effects}
        phone = self.phones[name]
        for mid, act in phone.done.items():
            is_kept = act in phone.outbox or any(of.mid == mid for of, _ in phone.journal)
            is_told = is_kept and phone.told.get(mid, ("",))[0] == "applied"
            is_about = act.kind == "withdraw" and act.space == space
            self.hold("8", not (is_told and is_about) or (name, mid) in done, f"{name}'s withdrawal {mid} is forgotten")

    def effect(self, db: Db, name: str, act: Act, now: datetime) -> None:
        """An act takes effect."""
        times = sum(1 for phone, mid, _ in db.effects if (phone, mid) == (name, act.mid))
        self.hold("1", times == 1, f"act {act.mid} of {name} has {times} effects")
        member = db.members[name]
        is_stamped = not member.is_ended and now < member.signed_in + SIGNED_IN
        level = db.level(member.person, act.space, now)
        # A withdrawal ends what its own check stood on, and only one's own can be withdrawn.
        is_allowed = is_stamped and level is not None and act.kind in TAKES[level]
        self.hold("6", is_allowed, f"act {act.mid} of {name} was not allowed")
        told = self.phones[name].told.get(act.mid, ("",))[0]
        self.hold(
            "7", not told.startswith("rejected:"), f"act {act.mid} of {name} is done after its person was told {told}"
        )
        self._unnoticed(db, self.phones[name], act)

    def decided(self, db: Db, name: str, act: Act, outcome: str) -> None:
        """An act gets its outcome."""
        is_unknown = db.shelves[act.space].is_closed and PHONES[name] != act.space
        is_no = outcome == "rejected:not_allowed" and is_unknown
        self.hold("7", not is_no, f"{name}'s act {act.mid} is refused, and nobody knows whether it is allowed")

    def _unnoticed(self, db: Db, phone: Phone, act: Act) -> None:
        """Nothing of others' is done on a shelf of which their own phone could have shown that it was restored."""
        copy, shelf = phone.copies.get(act.space), db.shelves[act.space]
        if act.space == phone.person or copy is None or copy.cursor is None:
            return
        point = copy.cursor.cursor.point
        is_other = point.seq >= shelf.floor and shelf.links.get(point.seq, (b"none",))[0] != point.chain
        is_shown = is_other and point.epoch == shelf.epoch
        self.hold("8", not is_shown, f"{phone.name}'s act {act.mid} is done on a shelf that it could have shown is old")

    def answered(self, db: Db, answer: Answer) -> None:
        """The server answers."""
        for told in answer.spaces:
            shelf, person = db.shelves[told.space], PHONES[answer.ask.phone]
            is_closed = shelf.is_closed and person != told.space
            is_told = told.cursor is not None
            self.hold("8", not (is_closed and is_told), f"{told.space}'s shelf is closed, and {person} is told of it")
            cursor = answer.ask.cursor_of(told.space) if isinstance(answer.ask, Pull) else None
            is_below = told.answer == "delta" and cursor is not None and cursor.cursor.point.seq < shelf.floor
            self.hold("13", not is_below, f"changes of {told.space} are told from below the floor")
        for each in answer.outcomes:
            if each.outcome == "applied" and isinstance(answer.ask, Push):
                said = {act.payload for act in answer.ask.acts if act.mid == each.mid}
                done = {payload for phone, mid, payload in db.effects if (phone, mid) == (answer.ask.phone, each.mid)}
                self.hold("1", said <= done, f"act {each.mid} is said to be done, and another was")

    def asked(self, phone: Phone) -> None:
        """A phone sends a request."""
        sent = [act.mid for ask, _ in phone.waiting.values() if isinstance(ask, Push) for act in ask.acts]
        self.hold("16", len(sent) == len(set(sent)), f"{phone.name} sends acts twice at a time: {sent}")

    def taken(self, db: Db, phone: Phone, answer: Answer, applied: list[Told], was_due: bool, now: datetime) -> None:
        """A phone took an answer."""
        self.hold("12", was_due and now - answer.at <= TIME_OUT, f"{phone.name} takes what it does not wait for")
        done = {mid for name, mid, _ in db.effects if name == phone.name}
        for each in answer.outcomes:
            is_both = each.outcome.startswith("rejected:") and each.mid in done
            is_other = each.outcome in ("rejected:payload_changed", "rejected:too_old")
            self.hold("7", not is_both or is_other, f"{phone.name} is told {each.outcome} of {each.mid}, which is done")
        for told in applied:
            place = (phone.name, told.space)
            self.hold("3", answer.serial > self._serials.get(place, 0), f"{place} goes back")
            self._serials[place] = answer.serial
            self._copy(phone, told)
            self._causal(phone, answer, told)

    def after(self, phones: Iterable[Phone], now: datetime, unseen: set[str]) -> None:
        """After each step. ``unseen``: phones whose clock was set back since the last contact."""
        for phone in phones:
            queued = {act.mid for act in phone.outbox}
            lost = phone.done.keys() - phone.told.keys() - queued
            self.hold("7", not lost, f"{phone.name}'s acts {sorted(lost)} vanished")
            for space, copy in phone.copies.items():
                is_over = copy.locks_at is None or now > copy.locks_at
                is_unseen = phone.name in unseen and not phone.went_back
                is_read = is_over and not is_unseen and phone.may_read(space, now)
                self.hold("5", not is_read, f"{phone.name} reads {space} after its lease")

    def settled(self, db: Db, phone: Phone, now: datetime) -> None:
        """Faults have stopped, and the phone has had its contacts."""
        self.hold("alive", not phone.outbox, f"{phone.name} still has {[act.mid for act in phone.outbox]} to send")
        self.hold("alive", not phone.leaving, f"{phone.name} still has to confirm {phone.leaving}")
        going = [place for place, held in db.replicas.items() if held.is_to_go and place[0] == phone.name]
        self.hold("alive", not going, f"the server still waits for {going}")
        self.hold("7", not phone.provisional, f"{phone.name} never heard again of {phone.provisional}")
        for space in CITIZENS:
            self.hold("alive", not db.shelves[space].is_closed, f"{space}'s shelf is still closed")
            level = None if db.members[phone.name].is_ended else db.level(phone.person, space, now)
            copy, view = phone.copies.get(space), db.shelves[space].view(level) if level else None
            self.hold("4", level is not None or copy is None, f"{phone.name} still has {space}")
            held = copy.rows if copy is not None else None
            self.hold("2", level is None or held == view, f"{phone.name} has {held} of {space}, and not {view}")
        self._durable(db, phone, now)

    def _durable(self, db: Db, phone: Phone, now: datetime) -> None:
        done = {(name, mid) for name, mid, _ in db.effects}
        for mid, (outcome, at) in phone.told.items():
            # Whoever may not see a person's data any more may not keep what they did about them either.
            is_kept = outcome == "applied" and now - at <= JOURNAL and mid not in phone.let_go
            is_lost = is_kept and (phone.name, mid) not in done
            self.hold("8", not is_lost, f"{phone.name}'s act {mid} was acknowledged, and is lost")

    def _copy(self, phone: Phone, told: Told) -> None:
        truth, copy = told.truth, phone.copies.get(told.space)
        if truth.view is None or truth.level is None:
            is_left = copy is not None and told.answer != "closed"
            self.hold("4", not is_left, f"{phone.name} keeps {told.space} after access ended")
            return
        if copy is None:
            return
        place = (phone.name, told.space)
        if told.more:
            is_whole = copy.rows in ({}, self._whole.get(place, {}))
            self.hold("2", is_whole, f"{phone.name} shows {told.space} half filled")
            return
        self._whole[place] = truth.view
        outside = [key for key in copy.rows if key[0] not in SEES[truth.level]]
        self.hold("4", not outside, f"{phone.name} keeps {outside} of {told.space}")
        self.hold("2", copy.rows == truth.view, f"{phone.name} has {copy.rows} of {told.space}, and not {truth.view}")

    def _causal(self, phone: Phone, answer: Answer, told: Told) -> None:
        copy = phone.copies.get(told.space)
        if copy is None or told.more or told.cursor is None:
            return
        for each in answer.outcomes:
            act = phone.done[each.mid]
            is_shown = each.outcome != "applied" or act.kind != "mark" or each.space != told.space
            key = f"c{phone.name}.{each.mid}"
            self.hold("9", is_shown or key in copy.rows, f"{phone.name} hears of {each.mid}, and does not see it")
