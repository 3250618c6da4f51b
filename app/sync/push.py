"""Do what was done on a device: each act once, in a transaction of its own, by the rules of its kind.

Invariant: an act's outcome is kept in the transaction that decided and did it, while the device is held; so a number is
answered once, for ever the same, and an effect without its outcome never commits. A refused act leaves its outcome and
what the log says, and nothing else, and never delays another. See docs/protocol.md, Push.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import service as access
from app.consent.ledger import Issuer
from app.db.session import Database
from app.identity import device as devices
from app.identity.device import Device
from app.records import heads
from app.records import item as items
from app.records.source import Kind
from app.sync import acts, outcomes, restoring, rules, tokens
from app.sync.acts import Act
from app.sync.outcomes import APPLIED, Outcome
from app.sync.rules import Point
from app.vault import service as vault

MOST_ACTS = 100
REJECTED = "rejected:"


@dataclass(frozen=True)
class Doing:
    """With what acts are done: the database, the device, who signs receipts, which sources take what, and the clock."""

    database: Database
    device_id: str
    issuer: Issuer
    takers: Callable[[Kind], frozenset[str]]
    now: Callable[[], datetime]


def act_of(sent: Mapping[str, Any]) -> Act:
    """An act as it was sent. Its hash is of all that it says, so that another one under its number is known."""
    payload = hashlib.sha256(items.canonical(sent)).digest()
    return Act(sent["mid"], sent["name"], sent["v"], sent["space"], sent["args"], sent["precondition"], payload)


def push(doing: Doing, acked: Sequence[str], pushed: Sequence[Act]) -> dict[str, Any]:
    """Do the acts in their order; returns the head of the answer, with one outcome each.

    ``acked`` tokens are looked at first: what they show of a restore would be hidden by the acts' own tokens.
    """
    _notice(doing, acked)
    done = [_do(doing, act) for act in pushed]
    with doing.database.reading() as session:
        told = outcomes.to_json(session, doing.device_id, done)
    return {"kind": "push", "at": clock.utc_text(doing.now()), "outcomes": told}


def _notice(doing: Doing, acked: Sequence[str]) -> None:
    for token in acked:
        with doing.database.transaction() as session:
            keys = vault.of(session).tokens
            space = tokens.space_of_acked(keys, doing.device_id, token)
            if space is not None:
                point = tokens.open_acked(keys, doing.device_id, space, token)
                restoring.notice(session, space, [point], doing.now())


def _do(doing: Doing, act: Act) -> Outcome:
    with doing.database.transaction() as session:
        device = devices.hold(session, doing.device_id, doing.now())
        answered = outcomes.find(session, device.id, act.mid)
        known, before = answered if answered is not None else (None, None)
        decided = rules.outcome_of_known(known, act.payload_hash, act.mid, device.low_mid)
        if before is not None and decided == before.outcome:
            return before
        if decided is not None:
            return Outcome(act.mid, act.space, decided)
        at = doing.now()
        outcome = _try(session, device, doing, act, at)
        outcomes.keep(session, device.id, outcome, act.payload_hash, at)
        return outcome


def _try(session: Session, device: Device, doing: Doing, act: Act, at: datetime) -> Outcome:
    """Do it in a savepoint, so that nothing is left of what is refused; then the log is told."""
    before = heads.read(session, act.space)
    refused = Outcome(act.mid, act.space, REJECTED + "device_ended")
    if device.state == "ended":
        return refused
    try:
        with session.begin_nested():
            acts.do(session, acts.By(device, doing.issuer, doing.takers, at), act)
    except acts.Rejected as error:
        return replace(refused, outcome=REJECTED + error.code)
    except errors.DomainError as error:
        if isinstance(error, errors.NotAllowed) and isinstance(error.refusal, access.Refusal):
            access.record_refusal(session, error.refusal, at)
        return replace(refused, outcome=REJECTED + acts.code_of(error))
    after = heads.read(session, act.space)
    wrote = before is not None and after is not None and after.seq > before.seq
    point = Point(after.epoch, after.seq, after.chain) if wrote and after is not None else None
    return Outcome(act.mid, act.space, APPLIED, point)
