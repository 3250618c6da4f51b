"""A citizen's devices: enrol them, let them prove their keys, renew what they may, end them.

Invariant: a device acts for the one citizen who enrolled it, and only after it proved both its keys.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.identity import nonces
from app.identity.device import Device, of_row
from app.identity.models import DeviceRow
from app.vault import device as device_keys
from app.vault import envelope
from app.vault import service as vault
from app.vault.device import SuiteName

# How long a device may take to prove its keys.
PENDING = timedelta(minutes=10)
MOST_ACTIVE = 20
LONGEST_NAME = 60
CHALLENGE, PROOF, STAMP = "naerblik/challenge/v1", "naerblik/proof/v1", "naerblik/stamp/v1"
NAMESPACE = "device"


@dataclass(frozen=True)
class Enrolled:
    """A device that is to prove its keys: it opens ``challenge``, sealed to it, and signs what it finds."""

    device_id: str
    challenge: bytes


def enrol(
    session: Session, grant: Grant, suite: str, seal_key: bytes, sign_key: bytes, name: str, signed_in_at: datetime
) -> Enrolled:
    """Take a device in under a grant for devices:enrol; ``signed_in_at`` is when its person last logged in.

    Raises Invalid for keys or names that are none, Conflict when there are too many devices already.
    """
    _demand(grant, "devices:enrol")
    if suite not in device_keys.SUITES:
        raise errors.Invalid("This kind of keys is not known here.")
    device_keys.demand_keys(suite, seal_key, sign_key)
    written = _name(name)
    _sweep(session, grant)
    if _count(session, grant.citizen_id) >= MOST_ACTIVE:
        raise errors.Conflict(f"You have {MOST_ACTIVE} devices already. End one of them first.")
    device_id, opened = secrets.token_hex(16), secrets.token_bytes(32)
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    session.add(
        DeviceRow(
            id=device_id,
            citizen_id=grant.citizen_id,
            suite=suite,
            seal_key=seal_key,
            sign_key=sign_key,
            key_version=box.version,
            sealed=box.seal(written.encode(), NAMESPACE, device_id),
            state="pending",
            challenge_hash=_hash(device_id, opened),
            enrolled_at=grant.at,
            seen_at=grant.at,
            signed_in_at=signed_in_at,
            nonce_high=0,
            nonce_seen=nonces.NONE_SEEN,
            low_mid=0,
        ),
    )
    session.flush()  # found in the same transaction
    info = envelope.context(CHALLENGE, device_id)
    return Enrolled(device_id, device_keys.seal_to(suite, seal_key, info, opened))


def prove(session: Session, grant: Grant, device_id: str, opened: bytes, signature: bytes) -> Device:
    """Let a pending device act: it opened its challenge and signed it. Proved once, it stays so."""
    _demand(grant, "devices:prove")
    row = _own(session, grant, device_id)
    device_keys.verify(
        cast("SuiteName", row.suite), row.sign_key, signature, envelope.context(PROOF, device_id, opened)
    )
    if row.state == "active":
        return of_row(row)
    is_late = grant.at >= row.enrolled_at + PENDING
    if row.state == "ended" or is_late or not hmac.compare_digest(row.challenge_hash or b"", _hash(device_id, opened)):
        raise errors.NotVerified("This device could not prove its keys. Set it up anew.")
    row.state, row.challenge_hash = "active", None
    session.flush()
    return of_row(row)


def stamp(
    session: Session, grant: Grant, device_id: str, signature: bytes, csrf: str, signed_in_at: datetime
) -> Device:
    """Renew what the device may: its person has logged in on it, and it signed that session's CSRF token."""
    _demand(grant, "devices:prove")
    row = _own(session, grant, device_id)
    signed = envelope.context(STAMP, device_id, csrf)
    device_keys.verify(cast("SuiteName", row.suite), row.sign_key, signature, signed)
    if row.state != "active":
        raise errors.Conflict("This device was ended. Set it up anew.")
    row.signed_in_at = max(row.signed_in_at, signed_in_at)
    session.flush()
    return of_row(row)


def end(session: Session, grant: Grant, device_id: str) -> bool:
    """End a device: it gets nothing more but the order to wipe. False when it was ended before. Raises NotFound."""
    _demand(grant, "devices:end")
    row = _own(session, grant, device_id)
    if row.state == "pending":
        session.delete(row)
        return False
    if row.state == "ended":
        return False
    row.state, row.ended_at = "ended", grant.at
    session.flush()
    return True


def read_all(session: Session, grant: Grant) -> list[tuple[Device, str]]:
    """The citizen's devices that were ever active, with their names: those in use first, the last seen first."""
    _demand(grant, "devices:read")
    rows = session.scalars(
        select(DeviceRow)
        .where(DeviceRow.citizen_id == grant.citizen_id, DeviceRow.state != "pending")
        .order_by(DeviceRow.ended_at.is_not(None), DeviceRow.seen_at.desc(), DeviceRow.id)
    ).all()
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [(of_row(row), box.open(row.sealed, row.key_version, NAMESPACE, row.id).decode()) for row in rows]


def sweep(session: Session, now: datetime) -> int:
    """Forget the devices that have not proved their keys in time; returns how many."""
    late = delete(DeviceRow).where(DeviceRow.state == "pending", DeviceRow.enrolled_at <= now - PENDING)
    return len(session.execute(late.returning(DeviceRow.id)).all())


def _name(name: str) -> str:
    written = " ".join(name.split())
    if not written or len(written) > LONGEST_NAME or not written.isprintable():
        raise errors.Invalid(f"Give the device a name of 1 to {LONGEST_NAME} letters.")
    return written


def _demand(grant: Grant, action: str) -> None:
    if grant.action != action:
        raise errors.NotAllowed("This access does not cover devices.")


def _own(session: Session, grant: Grant, device_id: str) -> DeviceRow:
    row = session.scalar(
        select(DeviceRow).where(DeviceRow.id == device_id, DeviceRow.citizen_id == grant.citizen_id).with_for_update()
    )
    if row is None:
        raise errors.NotFound("This device is not one of yours.")
    return row


def _sweep(session: Session, grant: Grant) -> None:
    late = grant.at - PENDING
    session.execute(
        delete(DeviceRow).where(
            DeviceRow.citizen_id == grant.citizen_id, DeviceRow.state == "pending", DeviceRow.enrolled_at <= late
        )
    )


def _count(session: Session, citizen_id: str) -> int:
    of_them = select(func.count()).select_from(DeviceRow)
    return session.scalar(of_them.where(DeviceRow.citizen_id == citizen_id, DeviceRow.state != "ended")) or 0


def _hash(device_id: str, opened: bytes) -> bytes:
    return hashlib.sha256(envelope.context("challenge", device_id, opened)).digest()
