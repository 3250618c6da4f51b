"""What was offered, given and blocked as the design has it: the model that the machine compares everything with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

serials = count(1)


@dataclass
class Offered:
    """An invitation as the model has it."""

    citizen: int
    id: str
    code: str
    actions: frozenset[str]
    last_day: date
    expires_at: datetime
    state: str = "offered"
    by: int | None = None
    misses: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether it can be opened or answered."""
        return self.state in ("offered", "opened") and now < self.expires_at


@dataclass
class Given:
    """A delegation or, with ``person`` None for everyone, a block, as the model has it."""

    citizen: int
    person: int | None
    actions: frozenset[str]
    until: datetime | None
    grant_id: str
    is_over: bool = False
    is_accepted: bool = True

    def counts(self, now: datetime) -> bool:
        """Whether it holds."""
        return self.is_accepted and self.stands(now)

    def stands(self, now: datetime) -> bool:
        """Whether it has not ended, though it may wait for a yes."""
        return not self.is_over and (self.until is None or now < self.until)


@dataclass
class Model:
    """What was offered, given and blocked, by the citizens' own calls."""

    offers: list[Offered] = field(default_factory=list)
    delegations: list[Given] = field(default_factory=list)
    blocks: list[Given] = field(default_factory=list)
    paused: frozenset[int] = frozenset()

    def between(self, citizen: int, person: int, now: datetime) -> list[Given]:
        """The delegations of a citizen to a person that have not ended."""
        return [
            each for each in self.delegations if (each.citizen, each.person) == (citizen, person) and each.stands(now)
        ]

    def rights(self, person: int, citizen: int, now: datetime) -> frozenset[str]:
        """What a person may with a citizen's data."""
        if citizen in self.paused:
            return frozenset()
        mine = [each for each in self.delegations if (each.citizen, each.person) == (citizen, person)]
        may = frozenset().union(*(each.actions for each in mine if each.counts(now)))
        blocked = [each for each in self.blocks if each.citizen == citizen and each.person in (None, person)]
        return may - frozenset().union(*(each.actions for each in blocked if each.counts(now)))


def new_id() -> str:
    """An id that nothing had before."""
    return f"event-{next(serials):016}"


def number(born: date) -> str:
    """A number that nobody had before."""
    return f"{born:%d%m%y}{next(serials) % 4000:04}"
