"""Tell a device what it needs to see for itself that nothing was taken out of its person's log or changed in it.

See docs/protocol.md, Log. All is read of a tree that only grows, so nobody is held: what comes meanwhile is told next.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock, errors
from app.audit import checkpoint as checkpoints
from app.audit import cosigning, mapping, tree
from app.audit import service as audit
from app.audit.checkpoint import Checkpoint
from app.audit.cosigning import Published
from app.audit.stored import StoredTree
from app.grant import Grant
from app.sync.answers import text_of

# Of one answer.
MOST_ENTRIES = 500


@dataclass(frozen=True)
class AskedProof:
    """What the device keeps: the last note that it checked, or None, and the number of its newest entry, or 0."""

    note: str | None
    seq: int


def prove(session: Session, grant: Grant, asked: AskedProof, now: datetime) -> tuple[dict[str, Any], bytes]:
    """The head and the lines of the answer about the log of the grant's citizen. Needs a grant for log:read."""
    end, entries = audit.read_after(session, grant, asked.seq, MOST_ENTRIES)
    newest = _newest(session)
    head = {
        "kind": "log",
        "at": clock.utc_text(now),
        "ended": False,
        "log_key": cosigning.log_key(session).text() if newest else None,
        "checkpoint": newest.note.decode() if newest else None,
        "consistency": _consistency(session, asked.note, newest) if newest else None,
        "map": _map(session, grant.citizen_id, newest) if newest else None,
        "tag": text_of(audit.tag_of(session, grant.citizen_id)),
        "end": {"count": end.count, "head": text_of(end.head)},
        "more": asked.seq + len(entries) < end.count,
    }
    return head, b"\n".join(entries)


def ended(now: datetime) -> dict[str, Any]:
    """The head for a device that was ended: nothing."""
    return {"kind": "log", "at": clock.utc_text(now), "ended": True}


def _newest(session: Session) -> Published | None:
    try:
        return cosigning.newest(session)
    except errors.NotFound:
        return None


def _consistency(session: Session, note: str | None, newest: Published) -> list[str] | None:
    """What proves that the newest tree begins with the one that the device saw; None where nothing can."""
    kept = _own(session, note) if note is not None else None
    if kept is None or not 0 < kept.size <= newest.size:
        return None
    return [text_of(each) for each in cosigning.consistency(session, kept.size, newest.size)]


def _own(session: Session, note: str) -> Checkpoint | None:
    try:
        return checkpoints.read(note.encode(), cosigning.log_key(session)).checkpoint
    except errors.NotVerified:
        return None


def _map(session: Session, citizen_id: str, newest: Published) -> dict[str, Any] | None:
    found = mapping.prove(session, citizen_id, newest.size)
    if found is None:
        return None
    inclusion = tree.inclusion(found.position, newest.size, StoredTree(session).node)
    return {
        "day": found.of.day,
        "size": found.of.size,
        "root": text_of(found.of.root),
        "tag": text_of(found.leaf.tag),
        "count": found.leaf.count,
        "head": text_of(found.leaf.head),
        "index": found.index,
        "path": [text_of(each) for each in found.path],
        "position": found.position,
        "inclusion": [text_of(each) for each in inclusion],
    }
