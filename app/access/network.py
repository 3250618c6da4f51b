"""The citizen's network for somebody whom it concerns: those who help with what that person may see too.

Invariant: one entry in the citizen's log for each look by somebody else, permitted or refused.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.audit import service as audit
from app.delegation import network
from app.delegation.network import Contact
from app.grant import Actor


def read_for(session: Session, actor: Actor, citizen_id: str, now: datetime) -> list[Contact]:
    """Who helps a citizen with what the actor may see as a relative. Raises NotAllowed, with what is to be logged."""
    if audit.lock_known(session, citizen_id) is None:
        raise errors.NotAllowed("You may not see this person's information.")
    known, at = access.read_history(session, actor, citizen_id, now)
    decided = {word: access.decide_by(known, at, actor, word, "relative") for word in network.SUBJECTS.values()}
    may = {word: each.decision for word, each in decided.items() if each.decision.outcome == "permit"}
    if not may:
        entry = access.entry_of(actor, "network:read", "relative", "none", "refused", now)
        refusal = access.Refusal(citizen_id, entry)
        raise errors.NotAllowed("You may not see this person's information.", refusal)
    basis = next(iter(may.values())).reason
    grant = access.open_to_relative(session, actor, citizen_id, "network:read", basis, now)
    return network.read_for(session, grant, may)
