"""Pause all relatives in two taps: a block against everyone who helps, until it is lifted. Nobody is told why.

Invariant: it stops every relative and every guardian, and nobody else; what was given stands, and counts again after.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.consent import giving, ledger
from app.consent.event import Event, Party
from app.consent.giving import Standing
from app.consent.ledger import Issuer
from app.delegation import invitations, rules
from app.grant import Grant
from app.vault import service as vault

PURPOSES = frozenset({"relative"})


def pause(session: Session, grant: Grant, event_id: str, issuer: Issuer) -> None:
    """Pause all, from now; paused twice is paused once. Needs a grant for delegation:pause."""
    invitations.demand(grant, "delegation:pause")
    if _standing(session, grant):
        return
    event = Event(
        id=event_id,
        citizen_id=grant.citizen_id,
        kind="deny",
        grant_id=event_id,
        given_by=grant.actor.id,
        recorded_at=grant.at,
        grantee=Party("everyone"),
        actions=rules.ACTIONS,
        purposes=PURPOSES,
        valid_from=grant.at,
    )
    ledger.append(session, grant, event, issuer)


def resume(session: Session, grant: Grant, issuer: Issuer) -> None:
    """Let them in again, as each was let before. Needs a grant for delegation:pause."""
    invitations.demand(grant, "delegation:pause")
    for each in _standing(session, grant):
        paused = each.terms.event.grant_id
        event_id = vault.of(session).own_rows.text("pause over", paused)
        event = Event(event_id, grant.citizen_id, "withdraw", paused, grant.actor.id, grant.at)
        ledger.append(session, grant, event, issuer)


def paused_since(session: Session, grant: Grant) -> datetime | None:
    """Since when all are paused; None when they are not. The caller has decided that it may be read."""
    return min((each.terms.event.recorded_at for each in _standing(session, grant)), default=None)


def _standing(session: Session, grant: Grant) -> list[Standing]:
    return [
        each for each in giving.read_standing(session, grant) if each.state == "now" and _is_pause(each.terms.event)
    ]


def _is_pause(event: Event) -> bool:
    is_whole = event.limit is None and not event.exceptions and event.actions >= rules.ACTIONS
    return event.kind == "deny" and event.grantee == Party("everyone") and event.purposes == PURPOSES and is_whole
