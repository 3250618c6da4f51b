"""Write on a shelf: take its head, see what differs, seal it under the next numbers, and move the head on.

Invariant: the head's row is held from before the standing items are read until commit, so that two writers never take
each other's number, and count, digest and chain are those of what stands.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import errors
from app.db.base import table_of
from app.records import heads, marks
from app.records import item as items
from app.records.heads import Head
from app.records.item import Change, OpenItem, Put
from app.records.models import Item, ShelfLink, SpaceHead
from app.vault import envelope
from app.vault import service as vault
from app.vault.box import Box

# How many keys one question names; databases bound how many values a statement may have.
AT_ONCE = 500

_ITEM, _HEAD = table_of(Item), table_of(SpaceHead)
_PLACE = ("citizen_id", "collection", "key")
_CONTENT = ("seq", "deleted", "key_version", "mark", "sealed")
# Built once, as they are said at every write.
_STANDING = select(_ITEM).where(
    _ITEM.c.citizen_id == bindparam("citizen"),
    _ITEM.c.collection.in_(bindparam("collections", expanding=True)),
    _ITEM.c.key.in_(bindparam("keys", expanding=True)),
)
_PUT = insert(_ITEM)
_REPLACE = (
    update(_ITEM)
    .where(*(_ITEM.c[name] == bindparam(f"at_{name}") for name in _PLACE))
    .values({name: bindparam(f"new_{name}") for name in _CONTENT})
)
_LINK = insert(table_of(ShelfLink))
_MOVE = (
    update(_HEAD)
    .where(_HEAD.c.citizen_id == bindparam("citizen"))
    .values(
        seq=bindparam("new_seq"),
        chain=bindparam("new_chain"),
        count=bindparam("new_count"),
        digest=bindparam("new_digest"),
    )
)

Key = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """What stands under a key: what it says, None when it was removed, and its mark."""

    item: OpenItem | None
    mark: bytes


@dataclass(frozen=True)
class Step:
    """One item's change, sealed: the columns of its row, and the hash of what it says for the chain."""

    columns: Mapping[str, object]
    seq: int
    collection: str
    key: str
    mark: bytes
    body_hash: bytes


def write(session: Session, citizen_id: str, changes: Sequence[Change], now: datetime) -> list[Change]:
    """Write what differs from what stands; returns those changes. Raises NotFound for somebody who is not known."""
    head = heads.lock(session, [citizen_id]).get(citizen_id)
    if head is None:
        raise errors.NotFound("This citizen is not known here.")
    last = {
        (change.collection, key_of(session, citizen_id, change.collection, change.id)): change for change in changes
    }
    standing = _standing(session, citizen_id, [*last], now)
    real = {place: change for place, change in last.items() if _is_real(standing.get(place), change)}
    if not real:
        return []
    box = vault.of(session).box(session, citizen_id, now)
    mark_key = marks.mark_key(session, citizen_id)
    steps = [
        _step(box, mark_key, citizen_id, place, change, head.seq + number, now)
        for number, (place, change) in enumerate(real.items(), start=1)
    ]
    _store(session, standing, steps)
    _move(session, head, standing, steps, now)
    return [*real.values()]


def key_of(session: Session, citizen_id: str, collection: str, source_id: str) -> str:
    """The shelf's blind key for a source's id, 32 hex digits."""
    return vault.of(session).blind.text("item", citizen_id, collection, source_id)


def _standing(session: Session, citizen_id: str, places: Sequence[Key], now: datetime) -> dict[Key, Standing]:
    collections = sorted({collection for collection, _ in places})
    found: dict[Key, Standing] = {}
    for start in range(0, len(places), AT_ONCE):
        keys = [key for _, key in places[start : start + AT_ONCE]]
        asked = {"citizen": citizen_id, "collections": collections, "keys": keys}
        for row in session.execute(_STANDING, asked):
            found[(row.collection, row.key)] = _opened(vault.of(session).box(session, citizen_id, now), row)
    return found


def _opened(box: Box, row: Row[Any]) -> Standing:
    if row.deleted:
        return Standing(None, marks.NONE)
    content = box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq)
    return Standing(items.from_bytes(content, row.seq, row.key, row.mark), row.mark)


def _is_real(present: Standing | None, change: Change) -> bool:
    item = present.item if present else None
    if isinstance(change, Put):
        return item is None or not items.says_the_same(item, change)
    return item is not None


def _step(box: Box, mark_key: bytes, citizen_id: str, place: Key, change: Change, seq: int, now: datetime) -> Step:
    collection, key = place
    content, mark = b"", marks.NONE
    if isinstance(change, Put):
        content = items.to_bytes(OpenItem(change.id, change.source, change.content, now))
        mark = marks.mark_of(mark_key, collection, key, content)
    columns = {
        "citizen_id": citizen_id,
        "collection": collection,
        "key": key,
        "seq": seq,
        "deleted": not isinstance(change, Put),
        "key_version": box.version,
        "mark": mark,
        "sealed": box.seal(content, "item", collection, key, seq),
    }
    return Step(columns, seq, collection, key, mark, hashlib.sha256(content).digest())


def _store(session: Session, standing: Mapping[Key, Standing], steps: Sequence[Step]) -> None:
    known = [dict(step.columns) for step in steps if (step.collection, step.key) in standing]
    fresh = [dict(step.columns) for step in steps if (step.collection, step.key) not in standing]
    if fresh:
        session.execute(_PUT, fresh)
    if known:
        session.execute(_REPLACE, [_replacing(row) for row in known])


def _replacing(row: Mapping[str, object]) -> dict[str, object]:
    # The values that are set and those that find the row bear different names in one statement.
    return {**{f"at_{name}": row[name] for name in _PLACE}, **{f"new_{name}": row[name] for name in _CONTENT}}


def _move(session: Session, head: Head, standing: Mapping[Key, Standing], steps: Sequence[Step], now: datetime) -> None:
    # The chain is keyed, because a plain hash over a short text could be guessed by whoever reads the database.
    secret, chain = vault.of(session).blind.of("chain key", head.citizen_id), head.chain
    for step in steps:
        link = envelope.context(chain, step.seq, step.collection, step.key, step.body_hash)
        chain = hmac.new(secret, link, hashlib.sha256).digest()
    before = [standing[place].mark for step in steps if (place := (step.collection, step.key)) in standing]
    after = [step.mark for step in steps]
    moved = {
        "citizen": head.citizen_id,
        "new_seq": steps[-1].seq,
        "new_chain": chain,
        "new_count": head.count + sum(map(bool, after)) - sum(map(bool, before)),
        "new_digest": marks.digest([*before, *after], head.digest),
    }
    session.execute(_MOVE, moved)
    link_row = {"citizen_id": head.citizen_id, "seq": steps[-1].seq, "chain": chain, "at": now}
    session.execute(_LINK, link_row)
