"""Notice by a device's tokens that an older backup was put back under a shelf."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.identity.device import Device
from app.records import heads, restores
from app.records.heads import Head
from app.sync import outcomes, rules
from app.sync.rules import Acked, Cursor, Point, Stand

Said = Cursor | Acked | None


def notice(session: Session, device: Device, head: Head, said: Iterable[Said], at: datetime) -> Head:
    """Begin a new epoch if something that we once said to this device shows it; returns the head as it stands then.

    The device and the head are held, so that of several devices that notice at once one is the first.
    """
    shown = _shown(session, device, head, said)
    if not shown:
        return head
    restores.begin_epoch(session, head.citizen_id, at, shown)
    return heads.lock(session, [head.citizen_id])[head.citizen_id]


def is_shown(session: Session, device: Device, space: str, said: Iterable[Said]) -> bool:
    """Whether ``notice`` would find anything just now, without holding anything.

    A no is one: what was said before this look can only be taken back by putting a backup back, which this look sees.
    """
    head = heads.read(session, space)
    return head is not None and bool(_shown(session, device, head, said))


def _shown(session: Session, device: Device, head: Head, said: Iterable[Said]) -> list[int]:
    """The epochs of what shows it."""
    every = [each for each in said if each is not None]
    below = {each.point.seq for each in every if each.point.epoch == head.epoch and each.point.seq < head.seq}
    links = heads.links_at(session, head.citizen_id, below) if below else {}
    return [each.point.epoch for each in every if _shows(session, device, head, each, links.get(each.point.seq))]


def _shows(session: Session, device: Device, head: Head, said: Cursor | Acked, link: bytes | None) -> bool:
    stand, point = Stand(Point(head.epoch, head.seq, head.chain), head.floor), said.point
    was_ended = point.epoch != head.epoch and restores.was_ended(session, head.citizen_id, point.epoch)
    if rules.shows_restore(stand, point, link, was_ended=was_ended):
        return True
    if isinstance(said, Cursor):
        return False
    is_known = outcomes.find(session, device.id, said.mid) is not None
    return rules.is_lost(said.mid, device.low_mid, is_known=is_known, was_ended=was_ended)
