"""What a phone of the model holds of one citizen."""

from dataclasses import dataclass, field
from datetime import datetime

from tests.sync.machine.shelf import CursorToken, Token


@dataclass
class Copy:
    """One citizen's copy. ``lease`` is None until it was filled; ``locks_at`` is the lease as it should be."""

    rows: dict[str, str] = field(default_factory=dict)
    staged: dict[str, str] = field(default_factory=dict)
    cursor: CursorToken | None = None
    number: int = 0
    gen: str = ""
    lease: datetime | None = None
    locks_at: datetime | None = None
    is_closed: bool = False


@dataclass
class Beside:
    """What is kept beside a copy also when it is lost: the newest acknowledged act's token, and the epoch known."""

    acked: Token | None = None
    epoch: int | None = None
