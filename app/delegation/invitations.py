"""Invitations as they are kept: made with a code that is told once, found by it, and moved on by the rules.

Invariant: an invitation is changed under its citizen's lock only, and only by a step that the rules let be taken.
"""

import json
import secrets
from datetime import date, datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, errors
from app.delegation import codes, rules
from app.delegation.invitation import Invitation, Offer
from app.delegation.models import InvitationRow
from app.delegation.rules import Code, Flaw, Stand, State, Step
from app.grant import Action, Grant
from app.vault import service as vault
from app.vault.box import Box

NAMESPACE = "invitation"
LONGEST_NAME = 60

FLAWS: dict[Flaw, str] = {
    "nothing": "Choose at least one thing that your relative may do.",
    "unknown": "There is something in it that no relative can be let do.",
    "read_first": "Whoever is to act on something must be let see it too.",
    "nothing_to_keep": "A copy on their phone needs something to keep: your medicine or your appointments.",
    "past": "The last day lies before today.",
    "too_long": "It can last five years at most. Choose an earlier last day.",
}
STEPS: dict[Code, str] = {
    "invitation_own": "This is your own invitation. Give the code to the one whom you invite.",
    "invitation_not_yours": "This invitation is not yours to answer.",
    "invitation_taken": "Somebody else has opened this invitation.",
    "invitation_not_opened": "Open the invitation before you answer it.",
    "invitation_accepted": "This invitation was accepted.",
    "invitation_refused": "This invitation was refused. The one who invited can make a new one.",
    "invitation_expired": "This invitation has expired. The one who invited can make a new one.",
    "invitation_withdrawn": "This invitation was taken back.",
    "invitation_closed": "This invitation was closed after too many wrong tries. A new one can be made.",
}


def invite(session: Session, grant: Grant, offer: Offer) -> tuple[Invitation, str]:
    """Make an invitation; returns it with its code, which is told now and never again. Needs delegation:invite.

    Raises Invalid for terms that no delegation can have, and WrongStep when too many invitations are open.
    """
    demand(grant, "delegation:invite")
    demand_terms(offer, clock.civil_date(grant.at))
    standing = read_all(session, grant)
    if sum(rules.state_at(each.stand, grant.at) in rules.LIVE for each in standing) >= rules.MOST_OPEN:
        raise errors.WrongStep(
            "invitations_many", "Five invitations are open. Take one back, or wait until it is answered."
        )
    code, invitation_id = codes.make(), secrets.token_hex(16)
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    row = InvitationRow(
        id=invitation_id,
        citizen_id=grant.citizen_id,
        person_id=None,
        code_hash=_hash(session, codes.read(code) or ""),
        state="offered",
        misses=0,
        key_version=box.version,
        sealed=box.seal(_to_bytes(offer), NAMESPACE, invitation_id),
        made_at=grant.at,
        expires_at=grant.at + rules.LASTS,
        moved_at=grant.at,
    )
    session.add(row)
    session.flush()
    return _open(box, row), code


def demand_terms(offer: Offer, today: date) -> None:
    """Raise Invalid unless these can be the terms of a delegation that begins today."""
    flaw = rules.flaw_of(offer.actions, offer.last_day, today)
    if flaw is not None:
        raise errors.Invalid(FLAWS[flaw])
    if not offer.name.strip() or len(offer.name) > LONGEST_NAME:
        raise errors.Invalid("Write what you call your relative, in at most 60 letters.")


def read_all(session: Session, grant: Grant) -> list[Invitation]:
    """The citizen's invitations, the newest first. The caller has decided that they may be read."""
    rows = session.scalars(
        select(InvitationRow)
        .where(InvitationRow.citizen_id == grant.citizen_id)
        .order_by(InvitationRow.made_at.desc(), InvitationRow.id)
    ).all()
    if not rows:
        return []
    box = vault.of(session).box(session, grant.citizen_id, grant.at)
    return [_open(box, row) for row in rows]


def withdraw(session: Session, grant: Grant, invitation_id: str) -> Invitation:
    """Take an invitation back; again changes nothing. Needs delegation:invite. Raises NotFound or WrongStep."""
    demand(grant, "delegation:invite")
    return step(session, grant, invitation_id, "withdraw")


def citizen_of(session: Session, code: str) -> tuple[str, str] | None:
    """Whose invitation a code is of, and its id; None for no code of ours. It tells nothing until both facts fit."""
    read = codes.read(code)
    if read is None:
        return None
    asked = select(InvitationRow.citizen_id, InvitationRow.id)
    row = session.execute(asked.where(InvitationRow.code_hash == _hash(session, read))).one_or_none()
    return None if row is None else (row.citizen_id, row.id)


def opened_by(session: Session, person_id: str, invitation_id: str) -> str:
    """Whose invitation this is that a person has opened. Raises NotFound for all others."""
    row = session.get(InvitationRow, invitation_id)
    if row is None or row.person_id != person_id:
        raise errors.NotFound("There is no such invitation.")
    return row.citizen_id


def stand_of(session: Session, invitation_id: str) -> Stand:
    """How an invitation stands, read anew: the citizen's lock is held."""
    return _stand(_row(session, invitation_id))


def step(session: Session, grant: Grant, invitation_id: str, taken: Step) -> Invitation:
    """Take a step by whom the grant is for; the citizen's lock is held. Raises NotFound or WrongStep."""
    row = _row(session, invitation_id)
    if row.citizen_id != grant.citizen_id:
        raise errors.NotFound("There is no such invitation.")
    _move(row, taken, grant.actor.id, grant.at)
    session.flush()
    return _open(vault.of(session).box(session, grant.citizen_id, grant.at), row)


def miss(session: Session, invitation_id: str, by: str, now: datetime) -> Invitation | None:
    """Count a wrong pair of facts; the fifth closes the invitation, which is then returned. The lock is held."""
    row = _row(session, invitation_id)
    if rules.state_at(_stand(row), now) not in rules.LIVE:
        return None
    _move(row, "miss", by, now)
    session.flush()
    box = vault.of(session).box(session, row.citizen_id, now)
    return _open(box, row) if row.state == "closed" else None


def demand(grant: Grant, action: Action) -> None:
    """Raise NotAllowed unless the grant is for this."""
    if grant.action != action:
        raise errors.NotAllowed("This access does not cover letting a relative help.")


def _move(row: InvitationRow, taken: Step, by: str, now: datetime) -> None:
    before = _stand(row)
    try:
        after = rules.take(before, taken, by, now)
    except rules.WrongStep as wrong:
        raise errors.WrongStep(wrong.code, STEPS[wrong.code]) from None
    if after != before:
        row.state, row.person_id, row.misses, row.moved_at = after.state, after.person_id, after.misses, now


def _row(session: Session, invitation_id: str) -> InvitationRow:
    # Another transaction may have moved it since this one first saw it and before it got the lock.
    row = session.get(InvitationRow, invitation_id, populate_existing=True)
    if row is None:
        raise errors.NotFound("There is no such invitation.")
    return row


def _stand(row: InvitationRow) -> Stand:
    state = cast("State", row.state)  # the table's check knows no other
    return Stand(row.citizen_id, state, row.expires_at, row.person_id, row.misses)


def _hash(session: Session, code: str) -> bytes:
    return vault.of(session).own_rows.of("invitation code", code)


def _to_bytes(offer: Offer) -> bytes:
    said = {
        "name": offer.name.strip(),
        "actions": sorted(offer.actions),
        "last_day": offer.last_day.isoformat(),
        "language": offer.language,
        "version": offer.version,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def _open(box: Box, row: InvitationRow) -> Invitation:
    said = json.loads(box.open(row.sealed, row.key_version, NAMESPACE, row.id))
    offer = Offer(
        said["name"],
        frozenset(said["actions"]),
        date.fromisoformat(said["last_day"]),
        said["language"],
        said["version"],
    )
    return Invitation(row.id, offer, _stand(row), row.made_at, row.moved_at)
