"""A device as it stands, and the leave to act that each of its signed requests takes.

Invariant: a device acts for 30 days after its person last logged in on it. Invariant: a signed request counts once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from app import errors
from app.db.base import table_of
from app.db.session import Database
from app.identity import nonces
from app.identity.models import DeviceRow
from app.vault.device import SuiteName

_DEVICE = table_of(DeviceRow)
# How long a device acts after its person last logged in on it.
SIGNED_IN = timedelta(days=30)

State = Literal["pending", "active", "ended"]

# Built once, as every signed request says them.
_COLUMNS = (
    _DEVICE.c.id,
    _DEVICE.c.citizen_id,
    _DEVICE.c.suite,
    _DEVICE.c.seal_key,
    _DEVICE.c.sign_key,
    _DEVICE.c.state,
    _DEVICE.c.enrolled_at,
    _DEVICE.c.seen_at,
    _DEVICE.c.signed_in_at,
    _DEVICE.c.ended_at,
    _DEVICE.c.wiped_at,
    _DEVICE.c.low_mid,
    _DEVICE.c.nonce_high,
    _DEVICE.c.nonce_seen,
)
_PROVED = select(*_COLUMNS).where(_DEVICE.c.id == bindparam("device"), _DEVICE.c.state != "pending")
_HELD = _PROVED.with_for_update()
_USE = (
    update(_DEVICE)
    .where(
        _DEVICE.c.id == bindparam("device"),
        _DEVICE.c.nonce_high == bindparam("was_high"),
        _DEVICE.c.nonce_seen == bindparam("was_seen"),
    )
    .values(nonce_high=bindparam("high"), nonce_seen=bindparam("seen"), seen_at=bindparam("at"))
    .returning(*_COLUMNS)
)
_RAISE = (
    update(_DEVICE)
    .where(_DEVICE.c.id == bindparam("device"), _DEVICE.c.low_mid < bindparam("mid"))
    .values(low_mid=bindparam("mid"))
)


@dataclass(frozen=True)
class Device:
    """A device as it stands. Keys are raw public keys of its suite; ``low_mid``: acts up to it are forgotten.

    ``wiped_at`` is when an ended one confirmed that nothing is left on it; ``nonce_high`` and ``nonce_seen`` are which
    counters it used (app.identity.nonces).
    """

    id: str
    citizen_id: str
    suite: SuiteName
    seal_key: bytes
    sign_key: bytes
    state: State
    enrolled_at: datetime
    seen_at: datetime
    signed_in_at: datetime
    ended_at: datetime | None
    wiped_at: datetime | None
    low_mid: int
    nonce_high: int
    nonce_seen: bytes

    @property
    def signed_in_until(self) -> datetime:
        """Until when it acts without a new login."""
        return self.signed_in_at + SIGNED_IN


def find(session: Session, device_id: str) -> Device | None:
    """A device that has proved its keys, ended or not; None for any other."""
    row = session.execute(_PROVED, {"device": device_id}).one_or_none()
    return None if row is None else of_row(row)


def glance(database: Database, device_id: str) -> Device | None:
    """As ``find``, by a single look outside of any transaction."""
    rows = database.glance(_PROVED, {"device": device_id})
    return of_row(rows[0]) if rows else None


def hold(session: Session, seen: Device, now: datetime, counter: int | None = None) -> Device:
    """Hold a device that was seen before until the transaction ends, and see that it may act; use a counter up.

    An ended one is given back as such: it is told to wipe. Raises DeviceRefused, and NonceUsed for a counter that was.
    """
    # As a rule nobody has used another of its counters since it was seen, and then this is one statement.
    device = _use(session, seen, now, counter) if counter is not None else None
    if device is None:
        row = session.execute(_HELD, {"device": seen.id}).one_or_none()
        if row is None:
            raise errors.DeviceRefused("device_unknown", "This device is not known here. Set it up anew.")
        held = of_row(row)
        device = held if counter is None else _use(session, held, now, counter)
        if device is None:
            raise errors.NonceUsed("This request was sent before. Nothing was done twice.")
    if device.state == "active" and now >= device.signed_in_until:
        raise errors.DeviceRefused("login_needed", "Log in again on this device. Everything on it is kept.")
    return device


def _use(session: Session, device: Device, now: datetime, counter: int) -> Device | None:
    """Use a counter up and hold the device; None, and nothing is held, unless its counters stand as they were seen."""
    used = nonces.taken(device.nonce_high, device.nonce_seen, counter)
    if used is None:
        return None
    values = {
        "device": device.id,
        "was_high": device.nonce_high,
        "was_seen": device.nonce_seen,
        "high": used[0],
        "seen": used[1],
        "at": max(device.seen_at, now),
    }
    row = session.execute(_USE, values).one_or_none()
    return None if row is None else of_row(row)


def record_wiped(session: Session, device_id: str, now: datetime) -> None:
    """An ended device has confirmed that nothing is left on it."""
    row = session.get(DeviceRow, device_id)
    if row is not None and row.state == "ended" and row.wiped_at is None:
        row.wiped_at = now


def raise_low_mid(session: Session, device_id: str, mid: int) -> None:
    """Acts up to this one are not remembered any more; it never goes down, whoever else raises it at once."""
    session.execute(_RAISE, {"device": device_id, "mid": mid})


def of_row(row: DeviceRow | Row[*tuple[Any, ...]]) -> Device:
    """The value of a row."""
    return Device(
        id=row.id,
        citizen_id=row.citizen_id,
        suite=cast("SuiteName", row.suite),
        seal_key=row.seal_key,
        sign_key=row.sign_key,
        state=cast("State", row.state),
        enrolled_at=row.enrolled_at,
        seen_at=row.seen_at,
        signed_in_at=row.signed_in_at,
        ended_at=row.ended_at,
        wiped_at=row.wiped_at,
        low_mid=row.low_mid,
        nonce_high=row.nonce_high,
        nonce_seen=row.nonce_seen,
    )
