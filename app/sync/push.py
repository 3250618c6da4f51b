"""Do what was done on a device: each act once, in a transaction of its own, by the rules of its kind.

Invariant: an act's outcome is kept in the transaction that decided and did it, while the device is held; so a number is
answered once, for ever the same, and an effect without its outcome never commits. A refused act leaves its outcome and
what the log says, and nothing else, and never delays another. See docs/protocol.md, Push.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
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
    try:
        return _decide(doing, counter, act, _done)
    except _Undone as undone:
        # All of it is undone; what is left of an act that is refused is kept by itself.
        return _decide(doing, counter, act, partial(_refused, error=undone.error))


def _decide(doing: Doing, counter: int | None, act: Act, deciding: "Deciding") -> Outcome | None:
    with doing.database.transaction() as session:
        device = devices.hold(session, doing.device, doing.now(), counter)
        answered = outcomes.find(session, device.id, act.mid)
        known, before = answered if answered is not None else (None, None)
        decided = rules.outcome_of_known(known, act.payload_hash, act.mid, device.low_mid)
        if before is not None and decided == before.outcome:
            return before
        if decided is not None:
            return Outcome(act.mid, act.space, decided)
        by = acts.By(device, doing.issuer, doing.takers, doing.now())
        ended = Outcome(act.mid, act.space, REJECTED + "device_ended")
        outcome = ended if device.state == "ended" else deciding(session, by, act)
        if outcome is not None:
            outcomes.keep(session, device.id, outcome, act.payload_hash, by.at)
        return outcome


Deciding = Callable[[Session, acts.By, Act], Outcome | None]


class _Undone(Exception):
    """An act was refused in the midst of doing it."""

    def __init__(self, error: Rejected | errors.DomainError) -> None:
        super().__init__()
        self.error = error


def _done(session: Session, by: acts.By, act: Act) -> Outcome:
    try:
        acts.do(session, by, act)
    except (Rejected, errors.DomainError) as error:
        raise _Undone(error) from None
    return Outcome(act.mid, act.space, APPLIED)


def _refused(session: Session, by: acts.By, act: Act, error: Rejected | errors.DomainError) -> Outcome | None:
    """What is left of a refused act: its outcome, and what the log is told.

    None: whether it is allowed is not known until the citizen's own device has spoken after a restore.
    """
    if isinstance(error, errors.NotAllowed):
        if act.space != by.device.citizen_id and restores.is_closed(session, act.space):
            return None
        if isinstance(error.refusal, access.Refusal):
            access.record_refusal(session, error.refusal, by.at)
    code = error.code if isinstance(error, Rejected) else acts.code_of(error)
    return Outcome(act.mid, act.space, REJECTED + code)
