"""The port to whoever keeps a citizen's facts outside: ask for them, and send what the citizen answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Answer:
    """A source's answer as it came, to be read by the gateway that knows its form. Never logged."""

    body: bytes
    received_at: datetime


@dataclass(frozen=True)
class Delivery:
    """What became of something sent: ``status`` is sent or failed, ``reference`` the receiver's id if it gave one."""

    status: str
    reference: str | None
    at: datetime


class Source(Protocol):
    """One outside source. Raises errors.SourceFailed when it does not answer, or answers what cannot be used."""

    name: str

    def fetch(self, cpr: str) -> list[Answer]:
        """All that the source now says about the citizen, one or more answers."""
        ...

    def send(self, cpr: str, message: bytes) -> Delivery:
        """Hand a message of the citizen to the source, once; the same message again is the same delivery."""
        ...
