"""What was said about a dose: which statements stand, what they come to, and which may be made. Pure.

Invariant: nothing is ever merged away. Statements are only added; to take one back is another statement. Who said
different things about a dose, or that several people said something, is shown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# Longer ago nobody remembers, and no device waits so long to send what was said.
LONGEST_AGO = timedelta(days=90)
# How far a clock may be ahead of ours without a time that it tells being taken for one to come.
AHEAD = timedelta(minutes=10)
SLOTS = ("morning", "noon", "evening", "night", "any")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
# More of anything nobody takes at once.
_QUANTITY = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,4})?")

Said = Literal["taken", "skipped"]
State = Literal["none", "taken", "skipped", "differs"]
Fault = Literal["slot", "ahead", "long_ago", "time_ahead", "amount"]


@dataclass(frozen=True)
class Slot:
    """Which dose: the shelf's key of its medication, the civil date in Copenhagen, and slot and ordinal of the plan."""

    medication: str
    day: date
    slot: str
    ordinal: int


@dataclass(frozen=True)
class Amount:
    """How much was taken: a decimal number as text, and its unit in the card's words, None where the card has none."""

    quantity: str
    unit: str | None


@dataclass(frozen=True)
class Statement:
    """What is said about a dose. ``at``: when it was taken, ``amount``: how much of it, each where that was said."""

    slot: Slot
    said: Said
    at: datetime | None = None
    amount: Amount | None = None


@dataclass(frozen=True)
class Mark:
    """A statement about a dose as it stands. ``at``, ``amount``: as in ``Statement``. ``by``: the id of who said it.

    ``key`` is the shelf's key of the statement, ``is_undone`` whether it was taken back.
    """

    key: str
    slot: Slot
    said: Said
    at: datetime | None
    by: str
    made_at: datetime
    is_undone: bool = False
    amount: Amount | None = None


def fault(told: Statement, now: datetime) -> Fault | None:
    """Why this cannot be said about a dose now; None: it can.

    The day counts in Copenhagen, whatever the clock of the device says.
    """
    if told.amount is not None and not (told.said == "taken" and _is_some(told.amount)):
        return "amount"
    return _fault_of_day(told.slot, now) or ("time_ahead" if told.at is not None and told.at > now + AHEAD else None)


def _is_some(amount: Amount) -> bool:
    return bool(_QUANTITY.fullmatch(amount.quantity)) and float(amount.quantity) > 0


def _fault_of_day(slot: Slot, now: datetime) -> Fault | None:
    today = now.astimezone(COPENHAGEN).date()
    if slot.slot not in SLOTS and not _CLOCK.fullmatch(slot.slot):
        return "slot"
    if slot.day > today:
        return "ahead"
    return "long_ago" if slot.day < today - LONGEST_AGO else None


def said_in(events: Mapping[str, Mapping[str, Any]]) -> list[Mark]:
    """The statements among the contents on the shelf by key, the first made first, in whatever order they came.

    What takes a statement back is no statement itself, and does so even where it is known before the statement is.
    """
    undone = {content["undoes"] for content in events.values()}
    marks = [
        _mark(key, content, is_undone=key in undone) for key, content in events.items() if content["undoes"] is None
    ]
    return sorted(marks, key=_when)


def standing(marks: Iterable[Mark], slot: Slot) -> list[Mark]:
    """The statements about a dose that were not taken back, the first made first."""
    return sorted((each for each in marks if each.slot == slot and not each.is_undone), key=_when)


def state_of(said: Sequence[Mark]) -> State:
    """What the standing statements about a dose come to. ``differs``: not the same was said, or not by one person."""
    if not said:
        return "none"
    if len({each.said for each in said}) > 1 or len({each.by for each in said}) > 1:
        return "differs"
    return said[0].said


def _when(mark: Mark) -> tuple[datetime, str]:
    return mark.made_at, mark.key


def _mark(key: str, content: Mapping[str, Any], *, is_undone: bool) -> Mark:
    slot = Slot(content["medication"], date.fromisoformat(content["date"]), content["slot"], content["ordinal"])
    at = datetime.fromisoformat(content["at"]) if content["at"] else None
    made_at = datetime.fromisoformat(content["made_at"])
    # Older statements have no word on the amount.
    quantity = content.get("quantity")
    amount = None if quantity is None else Amount(quantity, content["unit"])
    return Mark(key, slot, content["said"], at, content["by"], made_at, is_undone, amount)
