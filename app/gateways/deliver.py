"""Hand the citizens' messages to their receivers, ask what became of them, and record what is news."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app import errors
from app.access import service as access
from app.db.session import Database
from app.gateways import fhir
from app.grant import Actor
from app.identity import citizens
from app.records import outgoing, rules
from app.records.outgoing import Claimed
from app.records.source import Receiver, Told

NAERBLIK = Actor("system:delivery", "system")

# Messages taken at a time. Each waits for its receiver, so a few are enough to keep a lease short.
BATCH = 20


def tick(database: Database, receivers: Sequence[Receiver], now: Callable[[], datetime]) -> int:
    """Deliver, or ask about, what is due; returns how many messages were acted on.

    No transaction is open while a receiver is waited for.
    """
    by_name = {each.name: each for each in receivers}
    if not by_name:
        return 0
    with database.transaction() as session:
        claimed = outgoing.claim(session, sorted(by_name), now(), BATCH)
    for each in claimed:
        _deliver(database, by_name[each.receiver], each, now)
    return len(claimed)


def _deliver(database: Database, receiver: Receiver, claimed: Claimed, now: Callable[[], datetime]) -> None:
    try:
        told = _ask(database, receiver, claimed, now)
    except errors.SourceFailed:
        told = None
    except errors.NotFound:
        return  # another message has taken its place, and nobody follows this one any more
    if told is None or not rules.is_news(claimed.status, told.status):
        with database.transaction() as session:
            has_given_up = outgoing.record_silence(session, claimed.citizen_id, claimed.message_id, now())
        if not has_given_up:
            return
        told = Told(rules.FAILED)
    _record(database, claimed, told, now())


def _ask(database: Database, receiver: Receiver, claimed: Claimed, now: Callable[[], datetime]) -> Told:
    if claimed.status != rules.WAITING:
        return receiver.ask(claimed.message_id)
    with database.transaction() as session:
        grant = access.open_record(session, NAERBLIK, claimed.citizen_id, "message:deliver", "self", now())
        item = outgoing.read_message(session, grant, claimed.message_id)
        number = citizens.read_numbers(session, grant)[0]
    return receiver.send(claimed.message_id, fhir.task(claimed.kind, item.content, number))


def _record(database: Database, claimed: Claimed, told: Told, now: datetime) -> None:
    try:
        with database.transaction() as session:
            grant = access.open_record(session, NAERBLIK, claimed.citizen_id, "message:deliver", "self", now)
            outgoing.record_told(session, grant, claimed.message_id, told, now)
    except errors.NotFound:
        return  # as above
