"""The outcomes of acts: remembered for 180 days, so that none is done twice, and told until they were seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.identity import device as devices
from app.records import heads
from app.records.heads import Head
from app.sync import rules, tokens
from app.sync.models import Applied
from app.sync.rules import Acked, Known, Point
from app.vault import service as vault

_APPLIED = table_of(Applied)
MOST = 200
# How many are forgotten in one transaction.
AT_ONCE = 5_000
APPLIED = "applied"
# What each refusal means to the person, in English; the app has words of its own for the codes.
DETAILS = {
    "unknown_act": "This app asks for something that is not known here. Update it.",
    "malformed": "What was sent cannot be understood. Nothing was changed.",
    "not_allowed": "You may not do this for this person any more. Nothing was changed.",
    "fresh_login_needed": "Show once more that it is you, and then do it again.",
    "stale": "It has changed since you saw it. Look at it again before you answer.",
    "not_found": "What this was about is not here any more.",
    "conflict": "This cannot be done any more.",
    "payload_changed": "Something else was sent under this number before. Only the first counts.",
    "too_old": "It lay so long that nobody can tell whether it was done. Look, and do it again if it was not.",
    "device_ended": "This device was ended before it was sent. Nothing was changed.",
}

_KNOWN = select(_APPLIED.c.payload_hash, _APPLIED.c.outcome, _APPLIED.c.space).where(
    _APPLIED.c.device_id == bindparam("device"), _APPLIED.c.mid == bindparam("mid")
)

_ABOVE = (
    select(_APPLIED.c.mid, _APPLIED.c.space, _APPLIED.c.outcome)
    .where(_APPLIED.c.device_id == bindparam("device"), _APPLIED.c.mid > bindparam("confirmed"))
    .order_by(_APPLIED.c.mid)
    .limit(bindparam("most"))
)

_KEEP = insert(_APPLIED)


@dataclass(frozen=True)
class Outcome:
    """What became of an act about ``space``."""

    mid: int
    space: str
    outcome: str


def find(session: Session, device_id: str, mid: int) -> tuple[Known, Outcome] | None:
    """What an act of this number was answered before; None: nothing is known of it."""
    row = session.execute(_KNOWN, {"device": device_id, "mid": mid}).one_or_none()
    if row is None:
        return None
    return Known(row.payload_hash, row.outcome), Outcome(mid, row.space, row.outcome)


def keep(session: Session, device_id: str, outcome: Outcome, payload_hash: bytes, now: datetime) -> None:
    """Remember an outcome. The device is held, so that no other request answers the same act."""
    row = {
        "device_id": device_id,
        "mid": outcome.mid,
        "space": outcome.space,
        "payload_hash": payload_hash,
        "outcome": outcome.outcome,
        "decided_at": now,
    }
    session.execute(_KEEP, row)


def above(session: Session, device_id: str, confirmed: int, most: int = MOST) -> list[Outcome]:
    """The outcomes that a device has not confirmed, the lowest number first."""
    bounds = {"device": device_id, "confirmed": confirmed, "most": most}
    return [Outcome(*row) for row in session.execute(_ABOVE, bounds)]


def to_json(
    session: Session, device_id: str, outcomes: Sequence[Outcome], points: Mapping[str, Point]
) -> list[dict[str, Any]]:
    """The outcomes as a device is told of them; ``points`` are where shelves stand, as far as that was read already.

    An act that was done comes with a token that names it and where its shelf stands now, so that of two tokens the
    later one shows every restore that the earlier one would.
    """
    done = {each.space for each in outcomes if each.outcome == APPLIED} - points.keys()
    others = {space: point_of(head) for space in sorted(done) if (head := heads.read(session, space)) is not None}
    return [_to_json(session, device_id, each, {**points, **others}) for each in outcomes]


def point_of(head: Head) -> Point:
    """Where a head stands, for the rules."""
    return Point(head.epoch, head.seq, head.chain)


def forget(session: Session, now: datetime) -> int:
    """Forget outcomes that are older than is promised, and take no such act any more; returns how many.

    At most ``AT_ONCE``, and of a device only the lowest numbers without a gap, so that what is above stays known.
    """
    old = now - rules.REMEMBERED
    rows = session.execute(
        select(Applied.device_id, Applied.mid)
        .where(Applied.decided_at < old)
        .order_by(Applied.device_id, Applied.mid)
        .limit(AT_ONCE)
    ).all()
    highest: dict[str, int] = {}
    for device_id, mid in rows:
        highest[device_id] = max(mid, highest.get(device_id, 0))
    forgotten = 0
    for device_id, mid in sorted(highest.items()):
        young = session.scalar(
            select(func.min(Applied.mid)).where(Applied.device_id == device_id, Applied.decided_at >= old)
        )
        last = mid if young is None else min(mid, young - 1)
        if last < 1:
            continue
        devices.raise_low_mid(session, device_id, last)
        gone = session.execute(delete(Applied).where(Applied.device_id == device_id, Applied.mid <= last))
        forgotten += gone.rowcount  # type: ignore[attr-defined]  # a statement that deletes counts
    return forgotten


def _to_json(session: Session, device_id: str, outcome: Outcome, points: Mapping[str, Point]) -> dict[str, Any]:
    told: dict[str, Any] = {"mid": outcome.mid, "outcome": outcome.outcome}
    code = outcome.outcome.partition(":")[2]
    if code:
        told["detail"] = DETAILS[code]
    if outcome.outcome == APPLIED and outcome.space in points:
        acked = Acked(points[outcome.space], outcome.mid)
        told["acked"] = tokens.seal_acked(vault.of(session).tokens, device_id, outcome.space, acked)
    return told
