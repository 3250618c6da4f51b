"""The ports to whoever keeps a citizen's facts outside: ask for them, and hand over what the citizen tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

# What a receiver may take: an answer to an appointment, a wish that a prescription be renewed, a letter to the citizen.
Kind = Literal["appointment_answer", "renewal", "notice"]


@dataclass(frozen=True)
class Answer:
    """A source's answer as it came, to be read by the gateway that knows its form. Never logged."""

    body: bytes
    received_at: datetime


@dataclass(frozen=True)
class Told:
    """What a receiver says of a message: ``status`` is sent, received, answered or failed.

    ``outcome`` is accepted or rejected where an answer says so, ``reply`` its words, at most 500 characters.
    """

    status: str
    outcome: str | None = None
    reply: str | None = None


class Source(Protocol):
    """One outside source. Raises errors.SourceFailed when it does not answer, or answers what cannot be used."""

    name: str

    def fetch(self, cpr: str) -> list[Answer]:
        """All that the source now says about the citizen, one or more answers."""
        ...


class Receiver(Protocol):
    """Takes messages of citizens about what the source of that name keeps. Raises errors.SourceFailed as a source."""

    name: str
    takes: frozenset[Kind]

    def send(self, message_id: str, message: bytes) -> Told:
        """Hand over a message under its id: the same id again is the same message, however often it is sent."""
        ...

    def ask(self, message_id: str) -> Told:
        """What has become of a message that was sent."""
        ...
