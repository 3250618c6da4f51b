"""Messages of citizens on their way to a receiver: posted in the citizen's transaction, delivered outside of any.

Invariant: a message is an item on the shelf and a row here, written together. The row says when to act next and holds
nothing clinical; the item says what was written and how far it has come. Whoever claims a row has it for ``LEASE``;
one that dies leaves it to the next. A receiver knows a message by its id, so twice sent is once received.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.records import rules
from app.records import service as records
from app.records.item import OpenItem, Put
from app.records.models import Outgoing
from app.records.source import Kind, Told

# How long a claimed message is left to whoever claimed it. Longer than the slowest receiver may take.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Message:
    """One message to be written: ``collection`` and ``item_id`` say where it stands on the shelf.

    ``receiver`` is the source that it goes to, ``content`` what the citizen says, as JSON values.
    """

    id: str
    kind: Kind
    receiver: str
    collection: str
    item_id: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A message that is now somebody's to deliver."""

    citizen_id: str
    message_id: str
    kind: str
    receiver: str
    status: str


def post(session: Session, grant: Grant, message: Message, now: datetime) -> None:
    """Write a message and see to it that it is sent. The same id again changes nothing.

    Another message in the same place takes over from the one that stands there, which is no longer followed.
    """
    known = session.get(Outgoing, (grant.citizen_id, message.id))
    if known is not None:
        return
    key = records.key_of(session, grant.citizen_id, message.collection, message.item_id)
    _end_those_at(session, grant, message.collection, key)
    delivery = rules.Delivery(rules.WAITING, now)
    content = {**message.content, "message_id": message.id, "delivery": to_json(delivery)}
    records.write(session, grant, [Put(message.collection, message.item_id, "self", content)], now)
    session.add(
        Outgoing(
            citizen_id=grant.citizen_id,
            message_id=message.id,
            kind=message.kind,
            receiver=message.receiver,
            collection=message.collection,
            item_key=key,
            status=rules.WAITING,
            tries=0,
            made_at=now,
            next_at=now,
        ),
    )
    session.flush()


def claim(session: Session, receivers: Sequence[str], now: datetime, limit: int) -> list[Claimed]:
    """Take messages that are due for one of the receivers; nobody else gets them while the lease lasts."""
    rows = session.scalars(
        select(Outgoing)
        .where(Outgoing.next_at <= now, Outgoing.receiver.in_(receivers))
        .order_by(Outgoing.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True),
    ).all()
    for row in rows:
        row.next_at = now + LEASE
    return [Claimed(row.citizen_id, row.message_id, row.kind, row.receiver, row.status) for row in rows]


def read_message(session: Session, grant: Grant, message_id: str) -> OpenItem:
    """The item of a message. Raises NotFound when another one has taken over."""
    return _item(session, grant, _row(session, grant.citizen_id, message_id))


def record_told(session: Session, grant: Grant, message_id: str, told: Told, now: datetime) -> None:
    """Record what a receiver said, in the item for the citizen to see. Raises NotFound as ``read_message``."""
    row = _row(session, grant.citizen_id, message_id)
    item = _item(session, grant, row)
    moved = rules.moved(from_json(item.content["delivery"]), told.status, told.outcome, told.reply, now)
    content = {**item.content, "delivery": to_json(moved)}
    records.write(session, grant, [Put(row.collection, item.id, item.source, content)], now)
    row.tries = 0
    row.status = moved.status
    row.next_at = rules.next_at(row.status, row.tries, row.made_at, now)


def record_silence(session: Session, citizen_id: str, message_id: str, now: datetime) -> bool:
    """No usable answer, or no news: act again later. True when the tries are used up, and the citizen must know."""
    row = _row(session, citizen_id, message_id)
    row.tries += 1
    row.next_at = rules.next_at(row.status, row.tries, row.made_at, now)
    return row.status == rules.WAITING and row.next_at is None


def to_json(delivery: rules.Delivery) -> dict[str, Any]:
    """A delivery as it stands in the item."""
    return {
        "status": delivery.status,
        "at": delivery.at.isoformat(),
        "outcome": delivery.outcome,
        "reply": delivery.reply,
    }


def from_json(content: Mapping[str, Any]) -> rules.Delivery:
    """The inverse of to_json."""
    at = datetime.fromisoformat(content["at"])
    return rules.Delivery(content["status"], at, content["outcome"], content["reply"])


def _row(session: Session, citizen_id: str, message_id: str) -> Outgoing:
    row = session.get(Outgoing, (citizen_id, message_id))
    if row is None:
        raise errors.NotFound("This message is not known here.")
    return row


def _item(session: Session, grant: Grant, row: Outgoing) -> OpenItem:
    found = records.find(session, grant, row.collection, row.item_key)
    if found is None or found.content["message_id"] != row.message_id:
        raise errors.NotFound("Another message has taken the place of this one.")
    return found


def _end_those_at(session: Session, grant: Grant, collection: str, key: str) -> None:
    session.execute(
        update(Outgoing)
        .where(
            Outgoing.citizen_id == grant.citizen_id,
            Outgoing.collection == collection,
            Outgoing.item_key == key,
        )
        .values(next_at=None),
    )
