"""A history of the model: steps of a server, three phones, a net and time, with the invariants held after each.

A step is plain data, its name and what it takes, and does nothing where it does not fit; so a history can be written
down, played again, and cut down to the steps that matter.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from tests.sync.machine.phone import Phone
from tests.sync.machine.server import Server
from tests.sync.machine.shelf import BEGIN, CITIZENS, PHONES, TAKES, Db, Given
from tests.sync.machine.watch import INVARIANTS, Watch
from tests.sync.machine.words import Answer, Ask, Push

Step = tuple[str | int, ...]
# In how many rounds each phone comes to rest once faults stop; how many backups and late answers are kept; in how many
# pulls a copy is filled.
ROUNDS, MOST_KEPT, MOST_PAGES = 12, 4, 12


def steps_of(text: str) -> tuple[Step, ...]:
    """Steps as they are written down: ``act k1 k mark, push k1 lost``."""
    return tuple(tuple(int(word) if word.isdigit() else word for word in step.split()) for step in text.split(", "))


class World:
    """The whole model, with the bugs that are seeded into it; ``only``: the invariants that are watched."""

    def __init__(self, bugs: frozenset[str] = frozenset(), only: frozenset[str] = frozenset(INVARIANTS)) -> None:
        self.watch = Watch(only)
        self.server = Server(bugs, self.watch)
        self.bugs, self.now = bugs, BEGIN
        self.phones = {name: Phone(name, person, bugs) for name, person in PHONES.items()}
        self.watch.phones = self.phones
        self.late: list[Answer] = []
        self.slow: list[Ask] = []
        self.unseen: set[str] = set()
        self._numbers = count(1)
        self.history: list[Step] = []
        for space in CITIZENS:
            for key in ("c1", "c2", "a1", "n1"):
                self.write(space, key)
        self.backups: list[Db] = []

    def step(self, *step: str | int) -> None:
        """Take a step, and hold the invariants."""
        self.history.append(step)
        self._begin()
        getattr(self, str(step[0]))(*step[1:])
        self.watch.after(self.phones.values(), self.now, self.unseen)

    def _begin(self) -> None:
        """At first every phone fills its copies, and a backup is made."""
        if not self.backups:
            for name in self.phones:
                self.sync(name)
            self.backup()

    # A source's facts, and grants.

    def write(self, space: str, key: str) -> None:
        """A source tells something new."""
        self.server.db.shelves[space].put(key, f"fact {next(self._numbers)}", self.now)

    def remove(self, space: str, key: str) -> None:
        """A source tells that something is no more."""
        shelf = self.server.db.shelves[space]
        if key in shelf.view("own"):
            shelf.put(key, None, self.now)

    def grant(self, space: str, level: str, hours: int) -> None:
        """A citizen gives the other one a new scope, for so many hours; 0: without end."""
        ends = self.now + timedelta(hours=hours) if hours else None
        self.server.db.given[space] = Given(f"{space}{next(self._numbers)}", level, ends)

    def revoke(self, space: str) -> None:
        """A citizen ends what they gave, without a phone of theirs."""
        self.server.db.given.pop(space, None)

    # What people do on phones.

    def act(self, name: str, space: str, kind: str) -> None:
        """A person does something about a citizen whose copy opens."""
        phone = self.phones[name]
        is_open = space in phone.copies and phone.may_read(space, self.now)
        level = "own" if space == phone.person else "wide"
        given = self.server.db.given.get(space)
        if is_open and kind in TAKES[level] and (kind != "withdraw" or given is not None):
            phone.look(self.now)
            fact = f"said {next(self._numbers)}"
            phone.act(space, kind, given.name if kind == "withdraw" and given is not None else fact)

    def twist(self, name: str) -> None:
        """A number is sent again with other content."""
        phone = self.phones[name]
        known = [act for act in phone.done.values() if (name, act.mid) in self.server.db.applied]
        if known:
            twisted = replace(known[-1], said="twisted")
            self.server.answer(Push(name, -1, (), (twisted,)), self.now)

    def login(self, name: str) -> None:
        """A person logs in again on their phone."""
        self.server.db.members[name] = replace(self.server.db.members[name], signed_in=self.now)

    def end(self, name: str) -> None:
        """A person ends a phone. Who is who on which phone is no matter of shelves: no backup takes it back here."""
        for db in (self.server.db, *self.backups):
            db.members[name] = replace(db.members[name], is_ended=True)

    def lose(self, name: str, space: str) -> None:
        """A copy is gone, or wrong."""
        self.phones[name].lose(space)

    # The net.

    def push(self, name: str, fate: str) -> None:
        """A phone sends its acts."""
        ask = self.phones[name].ask_push(self.now)
        if ask is not None:
            self._send(ask, fate)

    def pull(self, name: str, fate: str) -> None:
        """A phone asks what is new."""
        self._send(self.phones[name].ask_pull(self.now), fate)

    def sync(self, name: str) -> None:
        """A phone pushes and pulls, and nothing goes wrong."""
        self.push(name, "ok")
        self.pull(name, "ok")
        for _ in range(MOST_PAGES):
            if self.phones[name].is_waiting:
                self.pull(name, "ok")

    def arrive(self, which: int) -> None:
        """A request comes late, when its phone does not wait for it any more."""
        if self.slow:
            answer = self.server.answer(self.slow.pop(which % len(self.slow)), self.now)
            self.late = [*self.late, answer][-MOST_KEPT:] if answer is not None else self.late

    def deliver(self, which: int) -> None:
        """An answer comes late, out of order or once more."""
        if self.late:
            self._deliver(self.late[which % len(self.late)])

    # What befalls the server.

    def backup(self) -> None:
        """A backup is made."""
        self.backups = [*self.backups, self.server.db.copy()][-MOST_KEPT:]

    def restore(self, which: int) -> None:
        """A backup is put back, and nobody is told. What was on its way to the server is gone."""
        self.slow.clear()
        self.watch.restored(self.server.db)
        self.server.db = self.backups[-1 - which % len(self.backups)].copy()

    def sweep(self) -> None:
        """What was removed or answered long ago is forgotten."""
        self.server.sweep(self.now)

    # Time.

    def wait(self, hours: int) -> None:
        """Time passes; what is still under way is long out of time."""
        self.now += timedelta(hours=hours)

    def look(self, name: str) -> None:
        """A person looks at their phone."""
        self.phones[name].look(self.now)

    def set_back(self, name: str, hours: int) -> None:
        """A phone's clock is set back."""
        self.phones[name].off -= timedelta(hours=hours)
        self.unseen.add(name)

    # The end.

    def settle(self) -> None:
        """Faults stop: all comes to rest in so many rounds, and holds."""
        self._begin()
        for round_ in range(ROUNDS):
            for name in self.phones:
                self.login(name)
                self.sync(name)
                self.watch.after(self.phones.values(), self.now, self.unseen)
            if round_ == ROUNDS // 2:
                self._confirm_for_the_phoneless()
        for phone in self.phones.values():
            self.watch.settled(self.server.db, phone, self.now)

    def _confirm_for_the_phoneless(self) -> None:
        members = self.server.db.members.values()
        for citizen in CITIZENS:
            if all(member.is_ended for member in members if member.person == citizen):
                self.server.confirm(citizen, self.now)

    def _send(self, ask: Ask, fate: str) -> None:
        """Fates: ok, lost (the answer), late, slow (the request), never, cut (the server dies at its last act)."""
        phone = self.phones[ask.phone]
        self.watch.asked(phone)
        if fate in ("never", "slow"):
            self.slow += [ask] if fate == "slow" else []
            return
        dies_at = len(ask.acts) - 1 if fate == "cut" and isinstance(ask, Push) else None
        answer = self.server.answer(ask, self.now, dies_at)
        if answer is None:
            return
        if fate == "late":
            self.late = [*self.late, answer][-MOST_KEPT:]
        elif fate == "ok":
            self._deliver(answer)

    def _deliver(self, answer: Answer) -> None:
        phone = self.phones[answer.ask.phone]
        before = repr((phone.copies, phone.outbox, phone.told))
        was_due = answer.ask.nonce in phone.waiting
        applied = phone.take(answer, self.now)
        if applied is None:
            after = repr((phone.copies, phone.outbox, phone.told))
            self.watch.hold("3", before == after, f"{phone.name} refuses an answer, and is changed by it")
        elif answer.problem is None:
            self.unseen.discard(phone.name)
            self.watch.taken(self.server.db, phone, answer, applied, was_due, self.now)
