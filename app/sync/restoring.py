"""Notice by a device's tokens that an older backup was put back under a shelf."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.records import heads, restores
from app.records.heads import Head
from app.sync import rules
from app.sync.rules import Point, Stand


def notice(session: Session, space: str, points: Iterable[Point | None], at: datetime) -> bool:
    """Begin a new epoch if one of these points, which we once gave away, shows it; returns whether one does.

    The head is held, so that of several devices that notice at once one is the first.
    """
    head = heads.lock(session, [space]).get(space)
    known = [point for point in points if point is not None]
    if head is None or not any(_shows(session, head, point) for point in known):
        return False
    restores.begin_epoch(session, space, at)
    return True


def _shows(session: Session, head: Head, point: Point) -> bool:
    stand = Stand(Point(head.epoch, head.seq, head.chain), head.floor)
    is_of_another = point.epoch != head.epoch
    was_ended = is_of_another and restores.was_ended(session, head.citizen_id, point.epoch)
    is_below = not is_of_another and point.seq < head.seq
    link = heads.link_at(session, head.citizen_id, point.seq) if is_below else None
    return rules.shows_restore(stand, point, link, was_ended=was_ended)
