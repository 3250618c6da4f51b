"""Do what was done on a device: each act once, in a transaction of its own, by the rules of its kind.

Invariant: an act's outcome is kept in the transaction that decided and did it, while the device is held; so a number is
answered once, for ever the same, and an effect without its outcome never commits. A refused act leaves its outcome and
what the log says, and nothing else, and never delays another. See docs/protocol.md, Push.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import service as access
from app.consent.ledger import Issuer
from app.db.session import Database
from app.identity import device as devices
from app.identity.device import Device
from app.records import heads, restores
from app.records import item as items
from app.records.source import Kind
from app.sync import acts, outcomes, restoring, rules, tokens
from app.sync.acts import Act
from app.sync.args import Rejected
from app.sync.outcomes import APPLIED, Outcome
from app.sync.rules import Acked, Cursor
from app.vault import service as vault

MOST_ACTS = 100
REJECTED = "rejected:"


@dataclass(frozen=True)
class Doing:
    """With what acts are done: the database, the device, who signs receipts, which sources take what, and the clock.

    ``device`` is as it was seen when it signed, and ``counter`` the request's, to be used up.
    """

    database: Database
    device: Device
    counter: int
    issuer: Issuer
    takers: Callable[[Kind], frozenset[str]]
    now: Callable[[], datetime]


def act_of(sent: Mapping[str, Any]) -> Act:
    """An act as it was sent. Its hash is of all that it says, so that another one under its number is known."""
    payload = hashlib.sha256(items.canonical(sent)).digest()
    return Act(sent["mid"], sent["name"], sent["v"], sent["space"], sent["args"], sent["precondition"], payload)


def push(doing: Doing, acked: Sequence[str], pushed: Sequence[Act]) -> dict[str, Any]:
    """Do the acts in their order, of which there is one at least; returns the head of the answer, with their outcomes.

    ``acked`` tokens are looked at first: what they show of a restore would be hidden by the acts' own tokens. An act
    without an outcome waits: it is about a shelf that a restore has closed to others.
    """
    # The first transaction uses the counter up, so that a request which was sent before does nothing at all.
    counters = chain([doing.counter], repeat(None))
    for space, said in _shown(doing, acked):
        _notice(doing, next(counters), space, said)
    done = [outcome for act in pushed if (outcome := _do(doing, next(counters), act)) is not None]
    with doing.database.looking() as session:
        told = outcomes.to_json(session, doing.device.id, done, {})
    return {"kind": "push", "at": clock.utc_text(doing.now()), "outcomes": told}


def _shown(doing: Doing, acked: Sequence[str]) -> list[tuple[str, list[Cursor | Acked]]]:
    """What the tokens say, by space, where it shows that an older backup was put back: as a rule nowhere."""
    said = _said(doing, acked)
    with doing.database.looking() as session:
        return [each for each in said if restoring.is_shown(session, doing.device, *each)]


def _said(doing: Doing, acked: Sequence[str]) -> list[tuple[str, list[Cursor | Acked]]]:
    """What the tokens say, by space."""
    keys = vault.in_database(doing.database.info).tokens
    said: dict[str, list[Cursor | Acked]] = {}
    for opened in (tokens.open_any(keys, doing.device.id, token) for token in acked):
        if opened is not None:
            said.setdefault(opened[0], []).append(opened[1])
    return sorted(said.items(), key=itemgetter(0))


def _notice(doing: Doing, counter: int | None, space: str, said: Sequence[Cursor | Acked]) -> None:
    with doing.database.transaction() as session:
        device = devices.hold(session, doing.device, doing.now(), counter)
        head = heads.lock(session, [space])[space]
        restoring.notice(session, device, head, said, doing.now())


def _do(doing: Doing, counter: int | None, act: Act) -> Outcome | None:
    with doing.database.transaction() as session:
        device = devices.hold(session, doing.device, doing.now(), counter)
        answered = outcomes.find(session, device.id, act.mid)
        known, before = answered if answered is not None else (None, None)
        decided = rules.outcome_of_known(known, act.payload_hash, act.mid, device.low_mid)
        if before is not None and decided == before.outcome:
            return before
        if decided is not None:
            return Outcome(act.mid, act.space, decided)
        at = doing.now()
        outcome = _try(session, device, doing, act, at)
        if outcome is not None:
            outcomes.keep(session, device.id, outcome, act.payload_hash, at)
        return outcome


def _try(session: Session, device: Device, doing: Doing, act: Act, at: datetime) -> Outcome | None:
    """Do it in a savepoint, so that nothing is left of what is refused; then the log is told.

    None: whether it is allowed is not known until the citizen's own device has spoken after a restore.
    """
    refused = Outcome(act.mid, act.space, REJECTED + "device_ended")
    if device.state == "ended":
        return refused
    try:
        with session.begin_nested():
            acts.do(session, acts.By(device, doing.issuer, doing.takers, at), act)
    except Rejected as error:
        return replace(refused, outcome=REJECTED + error.code)
    except errors.DomainError as error:
        is_others = act.space != device.citizen_id
        if isinstance(error, errors.NotAllowed) and is_others and restores.is_closed(session, act.space):
            return None
        if isinstance(error, errors.NotAllowed) and isinstance(error.refusal, access.Refusal):
            access.record_refusal(session, error.refusal, at)
        return replace(refused, outcome=REJECTED + acts.code_of(error))
    return Outcome(act.mid, act.space, APPLIED)
