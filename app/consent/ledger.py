"""A citizen's events of consent as they are kept: appended, sealed, chained, each with its receipt; and read again.

Invariant: the list only grows. An event is recorded under the citizen's lock, in the transaction that makes its
receipt, its entry in the log and its item on the shelf, or not at all; what is wrong or not the giver's to say is
refused before it is written.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import errors
from app.consent import event_text, faults, grantees, receipts, shelved
from app.consent.event import TERMS, Event, Party
from app.consent.models import ConsentEventRow
from app.consent.receipt import Capacity, ConsentReceipt, Controller, DataLimit, Notice, Terms
from app.consent.receipt import Party as Named
from app.consent.recorded import Recorded, concern_of
from app.grant import Grant
from app.vault import envelope
from app.vault import service as vault
from app.vault.box import Box

# The head of a list in which nothing has been recorded.
EMPTY = b"\0" * 32
NAMESPACE = "consent event"


# Built once: every access by somebody else asks it.
_SAID = (
    select(ConsentEventRow.seq, ConsentEventRow.key_version, ConsentEventRow.sealed)
    .where(ConsentEventRow.citizen_id == bindparam("citizen"))
    .order_by(ConsentEventRow.seq)
)


@dataclass(frozen=True)
class Issuer:
    """Who signs: our own address, and who runs the installation."""

    url: str
    controller: Controller


def read_events(session: Session, grant: Grant) -> list[Recorded]:
    """All events of the citizen, the first recorded first. The caller has decided that they may be read."""
    rows = session.scalars(
        select(ConsentEventRow).where(ConsentEventRow.citizen_id == grant.citizen_id).order_by(ConsentEventRow.seq),
    ).all()
    if not rows:
        return []
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [_open(box, row) for row in rows]


def read_said(session: Session, grant: Grant) -> list[Event]:
    """The events alone, for a decision: the same list, without opening the receipts."""
    rows = session.execute(_SAID, {"citizen": grant.citizen_id}).all()
    if not rows:
        return []
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [event_text.from_bytes(box.open(sealed, version, NAMESPACE, seq))[0] for seq, version, sealed in rows]


def append(
    session: Session,
    grant: Grant,
    event: Event,
    issuer: Issuer,
    *,
    notice: Notice | None = None,
    names: Mapping[str, str] | None = None,
) -> Recorded:
    """Record an event, with its receipt; the same event again gives what stands already.

    The caller holds the citizen's lock. Raises Conflict with a sentence when it is not well formed or not theirs to do.
    """
    standing = read_events(session, grant)
    event = _after(standing, event)
    fault = faults.fault_among(event, grant.citizen_id, [each.event for each in standing])
    if fault is not None:
        raise errors.Conflict(fault)
    known = next((each for each in standing if each.event.id == event.id), None)
    if known is not None:
        return known
    terms = event if event.kind in TERMS else _terms_of(standing, event.grant_id).event
    kept = names if event.kind in TERMS else _terms_of(standing, event.grant_id).names
    seq, prev = (standing[-1].seq + 1, standing[-1].hash) if standing else (1, EMPTY)
    content = event_text.to_bytes(event, notice, kept or {})
    digest = _hash(content, grant.citizen_id, seq, prev)
    receipt = receipts.sign_receipt(session, _receipt(event, terms, issuer, notice, kept or {}, digest))
    recorded = Recorded(seq, event, notice, kept or {}, receipt, digest)
    session.add(_row(vault.of(session).box(session, grant.citizen_id, grant.at), recorded, content, prev))
    session.flush()  # the next event of this transaction must find this one
    grantees.note(session, grant.citizen_id, [event])
    shelved.put_consents(session, grant, [*standing, recorded])
    return recorded


def first_fault(session: Session, grant: Grant) -> int | None:
    """The number of the first event that was changed, moved or taken away; None when the list holds.

    An end that was cut off is found by the head map of the log, not here.
    """
    rows: Sequence[ConsentEventRow] = session.scalars(
        select(ConsentEventRow).where(ConsentEventRow.citizen_id == grant.citizen_id).order_by(ConsentEventRow.seq),
    ).all()
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    prev = EMPTY
    for number, row in enumerate(rows, start=1):
        try:
            content = box.open(row.sealed, row.key_version, NAMESPACE, row.seq)
        except envelope.NotOpened:
            return number
        if row.seq != number or row.prev != prev or row.hash != _hash(content, row.citizen_id, row.seq, prev):
            return number
        prev = row.hash
    return None


def _after(standing: Sequence[Recorded], event: Event) -> Event:
    """The event, recorded no earlier than the last one: clocks of machines differ, the order of the list does not."""
    if not standing or any(each.event.id == event.id for each in standing):
        return event
    return replace(event, recorded_at=max(event.recorded_at, standing[-1].event.recorded_at))


def _row(box: Box, recorded: Recorded, content: bytes, prev: bytes) -> ConsentEventRow:
    seq, event = recorded.seq, recorded.event
    return ConsentEventRow(
        citizen_id=event.citizen_id,
        seq=seq,
        id=event.id,
        key_version=box.version,
        sealed=box.seal(content, NAMESPACE, seq),
        receipt=box.seal(recorded.receipt.encode(), f"{NAMESPACE} receipt", seq),
        prev=prev,
        hash=recorded.hash,
        recorded_at=event.recorded_at,
    )


def _terms_of(standing: Sequence[Recorded], grant_id: str) -> Recorded:
    """The terms that an event is about; what ends them speaks of the same parties by the same names."""
    return next(each for each in standing if each.event.kind in TERMS and each.event.grant_id == grant_id)


def _hash(content: bytes, citizen_id: str, seq: int, prev: bytes) -> bytes:
    """H(content, citizen, seq, prev), length-prefixed; the salt that keeps it from being guessed is in ``content``."""
    return hashlib.sha256(envelope.context(NAMESPACE, content, citizen_id, seq, prev)).digest()


def _open(box: Box, row: ConsentEventRow) -> Recorded:
    event, notice, names = event_text.from_bytes(box.open(row.sealed, row.key_version, NAMESPACE, row.seq))
    receipt = box.open(row.receipt, row.key_version, f"{NAMESPACE} receipt", row.seq).decode()
    return Recorded(row.seq, event, notice, names, receipt, row.hash)


def _receipt(
    event: Event, terms: Event, issuer: Issuer, notice: Notice | None, names: Mapping[str, str], digest: bytes
) -> ConsentReceipt:
    return ConsentReceipt(
        receipt_id=event.id,
        issuer=issuer.url,
        controller=issuer.controller,
        citizen_id=event.citizen_id,
        event_id=event.id,
        grant_id=event.grant_id,
        kind=event.kind,
        concerns=concern_of(terms),
        event_hash=digest.hex(),
        recorded_at=event.recorded_at,
        given_by=event.given_by,
        capacity=_capacity(event),
        terms=_terms(terms, names),
        notice=notice,
    )


def _capacity(event: Event) -> Capacity:
    if event.capacity == "paper":
        return "paper"
    return "self" if event.given_by == event.citizen_id else "grantee"


def _terms(terms: Event, names: Mapping[str, str]) -> Terms | None:
    if terms.grantee is None or terms.valid_from is None:
        return None
    limit = terms.limit
    return Terms(
        parties=(_named(terms.grantee, names),),
        actions=tuple(sorted(terms.actions)),
        purposes=tuple(sorted(terms.purposes)),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        exceptions=tuple(_named(each, names) for each in terms.exceptions),
        data=DataLimit(limit.organisation, _iso(limit.first), _iso(limit.last)) if limit else None,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _named(party: Party, names: Mapping[str, str]) -> Named:
    name = names.get(party.organisation or "") if party.type in ("organisation", "role") else None
    return Named(party.type, party.id, party.organisation, name)
