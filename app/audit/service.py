"""Write the access log, read it, and check that nothing in it was changed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app import errors
from app.audit import entry as entries
from app.audit.entry import AccessEntry
from app.audit.models import AccessEntryRow, SubjectHead
from app.db.base import table_of
from app.grant import Grant
from app.vault import envelope
from app.vault import service as vault

_HEAD = table_of(SubjectHead)
_ENTRY = table_of(AccessEntryRow)
# Built once: every access by somebody else says them.
_LOCK = select(_HEAD.c.count, _HEAD.c.head).where(_HEAD.c.citizen_id == bindparam("citizen")).with_for_update()
_MOVE = (
    update(_HEAD)
    .where(_HEAD.c.citizen_id == bindparam("citizen"))
    .values(count=bindparam("number"), head=bindparam("leaf"))
)
_ENTER = insert(_ENTRY)


@dataclass(frozen=True)
class End:
    """Where a citizen's log ends: how many entries it has, and the hash of the last one."""

    count: int
    head: bytes


@dataclass(frozen=True)
class LoggedEntry:
    """An entry with its number in the citizen's log."""

    seq: int
    entry: AccessEntry


@dataclass(frozen=True)
class LogPage:
    """A part of a citizen's log, newest first, and whether there are older entries."""

    entries: list[LoggedEntry]
    more: bool


@dataclass(frozen=True)
class Finding:
    """The first thing wrong in a citizen's log: the entry's number and what does not hold."""

    citizen_id: str
    seq: int
    fault: str


def begin(session: Session, citizen_id: str) -> None:
    """Open an empty log for a new citizen."""
    session.add(SubjectHead(citizen_id=citizen_id, count=0, head=entries.EMPTY))
    session.flush()  # the head must be there for whoever locks it next in this transaction


def lock(session: Session, citizen_id: str) -> End:
    """Hold the citizen's lock until the transaction ends, and see where their log ends.

    On SQLite the transaction itself already is that lock. Raises NotFound.
    """
    end = lock_known(session, citizen_id)
    if end is None:
        raise errors.NotFound("This citizen is not known here.")
    return end


def lock_known(session: Session, citizen_id: str) -> End | None:
    """As ``lock``; None for an id that is nobody's."""
    row = session.execute(_LOCK, {"citizen": citizen_id}).one_or_none()
    return None if row is None else End(*row)


def append(
    session: Session,
    citizen_id: str,
    entry: AccessEntry,
    now: datetime,
    nonce: str | None = None,
    after: End | None = None,
) -> int:
    """Append one entry in this transaction; returns its number.

    ``nonce`` names the request: the same nonce twice is one entry, and the second append raises IntegrityError.
    ``after`` is where the log ends, for who holds the lock and has appended nothing since.
    """
    end = after or lock(session, citizen_id)
    seq, prev = end.count + 1, end.head
    content = entries.to_bytes(entry, secrets.token_bytes(32))
    keys = vault.of(session)
    box = keys.box(session, citizen_id, now)
    leaf = entries.leaf_of(content, keys.blind.of("log tag", citizen_id), seq, prev)
    row = {
        "citizen_id": citizen_id,
        "seq": seq,
        "nonce": nonce or secrets.token_hex(16),
        "key_version": box.version,
        "sealed": box.seal(content, "log", seq),
        "prev": prev,
        "leaf": leaf,
        "recorded_at": now,
    }
    session.execute(_ENTER, row)
    session.execute(_MOVE, {"citizen": citizen_id, "number": seq, "leaf": leaf})
    return seq


def find(session: Session, citizen_id: str, nonce: str) -> datetime | None:
    """When the request of this nonce was entered in the citizen's log; None when it was not. Ask under the lock."""
    return session.scalar(
        select(AccessEntryRow.recorded_at).where(
            AccessEntryRow.citizen_id == citizen_id, AccessEntryRow.nonce == nonce
        ),
    )


def read_log(session: Session, grant: Grant) -> list[LoggedEntry]:
    """The citizen's whole log, newest first. Needs a grant for log:read or record:export."""
    return _read(session, grant, None, None)


def _read(session: Session, grant: Grant, before: int | None, most: int | None) -> list[LoggedEntry]:
    if grant.action not in ("log:read", "record:export"):
        raise errors.NotAllowed("This access does not cover the log.")
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    asked = select(AccessEntryRow).where(AccessEntryRow.citizen_id == grant.citizen_id)
    if before is not None:
        asked = asked.where(AccessEntryRow.seq < before)
    rows = session.scalars(asked.order_by(AccessEntryRow.seq.desc()).limit(most))
    opened = ((row.seq, box.open(row.sealed, row.key_version, "log", row.seq)) for row in rows)
    return [LoggedEntry(seq, entries.from_bytes(content)[0]) for seq, content in opened]


def read_after(session: Session, grant: Grant, after: int, most: int) -> tuple[End, list[bytes]]:
    """Where the citizen's log ends, and at most ``most`` entries after this one as they were hashed, the oldest first.

    Each is canonical JSON with its salt. Needs a grant for log:read.
    """
    if grant.action != "log:read":
        raise errors.NotAllowed("This access does not cover the log.")
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    # Where it ends first: what is appended meanwhile is told next time.
    end = session.execute(select(_HEAD.c["count"], _HEAD.c.head).where(_HEAD.c.citizen_id == grant.citizen_id)).one()
    asked = select(_ENTRY.c.seq, _ENTRY.c.sealed, _ENTRY.c.key_version).where(
        _ENTRY.c.citizen_id == grant.citizen_id, _ENTRY.c.seq > after, _ENTRY.c.seq <= end[0]
    )
    rows = session.execute(asked.order_by(_ENTRY.c.seq).limit(most))
    return End(*end), [box.open(row.sealed, row.key_version, "log", row.seq) for row in rows]


def tag_of(session: Session, citizen_id: str) -> bytes:
    """What stands for the citizen in the hashes of their own log: 32 bytes that lead back to nobody."""
    return vault.of(session).blind.of("log tag", citizen_id)


def read_page(session: Session, grant: Grant, before: int | None, limit: int) -> LogPage:
    """At most ``limit`` entries of the citizen's log that are older than the entry ``before``; without it the newest.

    Needs a grant for log:read.
    """
    found = _read(session, grant, before, limit + 1)
    return LogPage(found[:limit], len(found) > limit)


def verify(session: Session, now: datetime) -> tuple[int, list[Finding]]:
    """Check every citizen's chain: how many logs were checked, and the first fault of each that has one.

    Needs a session that sees one state (``Database.snapshot``), or what is logged meanwhile looks like a fault.
    """
    heads = session.scalars(select(SubjectHead).order_by(SubjectHead.citizen_id)).all()
    findings = [found for head in heads if (found := _first_fault(session, head, now)) is not None]
    headless = select(_ENTRY.c.citizen_id, func.min(_ENTRY.c.seq)).where(
        _ENTRY.c.citizen_id.not_in(select(_HEAD.c.citizen_id))
    )
    for citizen_id, seq in session.execute(headless.group_by(_ENTRY.c.citizen_id).order_by(_ENTRY.c.citizen_id)):
        findings.append(Finding(citizen_id, seq, "the log's head is missing"))
    return len(heads), findings


def _first_fault(session: Session, head: SubjectHead, now: datetime) -> Finding | None:
    keys = vault.of(session)
    box = keys.box(session, head.citizen_id, now)
    tag = keys.blind.of("log tag", head.citizen_id)
    rows: Sequence[AccessEntryRow] = session.scalars(
        select(AccessEntryRow).where(AccessEntryRow.citizen_id == head.citizen_id).order_by(AccessEntryRow.seq),
    ).all()
    prev = entries.EMPTY
    for number, row in enumerate(rows, start=1):
        if row.seq != number:
            return Finding(head.citizen_id, number, "the entry is missing")
        try:
            content = box.open(row.sealed, row.key_version, "log", row.seq)
        except envelope.NotOpened:
            return Finding(head.citizen_id, number, "the entry was changed: it does not open")
        if row.prev != prev or row.leaf != entries.leaf_of(content, tag, number, prev):
            return Finding(head.citizen_id, number, "the entry's hash does not fit the one before it")
        prev = row.leaf
    if len(rows) != head.count or prev != head.head:
        return Finding(head.citizen_id, len(rows) + 1, "entries are missing at the end")
    return None
