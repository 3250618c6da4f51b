"""What a device is told of a copy, what a token shows of the server itself, how long a copy may be read. Pure.

Invariant: nothing that a device or its clock says decides here, but only tokens that the server sealed itself. See
docs/protocol.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

# How long a copy may be read without contact: one's own, and somebody else's.
OWN_LEASE = timedelta(days=7)
LENT_LEASE = timedelta(hours=24)
# How long the outcome of an act is remembered.
REMEMBERED = timedelta(days=180)

# "start" and "page" are a snapshot's first page and those after it.
Told = Literal["up_to_date", "delta", "start", "page"]
PAYLOAD_CHANGED, TOO_OLD = "rejected:payload_changed", "rejected:too_old"


@dataclass(frozen=True)
class Point:
    """A number of a shelf in an epoch, with the value of the chain there."""

    epoch: int
    seq: int
    chain: bytes


@dataclass(frozen=True)
class Stand:
    """Where a shelf stands; below ``floor`` it does not know any more what was removed."""

    point: Point
    floor: int


@dataclass(frozen=True)
class Cursor:
    """Where a device's copy stands.

    ``gen`` is the scope that it was told by, ``number`` the copy's own number, ``view`` the digest of what it holds.
    ``after`` is None for a copy that stands at ``point``. While one is filled it is the shelf's number up to which the
    pages have come, and ``point`` the head at which the filling began.
    """

    point: Point
    gen: str
    number: int
    view: bytes
    after: int | None = None


@dataclass(frozen=True)
class Acked:
    """That the act ``mid`` was acknowledged, and where its shelf stood when that was said."""

    point: Point
    mid: int


@dataclass(frozen=True)
class Known:
    """An act that was answered before: the hash of what it said, and its outcome."""

    payload_hash: bytes
    outcome: str


def shows_restore(stand: Stand, point: Point, link: bytes | None, *, was_ended: bool) -> bool:
    """Whether a point that the server once gave away shows that an older backup was put back since.

    ``link`` is the chain's value that the shelf has at the point's number, None when no step ended there; it counts
    only at or above the floor. ``was_ended``: the server knows that the point's epoch is over.
    """
    if point.epoch != stand.point.epoch:
        return not was_ended
    if point.seq >= stand.point.seq:
        return (point.seq, point.chain) != (stand.point.seq, stand.point.chain)
    return point.seq >= stand.floor and link != point.chain


def is_lost(mid: int, low_mid: int, *, is_known: bool, was_ended: bool) -> bool:
    """Whether an act that was acknowledged is gone, though it may have left no trace on a shelf: a restore.

    ``was_ended``: the server knows that the epoch of the acknowledgement is over; the device sends the act again.
    """
    return not is_known and not was_ended and mid > low_mid


def tell(stand: Stand, cursor: Cursor | None, gen: str) -> Told:
    """What a device with this cursor is told of a shelf, by a scope that has this ``gen``.

    While a copy is filled, what was removed before the filling began was never told, so only a floor above that makes
    it begin anew.
    """
    if cursor is None or cursor.gen != gen or cursor.point.epoch != stand.point.epoch or cursor.point.seq < stand.floor:
        return "start"
    if cursor.after is not None:
        return "page"
    return "up_to_date" if cursor.point == stand.point else "delta"


def tell_limited(stand: Stand, cursor: Cursor | None, gen: str, view: bytes) -> Told:
    """As ``tell``, where not every item of the shelf is seen and ``view`` is the digest of those that are.

    What is out of sight must leave no trace, so there are no deltas: the copy is as it was, or it is told whole.
    """
    told = tell(stand, cursor, gen)
    if cursor is None or told == "start" or cursor.view != view:
        return "start"
    return "page" if told == "page" else "up_to_date"


def moved(
    stand: Stand, cursor: Cursor | None, told: Told, gen: str, view: bytes, after: int | None, high: int
) -> Cursor:
    """Where the copy stands once it has taken what it is told.

    ``after`` is the shelf's number of the last row told, None when no more is left; ``high`` is the highest number that
    this copy is known to have had in this epoch. While it is filled it keeps the head at which that began: what was
    removed since then, and is forgotten, may lie in its pages.
    """
    if told == "start" or cursor is None:
        was = cursor.number if cursor is not None and cursor.point.epoch == stand.point.epoch else 0
        return Cursor(stand.point, gen, 1 + max(high, was), view, after)
    point = cursor.point if told == "page" and after is not None else stand.point
    return Cursor(point, gen, cursor.number + (told == "delta"), view, after)


def lease_until(now: datetime, horizon: datetime | None, *, is_own: bool) -> datetime:
    """Until when a copy may be read: never past the next instant at which the decision about it can change."""
    end = now + (OWN_LEASE if is_own else LENT_LEASE)
    return end if horizon is None else min(end, horizon)


def is_at_rest(stand: Stand, cursor: Cursor | None, *, queued: int, is_confirmed: bool) -> bool:
    """Whether a citizen's own device has said all that it knows since the last restore was noticed.

    It has a whole copy of the present epoch, nothing left to send, and has seen every outcome.
    """
    has_copy = cursor is not None and cursor.after is None and cursor.point.epoch == stand.point.epoch
    return has_copy and queued == 0 and is_confirmed


def outcome_of_known(known: Known | None, payload_hash: bytes, mid: int, low_mid: int) -> str | None:
    """The outcome of an act without doing it; None: it is new, and to be done.

    ``low_mid``: acts up to it are not remembered, so that none of them can be told from one that was done.
    """
    if known is not None:
        return known.outcome if known.payload_hash == payload_hash else PAYLOAD_CHANGED
    return TOO_OLD if mid <= low_mid else None
