"""Tell a device what is new of every copy that it may hold.

Invariant: the device, then the locks of the other citizens whose data are told, then all heads are held before the
instant is taken by which everything is decided, and until the answer is committed. Every writer holds the head that it
moves, so all that is read afterwards is of one state. See docs/protocol.md and decision 22.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.access import scope as scopes
from app.identity import device as devices
from app.identity.device import Device
from app.records import heads, restores
from app.records.heads import Head
from app.sync import answers, outcomes, replicas, restoring, rules, telling, tokens
from app.sync.replicas import Held
from app.sync.rules import Point
from app.sync.telling import Asking, Telling
from app.sync.view import Part, Room
from app.vault import service as vault

MOST_SPACES = 50
# The oldest form of rows that devices may still ask for.
OLDEST_SCHEMA = 1


@dataclass(frozen=True)
class Named:
    """A copy as its device names it; both tokens None where it has none."""

    space: str
    cursor: str | None
    acked: str | None


NOTHING = Named("", None, None)


@dataclass(frozen=True)
class Asked:
    """A pull's request. ``wiped``: spaces with the gen of what was destroyed. ``queued``: acts still to be sent."""

    schema: int
    spaces: Sequence[Named]
    wiped: Sequence[tuple[str, str]]
    confirmed: int
    queued: int


def pull(session: Session, device: Device, asked: Asked, now: Callable[[], datetime]) -> tuple[dict[str, Any], bytes]:
    """The head and the row lines of the answer. The device is held by this transaction."""
    replicas.confirm_wiped(session, device.id, asked.wiped)
    held = replicas.held_by(session, device.id)
    due = outcomes.above(session, device.id, asked.confirmed)
    points: Mapping[str, Point] = {}
    if device.state == "ended":
        at = now()
        spaces = _farewell(session, device, asked, held, at)
    else:
        named, standing, at = _lock(session, device, asked, held, now)
        asking = [_asking(session, device, each, standing.get(each.space), held, at) for each in named]
        asking = _reopened(session, asking, queued=asked.queued, is_confirmed=not due)
        spaces = _tell(session, asking)
        points = {each.space: outcomes.point_of(each.head) for each in asking if each.head is not None}
    head = {
        "kind": "pull",
        "at": clock.utc_text(at),
        "ended": device.state == "ended",
        "update_needed": asked.schema < OLDEST_SCHEMA,
        "outcomes": outcomes.to_json(session, device.id, due, points),
        "spaces": [each.head for each in spaces],
    }
    return head, answers.lines_of([row for each in spaces for row in each.rows])


def _lock(
    session: Session, device: Device, asked: Asked, held: Mapping[str, Held], now: Callable[[], datetime]
) -> tuple[list[Named], dict[str, Head], datetime]:
    """Take all locks, then the instant; gives the copies that were named, own first, and those that are new; and heads.

    What was told before and is not named now was told in an answer that never arrived, or was destroyed, which a backup
    that was put back does not know: it is told anew, or to go.
    """
    own = device.citizen_id
    named = {each.space: each for each in asked.spaces}
    new = dict.fromkeys([own, *scopes.lenders(session, own), *held])
    fresh = [Named(each, None, None) for each in new if each not in named]
    scopes.lock(session, (each.space for each in (*named.values(), *fresh) if each.space != own))
    standing = heads.lock(session, [own, *named, *(each.space for each in fresh)])
    at = now()
    may = [each for each in fresh if each.space in {own, *held} or scopes.lent(session, own, each.space, at)]
    return [*sorted(named.values(), key=lambda each: each.space != own), *may], standing, at


def _asking(
    session: Session, device: Device, named: Named, head: Head | None, held: Mapping[str, Held], at: datetime
) -> Asking:
    """The copy with what its tokens say, after a restore that they show was noticed."""
    keys, space = vault.of(session).tokens, named.space
    cursor = tokens.open_cursor(keys, device.id, space, named.cursor)
    acked = tokens.open_acked(keys, device.id, space, named.acked)
    if head is not None:
        head = restoring.notice(session, device, head, [cursor, acked], at)
    is_closed = head is not None and restores.is_closed(session, space)
    return Asking(device, space, head, cursor, held.get(space), at, is_closed=is_closed)


def _reopened(session: Session, asked: Iterable[Asking], *, queued: int, is_confirmed: bool) -> list[Asking]:
    """The same, after others were let in again where the citizen's own device has now told all that it knows."""
    return [
        _reopen(session, asking)
        if asking.is_closed
        and asking.head is not None
        and asking.space == asking.device.citizen_id
        and rules.is_at_rest(telling.stand_of(asking.head), asking.cursor, queued=queued, is_confirmed=is_confirmed)
        else asking
        for asking in asked
    ]


def _reopen(session: Session, asking: Asking) -> Asking:
    restores.reopen(session, asking.space, asking.at)
    return replace(asking, head=heads.lock(session, [asking.space])[asking.space], is_closed=False)


def _tell(session: Session, asked: Iterable[Asking]) -> list[Telling]:
    told, room = list[Telling](), Room()
    for asking in asked:
        is_own = asking.space == asking.device.citizen_id
        told.append(telling.own(session, asking, room) if is_own else telling.others(session, asking, room))
        room = room.after(Part(tuple(told[-1].rows), is_all=True))
    return told


def _farewell(session: Session, device: Device, asked: Asked, held: Mapping[str, Held], at: datetime) -> list[Telling]:
    """An ended device is to destroy whatever it holds; when it has confirmed that, nothing is left on it."""
    spaces = sorted({*held, *(each.space for each in asked.spaces)})
    if not spaces:
        devices.record_wiped(session, device.id, at)
    for space in spaces:
        replicas.order_wipe(session, device.id, space, at)
    gens = {space: held[space].gen if space in held else "" for space in spaces}
    return [Telling({"space": space, "answer": "wipe", "gen": gens[space]}) for space in spaces]
