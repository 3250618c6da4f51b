"""Bring a shelf from before there were marks up to date: mark its items, and count them in its head."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.records import heads, marks
from app.records.models import Item, ShelfLink, SpaceHead
from app.records.writing import AT_ONCE
from app.vault import service as vault


def unmarked(session: Session) -> list[str]:
    """Whose shelf has no digest yet, or an item without a mark though it was written on since, sorted."""
    without = select(Item.citizen_id).where(Item.deleted.is_(False), Item.mark == marks.NONE)
    is_old = or_(SpaceHead.digest == marks.NONE, SpaceHead.citizen_id.in_(without))
    return list(session.scalars(select(SpaceHead.citizen_id).where(is_old).order_by(SpaceHead.citizen_id)))


def lacking(session: Session, citizen_ids: Sequence[str], collections: Collection[str]) -> list[str]:
    """Those of these citizens on whose shelf nothing of these collections ever stood, in the order given."""
    found = set[str]()
    for start in range(0, len(citizen_ids), AT_ONCE):
        of_them = Item.citizen_id.in_(citizen_ids[start : start + AT_ONCE])
        found |= set(session.scalars(select(Item.citizen_id).where(of_them, Item.collection.in_(collections))))
    return [each for each in citizen_ids if each not in found]


def prepare(session: Session, citizen_id: str, now: datetime) -> None:
    """Mark every item of the citizen, and keep count, digest and the newest link; doing it again changes nothing."""
    head = heads.lock(session, [citizen_id])[citizen_id]
    box = vault.of(session).box(session, citizen_id, now)
    key = marks.mark_key(session, citizen_id)
    found = []
    rows = session.scalars(select(Item).where(Item.citizen_id == citizen_id, Item.deleted.is_(False)))
    for row in rows:
        body = box.open(row.sealed, row.key_version, "item", row.collection, row.key, row.seq)
        row.mark = marks.mark_of(key, row.collection, row.key, body)
        found.append(row.mark)
    values = {"count": len(found), "digest": marks.digest(found)}
    session.execute(update(SpaceHead).where(SpaceHead.citizen_id == citizen_id).values(**values))
    if session.get(ShelfLink, (citizen_id, head.seq)) is None:
        # What was removed before is not dated: a device of that time fills its copy anew in any case.
        session.add(ShelfLink(citizen_id=citizen_id, seq=head.seq, chain=head.chain, at=now))
    session.flush()
