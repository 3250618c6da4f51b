"""Tell a device what is new of every copy that it may hold.

Invariant: the device, then the locks of the other citizens whose data are told, then all heads are held before the
instant is taken by which everything is decided, and until the answer is committed. Every writer holds the head that it
moves, so all that is read afterwards is of one state. See docs/protocol.md and decision 22.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.access import scope as scopes
from app.identity import device as devices
from app.identity.device import Device
from app.records import heads, restores
from app.sync import answers, outcomes, replicas, restoring, rules, telling, tokens
from app.sync.replicas import Held
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
    if device.state == "ended":
        at = now()
        spaces = _farewell(session, device, asked, held, at)
    else:
        named, fresh, at = _lock(session, device, asked, held, now)
        asking = [_asking(session, device, each, held, at) for each in (*named, *fresh)]
        spaces = _tell(session, asking, queued=asked.queued, is_confirmed=not due)
    head = {
        "kind": "pull",
        "at": clock.utc_text(at),
        "ended": device.state == "ended",
        "update_needed": asked.schema < OLDEST_SCHEMA,
        "outcomes": outcomes.to_json(session, device.id, due),
        "spaces": [each.head for each in spaces],
    }
    return head, answers.lines_of([row for each in spaces for row in each.rows])


def _lock(
    session: Session, device: Device, asked: Asked, held: Mapping[str, Held], now: Callable[[], datetime]
) -> tuple[list[Named], list[Named], datetime]:
    """Take all locks, then the instant; gives the copies that were named, own first, and those that are new.

    What was told before and is not named now was told in an answer that never arrived, or was destroyed, which a backup
    that was put back does not know: it is told anew, or to go.
    """
    own = device.citizen_id
    named = {each.space: each for each in asked.spaces}
    new = dict.fromkeys([own, *scopes.lenders(session, own), *held])
    fresh = [Named(each, None, None) for each in new if each not in named]
    scopes.lock(session, (each.space for each in (*named.values(), *fresh) if each.space != own))
    heads.lock(session, [own, *named, *(each.space for each in fresh)])
    at = now()
    may = [each for each in fresh if each.space in {own, *held} or scopes.lent(session, own, each.space, at)]
    return sorted(named.values(), key=lambda each: each.space != own), may, at


def _asking(session: Session, device: Device, named: Named, held: Mapping[str, Held], at: datetime) -> Asking:
    """The copy with what its tokens say, after a restore that they show was noticed."""
    keys, space = vault.of(session).tokens, named.space
    cursor = tokens.open_cursor(keys, device.id, space, named.cursor)
    acked = tokens.open_acked(keys, device.id, space, named.acked)
    restoring.notice(session, device, space, [cursor, acked], at)
    return Asking(device, space, cursor, held.get(space), at)


def _tell(session: Session, asked: Iterable[Asking], *, queued: int, is_confirmed: bool) -> list[Telling]:
    told, room = list[Telling](), Room()
    for asking in asked:
        if asking.space == asking.device.citizen_id:
            _reopen(session, asking, queued=queued, is_confirmed=is_confirmed)
            told.append(telling.own(session, asking, room))
        else:
            told.append(telling.others(session, asking, room))
        room = room.after(Part(tuple(told[-1].rows), is_all=True))
    return told


def _reopen(session: Session, asking: Asking, *, queued: int, is_confirmed: bool) -> None:
    """Let others in again once the citizen's own device has told all that it knows."""
    if restores.is_closed(session, asking.space):
        stand = telling.stand_of(heads.lock(session, [asking.space])[asking.space])
        if rules.is_at_rest(stand, asking.cursor, queued=queued, is_confirmed=is_confirmed):
            restores.reopen(session, asking.space, asking.at)


def _farewell(session: Session, device: Device, asked: Asked, held: Mapping[str, Held], at: datetime) -> list[Telling]:
    """An ended device is to destroy whatever it holds; when it has confirmed that, nothing is left on it."""
    spaces = sorted({*held, *(each.space for each in asked.spaces)})
    if not spaces:
        devices.record_wiped(session, device.id, at)
    for space in spaces:
        replicas.order_wipe(session, device.id, space, at)
    gens = {space: held[space].gen if space in held else "" for space in spaces}
    return [Telling({"space": space, "answer": "wipe", "gen": gens[space]}) for space in spaces]
