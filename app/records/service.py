"""The shelf's verbs: read a collection, write changes in one numbered step, and ask what changed since.

Invariant: a number that can be seen never precedes one that cannot. The head's row is taken first and held until
commit, so changes become visible in the order of their numbers, on PostgreSQL as on SQLite. Invariant: the head's count
and digest are those of the items that are not removed.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.grant import Grant
from app.records import hidden, marks, writing
from app.records import item as items
from app.records.item import Change, Locate, OpenItem, Place, RawRow, unknown
from app.records.models import Item, ShelfLink, SpaceHead
from app.vault import service as vault
from app.vault.box import Box

_ITEM = table_of(Item)
_COLUMNS = (_ITEM.c.collection, _ITEM.c.key, _ITEM.c.seq, _ITEM.c.key_version, _ITEM.c.mark, _ITEM.c.sealed)
# Built once: it is what every screen asks for, several times, and building it costs more than running it.
# Without an order: asked for one, SQLite walks the whole shelf in it, however few of its items are in the collections.
_OF_COLLECTIONS = select(*_COLUMNS).where(
    _ITEM.c.citizen_id == bindparam("citizen"),
    _ITEM.c.collection.in_(bindparam("collections", expanding=True)),
    _ITEM.c.deleted.is_(False),
)

_OF_KEYS = select(*_COLUMNS).where(
    _ITEM.c.citizen_id == bindparam("citizen"),
    _ITEM.c.collection.in_(bindparam("collections", expanding=True)),
    _ITEM.c.key.in_(bindparam("keys", expanding=True)),
    _ITEM.c.deleted.is_(False),
)

# What a device is told of: everything after a number, removals too.
_AFTER = (
    select(*_COLUMNS, _ITEM.c.deleted)
    .where(
        _ITEM.c.citizen_id == bindparam("citizen"), _ITEM.c.seq > bindparam("after"), _ITEM.c.seq <= bindparam("until")
    )
    .order_by(_ITEM.c.seq)
    .limit(bindparam("most"))
)


def begin(session: Session, citizen_id: str, now: datetime) -> None:
    """Put up an empty shelf, with a data key, for a new citizen."""
    chain = vault.of(session).blind.of("chain", citizen_id)
    epoch = secrets.randbits(63)
    session.add(
        SpaceHead(citizen_id=citizen_id, epoch=epoch, seq=0, chain=chain, floor=0, count=0, digest=marks.NOTHING)
    )
    session.flush()  # items and links refer to the head
    session.add(ShelfLink(citizen_id=citizen_id, seq=0, chain=chain, at=now))
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
        for row in sorted(rows, key=attrgetter("seq")):
            item = _open(box, row)
            if _is_seen(grant, collections[row.collection](item)):
                found[row.collection].append(item)
    return hidden.left(found, grant.hides) if grant.hides else found


def find(session: Session, grant: Grant, collection: str, key: str, locate: Locate = unknown) -> OpenItem | None:
    """The item under the shelf's key, if it stands there and the grant sees it."""
    return find_each(session, grant, {collection: (key, locate)}).get(collection)


def find_each(session: Session, grant: Grant, places: Mapping[str, tuple[str, Locate]]) -> dict[str, OpenItem]:
    """As ``find``, of several collections one item each, by one question: key and place by collection."""
    asked = {"citizen": grant.citizen_id, "collections": [*places], "keys": [key for key, _ in places.values()]}
    found: dict[str, OpenItem] = {}
    for row in session.execute(_OF_KEYS, asked).all():
        key, locate = places[row.collection]
        if row.key == key:
            item = _open(vault.of(session).box(session, grant.citizen_id, grant.at), row)
            is_seen = _is_seen(grant, locate(item)) and not hidden.tells_of(item, grant.hides)
            found |= {row.collection: item} if is_seen else {}
    return found


def find_by_id(
    session: Session, grant: Grant, collection: str, source_id: str, locate: Locate = unknown
) -> OpenItem | None:
    """As ``find``, by the source's own id."""
    return find(session, grant, collection, key_of(session, grant.citizen_id, collection, source_id), locate)


def _is_seen(grant: Grant, place: Place | None) -> bool:
    return grant.sees is None or place is None or grant.sees(place.organisation, place.first, place.last)


def write(session: Session, grant: Grant, changes: Sequence[Change], now: datetime) -> list[Change]:
    """Write what differs from what stands, in the order given; returns those changes that were written.

    Nothing is written, and no number spent, when nothing differs. Raises NotFound for somebody who is not known.
    """
    return writing.write(session, grant.citizen_id, changes, now)


def furnish(session: Session, citizen_id: str, changes: Sequence[Change], now: datetime) -> None:
    """Put the first things on an empty shelf that is nobody's, so that to read it is as much work as anybody's."""
    writing.write(session, citizen_id, changes, now)


def rows_after(
    session: Session, grant: Grant, after: int, until: int, limit: int, collections: frozenset[str] | None = None
) -> list[RawRow]:
    """At most ``limit`` of what changed after a number and up to another, oldest first, removals among it.

    Of each item only its last change stands. ``collections`` None: all; items in others are left out.
    """
    asked = _AFTER if collections is None else _AFTER.where(Item.collection.in_(sorted(collections)))
    bounds = {"citizen": grant.citizen_id, "after": after, "until": until, "most": limit}
    rows = session.execute(asked, bounds).all()
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [
        RawRow(
            row.collection,
            row.key,
            row.seq,
            row.mark,
            None if row.deleted else box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq),
        )
        for row in rows
    ]


def key_of(session: Session, citizen_id: str, collection: str, source_id: str) -> str:
    """The shelf's key for a source's id: a blind hash, so that it says nothing to who reads the database."""
    return writing.key_of(session, citizen_id, collection, source_id)


def _open(box: Box, row: Row[str, str, int, int, bytes, bytes]) -> OpenItem:
    content = box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq)
    return items.from_bytes(content, row.seq, row.key, row.mark)
