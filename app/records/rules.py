"""When a message is tried or asked about again, and how its delivery moves on. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WAITING, SENT, RECEIVED, ANSWERED, FAILED = "waiting", "sent", "received", "answered", "failed"
ORDER = (WAITING, SENT, RECEIVED, ANSWERED)

# Waits between tries to send: some minutes close together for a hiccup, then further apart for an outage of a day.
TRIES = tuple(timedelta(seconds=each) for each in (15, 60, 300, 1800, 7200, 21600, 43200))
# Waits between questions about what became of it, the last one again and again until ``ASKED_FOR`` is over.
QUESTIONS = tuple(timedelta(seconds=each) for each in (5, 15, 60, 300, 1800, 7200, 43200))
ASKED_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Delivery:
    """How far a message has come.

    ``status``: waiting, sent, received, answered, failed. ``at``: when that was reached. ``outcome`` and ``reply`` are
    the receiver's.
    """

    status: str
    at: datetime
    outcome: str | None = None
    reply: str | None = None


def is_open(status: str) -> bool:
    """Whether anything is still to be done about a message."""
    return status in (WAITING, SENT, RECEIVED)


def is_news(standing: str, status: str) -> bool:
    """Whether a status told by a receiver moves a delivery on."""
    if not is_open(standing):
        return False
    return status == FAILED or (status in ORDER and ORDER.index(status) > ORDER.index(standing))


def moved(standing: Delivery, status: str, outcome: str | None, reply: str | None, at: datetime) -> Delivery:
    """The delivery after a receiver told a status. It never goes back: what was received is not merely sent again."""
    return Delivery(status, at, outcome, reply) if is_news(standing.status, status) else standing


def next_at(status: str, tries: int, made_at: datetime, now: datetime) -> datetime | None:
    """When to try or ask again after so many times in vain; None when there is nothing more to do."""
    if status == WAITING:
        return now + TRIES[tries - 1] if tries <= len(TRIES) else None
    if not is_open(status) or now - made_at >= ASKED_FOR:
        return None
    return now + QUESTIONS[min(tries, len(QUESTIONS) - 1)]
