"""Notice by a device's tokens that an older backup was put back under a shelf."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.identity.device import Device
from app.records import heads, restores
from app.records.heads import Head
from app.sync import outcomes, rules
from app.sync.rules import Acked, Cursor, Point, Stand


def notice(session: Session, device: Device, space: str, said: Iterable[Cursor | Acked | None], at: datetime) -> bool:
    """Begin a new epoch if something that we once said to this device shows it; returns whether it does.

    The device and the head are held, so that of several devices that notice at once one is the first.
    """
    head = heads.lock(session, [space]).get(space)
    if head is None:
        return False
    shown = [each.point.epoch for each in said if each is not None and _shows(session, device, head, each)]
    if shown:
        restores.begin_epoch(session, space, at, shown)
    return bool(shown)


def _shows(session: Session, device: Device, head: Head, said: Cursor | Acked) -> bool:
    stand, point = Stand(Point(head.epoch, head.seq, head.chain), head.floor), said.point
    is_of_another = point.epoch != head.epoch
    was_ended = is_of_another and restores.was_ended(session, head.citizen_id, point.epoch)
    is_below = not is_of_another and point.seq < head.seq
    link = heads.link_at(session, head.citizen_id, point.seq) if is_below else None
    if rules.shows_restore(stand, point, link, was_ended=was_ended):
        return True
    if isinstance(said, Cursor):
        return False
    is_known = outcomes.find(session, device.id, said.mid) is not None
    return rules.is_lost(said.mid, device.low_mid, is_known=is_known, was_ended=was_ended)
