"""What goes between a phone and the server of the model, and what an answer holds beside it for the invariants."""

from dataclasses import dataclass
from datetime import datetime

from app.sync.rules import Told as ToldAs
from tests.sync.machine.shelf import Act, CursorToken, Row, Token, View


@dataclass(frozen=True)
class Named:
    """A copy as its phone names it."""

    space: str
    cursor: CursorToken | None = None
    acked: Token | None = None


@dataclass(frozen=True)
class Pull:
    """The request for what is new."""

    phone: str
    nonce: int
    named: tuple[Named, ...]
    wiped: tuple[tuple[str, str], ...]
    confirmed: int
    queued: int

    def cursor_of(self, space: str) -> CursorToken | None:
        """The cursor with which it asked for a copy."""
        return next((each.cursor for each in self.named if each.space == space), None)


@dataclass(frozen=True)
class Push:
    """The request to do acts."""

    phone: str
    nonce: int
    acked: tuple[Token, ...]
    acts: tuple[Act, ...]


Ask = Pull | Push


@dataclass(frozen=True)
class Truth:
    """For the invariants: what the shelf showed a phone at the instant of the answer; no view: it may hold none.

    ``locks_at`` is the last instant at which the copy may be read without another contact, None for a closed one.
    """

    level: str | None
    view: View | None
    locks_at: datetime | None


@dataclass(frozen=True)
class Told:
    """What is said of one copy."""

    space: str
    answer: str
    truth: Truth
    told: ToldAs | None = None
    epoch: int = 0
    base: int = 0
    to: int = 0
    gen: str = ""
    lease: datetime | None = None
    rows: tuple[tuple[str, Row], ...] = ()
    more: bool = False
    cursor: CursorToken | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an act."""

    mid: int
    space: str
    outcome: str
    acked: Token | None


@dataclass(frozen=True)
class Answer:
    """An answer to one request; ``problem``: nothing was done. ``serial`` counts answers, for the invariants."""

    ask: Ask
    at: datetime
    serial: int
    problem: str | None = None
    ended: bool = False
    outcomes: tuple[Outcome, ...] = ()
    spaces: tuple[Told, ...] = ()
