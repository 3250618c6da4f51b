"""What one copy on a device is told in one answer: nothing, what changed, all of it, or that it must go.

Invariant: the citizen's lock, where they are somebody else, and their head are held. See docs/protocol.md, Pull.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock, errors
from app.access import scope as scopes
from app.access.scope import Scope
from app.identity.device import Device
from app.records import marks
from app.records.heads import Head
from app.records.item import RawRow
from app.sync import answers, outcomes, replicas, rules, tokens, view
from app.sync.replicas import Held
from app.sync.rules import Cursor, Stand
from app.sync.view import Part, Room, View
from app.vault import service as vault


@dataclass(frozen=True)
class Asking:
    """One copy in a request: the device, whose it is, where shelf and copy stand, what was last told, the instant.

    ``head`` None: whose it is is nobody. ``is_closed``: a restore has closed the shelf to others.
    """

    device: Device
    space: str
    head: Head | None
    cursor: Cursor | None
    held: Held | None
    at: datetime
    is_closed: bool


@dataclass(frozen=True)
class Telling:
    """What is said of one copy: its part of the head, and its rows."""

    head: Mapping[str, Any]
    rows: Sequence[RawRow] = ()


def own(session: Session, asking: Asking, room: Room) -> Telling:
    """What a citizen's own copy is told. Raises NotFound for nobody."""
    scope, head = scopes.own(asking.space, asking.at), asking.head
    if head is None:
        raise errors.NotFound("This citizen is not known here.")
    told = rules.tell(stand_of(head), asking.cursor, scope.gen)
    if told == "up_to_date" or asking.cursor is None:
        part = Part((), is_all=True) if told == "up_to_date" else view.own_part(session, scope, head, 0, room)
    else:
        since = asking.cursor.point.seq if asking.cursor.after is None else asking.cursor.after
        part = view.own_part(session, scope, head, 0 if told == "start" else since, room)
        if told == "delta" and not part.is_all:
            # A copy is never shown half changed: what does not fit is told whole, in pages that are staged.
            told, part = "start", view.own_part(session, scope, head, 0, room)
    if told == "start":
        part = replace(part, rows=tuple(row for row in part.rows if row.body is not None or not part.is_all))
    return _tell(session, asking, scope, head, told, part, room, None)


def others(session: Session, asking: Asking, room: Room) -> Telling:
    """What a copy of somebody else's is told.

    A copy that may not be kept (any more) is to be destroyed, and the citizen's log says so once.
    """
    person = asking.device.citizen_id
    head = asking.head
    if head is not None and asking.is_closed:
        nonce = f"closed {asking.device.id} {head.epoch}"
        scopes.record_refused_copy(session, person, asking.space, nonce, asking.at)
        return Telling({"space": asking.space, "answer": "closed"})
    scope = scopes.lent(session, person, asking.space, asking.at) if head is not None else None
    if scope is None or head is None:
        return _go(session, asking, is_known=head is not None)
    seen = view.lent(session, scope)
    told = rules.tell_limited(stand_of(head), asking.cursor, scope.gen, seen.digest)
    after = asking.cursor.after or 0 if told == "page" and asking.cursor is not None else 0
    part = Part((), is_all=True) if told == "up_to_date" else view.lent_part(seen, after, room)
    telling = _tell(session, asking, scope, head, told, part, room, seen)
    if telling.rows:
        scopes.record_copy(session, scope, asking.at)
    return telling


def stand_of(head: Head) -> Stand:
    """Where a head stands, for the rules."""
    return Stand(outcomes.point_of(head), head.floor)


def _go(session: Session, asking: Asking, *, is_known: bool) -> Telling:
    """The order to destroy a copy. Of somebody who is not known it reads alike."""
    gen = asking.held.gen if asking.held else asking.cursor.gen if asking.cursor else ""
    if is_known:
        nonce = f"copy {asking.device.id} {gen}"
        scopes.record_refused_copy(session, asking.device.citizen_id, asking.space, nonce, asking.at)
    replicas.order_wipe(session, asking.device.id, asking.space, asking.at)
    return Telling({"space": asking.space, "answer": "wipe", "gen": gen})


def _tell(
    session: Session,
    asking: Asking,
    scope: Scope,
    head: Head,
    told: rules.Told,
    part: Part,
    room: Room,
    seen: View | None,
) -> Telling:
    if not part.is_all and not room.is_whole:
        return Telling({"space": asking.space, "answer": "waiting"})
    cursor = _moved(asking, scope, head, told, part, seen)
    is_own = scope.relation == "self"
    lease = rules.lease_until(asking.at, scope.horizon, is_own=is_own)
    held = Held(asking.space, scope.gen, head.epoch, cursor.number, lease, is_to_go=False)
    replicas.record(session, asking.device.id, held, scope.relation, asking.at)
    count = head.count if seen is None else len(seen.rows)
    said = {
        "space": asking.space,
        "answer": "snapshot" if told in ("start", "page") else told,
        "epoch": str(head.epoch),
        "base": asking.cursor.number if asking.cursor and told in ("delta", "up_to_date") else 0,
        "to": cursor.number,
        "gen": scope.gen,
        "relation": scope.relation,
        "takes": list(scope.takes),
        "offline": True,
        "lease_until": clock.utc_text(lease),
        "rows": len(part.rows),
        "count": count if part.is_all else None,
        "digest": cursor.view.hex() if part.is_all else None,
        "more": not part.is_all,
        "mark_key": answers.text_of(marks.mark_key(session, asking.space)),
        "sources": view.sources_of(session, scope, seen),
        "cursor": tokens.seal_cursor(vault.of(session).tokens, asking.device.id, asking.space, cursor, sees_all=is_own),
    }
    if told in ("start", "page"):
        said["start"] = told == "start"
    return Telling(said, part.rows)


def _moved(asking: Asking, scope: Scope, head: Head, told: rules.Told, part: Part, seen: View | None) -> Cursor:
    """Where the copy stands once it has taken this."""
    digest = head.digest if seen is None else seen.digest
    high = asking.held.number if asking.held and asking.held.epoch == head.epoch else 0
    after = None if part.is_all else part.rows[-1].seq
    return rules.moved(stand_of(head), asking.cursor, told, scope.gen, digest, after, high)
