"""The shelf's verbs: read a collection, write changes in one numbered step, and ask what changed since.

Invariant: a number that can be seen never precedes one that cannot. The head's row is bumped first and held until
commit, so changes become visible in the order of their numbers, on PostgreSQL as on SQLite.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.records import item as items
from app.records.item import Change, Locate, OpenItem, Place, Put, unknown
from app.records.models import Item, SpaceHead
from app.vault import envelope
from app.vault import service as vault
from app.vault.service import Box

# Built once: it is what every screen asks for, several times, and building it costs more than running it.
_OF_COLLECTIONS = (
    select(Item.collection, Item.key, Item.seq, Item.key_version, Item.sealed)
    .where(
        Item.citizen_id == bindparam("citizen"),
        Item.collection.in_(bindparam("collections", expanding=True)),
        Item.deleted.is_(False),
    )
    .order_by(Item.seq)
)


@dataclass(frozen=True)
class Changed:
    """An item that changed: its collection and key, its number, and its content or None when it was removed."""

    collection: str
    key: str
    seq: int
    item: OpenItem | None


def begin(session: Session, citizen_id: str, now: datetime) -> None:
    """Put up an empty shelf, with a data key, for a new citizen."""
    chain = vault.of(session).blind.of("chain", citizen_id)
    session.add(SpaceHead(citizen_id=citizen_id, epoch=secrets.randbits(63), seq=0, chain=chain, floor=0))
    session.flush()  # items refer to the head
    vault.of(session).box(session, citizen_id, now)


def read(session: Session, grant: Grant, collection: str, locate: Locate = unknown) -> list[OpenItem]:
    """The items of one collection that the grant sees, in the order in which they last changed."""
    return read_together(session, grant, {collection: locate})[collection]


def read_together(session: Session, grant: Grant, collections: Mapping[str, Locate]) -> dict[str, list[OpenItem]]:
    """The items of each of these collections that the grant sees, in the order of their last change, by one question.

    What tells where an item comes from and of which days it speaks stands beside its collection.
    """
    found: dict[str, list[OpenItem]] = {collection: [] for collection in collections}
    rows = session.execute(_OF_COLLECTIONS, {"citizen": grant.citizen_id, "collections": [*collections]}).all()
    if rows:
        box = vault.of(session).box(session, grant.citizen_id, grant.at)
        for row in rows:
            item = _open(box, row)
            if _is_seen(grant, collections[row.collection](item)):
                found[row.collection].append(item)
    return found


def _is_seen(grant: Grant, place: Place | None) -> bool:
    return grant.sees is None or place is None or grant.sees(place.organisation, place.first, place.last)


def write(session: Session, grant: Grant, changes: Sequence[Change], now: datetime) -> list[Change]:
    """Write what differs from what stands, in the order given; returns those changes that were written.

    Nothing is written, and no number spent, when nothing differs.
    """
    standing = _standing(session, grant, {change.collection for change in changes})
    real = [change for change in _last_of_each(changes) if _is_real(session, grant, standing, change)]
    if not real:
        return []
    last = _bump(session, grant.citizen_id, len(real))
    box = vault.of(session).box(session, grant.citizen_id, now)
    first = last - len(real) + 1
    rows = [_seal(session, box, grant.citizen_id, change, first + place, now) for place, change in enumerate(real)]
    _store(session, standing, rows)
    _extend_chain(session, grant.citizen_id, rows)
    return real


def furnish(session: Session, citizen_id: str, changes: Sequence[Change], now: datetime) -> None:
    """Put the first things on an empty shelf that is nobody's, so that to read it is as much work as anybody's."""
    first = _bump(session, citizen_id, len(changes)) - len(changes) + 1
    box = vault.of(session).box(session, citizen_id, now)
    rows = [_seal(session, box, citizen_id, change, first + place, now) for place, change in enumerate(changes)]
    _store(session, {}, rows)
    _extend_chain(session, citizen_id, rows)


def changes_since(session: Session, grant: Grant, seq: int, limit: int) -> list[Changed]:
    """The next changes after a number, oldest first, removed items included, at most ``limit``."""
    rows = session.scalars(
        select(Item).where(Item.citizen_id == grant.citizen_id, Item.seq > seq).order_by(Item.seq).limit(limit),
    ).all()
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [Changed(row.collection, row.key, row.seq, None if row.deleted else _open(box, row)) for row in rows]


def key_of(session: Session, citizen_id: str, collection: str, source_id: str) -> str:
    """The shelf's key for a source's id: a blind hash, so that it says nothing to who reads the database."""
    return vault.of(session).blind.text("item", citizen_id, collection, source_id)


def _standing(session: Session, grant: Grant, collections: Iterable[str]) -> dict[tuple[str, str], OpenItem | None]:
    rows = session.scalars(
        select(Item).where(Item.citizen_id == grant.citizen_id, Item.collection.in_(sorted(collections))),
    ).all()
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return {(row.collection, row.key): None if row.deleted else _open(box, row) for row in rows}


def _last_of_each(changes: Sequence[Change]) -> list[Change]:
    last = {(change.collection, change.id): change for change in changes}
    return list(last.values())


def _is_real(session: Session, grant: Grant, standing: dict[tuple[str, str], OpenItem | None], change: Change) -> bool:
    key = key_of(session, grant.citizen_id, change.collection, change.id)
    present = standing.get((change.collection, key))
    if isinstance(change, Put):
        return present is None or not items.says_the_same(present, change)
    return present is not None


def _bump(session: Session, citizen_id: str, by: int) -> int:
    last: int | None = session.scalar(
        update(SpaceHead)
        .where(SpaceHead.citizen_id == citizen_id)
        .values(seq=SpaceHead.seq + by)
        .returning(SpaceHead.seq),
    )
    if last is None:
        raise errors.NotFound("This citizen is not known here.")
    return last


def _seal(session: Session, box: Box, citizen_id: str, change: Change, seq: int, now: datetime) -> dict[str, object]:
    key = key_of(session, citizen_id, change.collection, change.id)
    content = b""
    if isinstance(change, Put):
        content = items.to_bytes(OpenItem(change.id, change.source, change.content, now))
    return {
        "citizen_id": citizen_id,
        "collection": change.collection,
        "key": key,
        "seq": seq,
        "deleted": not isinstance(change, Put),
        "key_version": box.version,
        "sealed": box.seal(content, "item", change.collection, key, seq),
        "body_hash": hashlib.sha256(content).digest(),
    }


def _store(
    session: Session, standing: dict[tuple[str, str], OpenItem | None], rows: Sequence[dict[str, object]]
) -> None:
    columns = [{name: value for name, value in row.items() if name != "body_hash"} for row in rows]
    known = [row for row in columns if (row["collection"], row["key"]) in standing]
    fresh = [row for row in columns if (row["collection"], row["key"]) not in standing]
    if fresh:
        session.execute(insert(Item), fresh)
    if known:
        session.execute(update(Item), known)
        session.expire_all()


def _extend_chain(session: Session, citizen_id: str, rows: Sequence[dict[str, object]]) -> None:
    # Keyed, because a plain hash over a short text could be guessed by whoever reads the database.
    secret = vault.of(session).blind.of("chain key", citizen_id)
    chain = session.scalar(select(SpaceHead.chain).where(SpaceHead.citizen_id == citizen_id)) or b""
    for row in rows:
        link = envelope.context(chain, str(row["seq"]), str(row["collection"]), str(row["key"]), _bytes(row))
        chain = hmac.new(secret, link, hashlib.sha256).digest()
    session.execute(update(SpaceHead).where(SpaceHead.citizen_id == citizen_id).values(chain=chain))


def _bytes(row: dict[str, object]) -> bytes:
    body_hash = row["body_hash"]
    return body_hash if isinstance(body_hash, bytes) else b""


def _open(box: Box, row: Item | Row[str, str, int, int, bytes]) -> OpenItem:
    content = box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq)
    return items.from_bytes(content, row.seq, row.key)
