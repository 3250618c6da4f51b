"""To whom a citizen ever granted something: an index, so that it is found without reading everybody's consents.

Invariant: whoever is named in a grant, recorded here or imported, is noted in the same transaction. A note decides
nothing: what a person may see is decided anew each time, by all the events.
"""

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from app.consent.event import Event
from app.consent.models import ConsentGrantee
from app.db.base import table_of
from app.records import heads

_GRANTEE = table_of(ConsentGrantee)
# Built once: every pull asks it.
_CITIZENS_OF = (
    select(_GRANTEE.c.citizen_id).where(_GRANTEE.c.person_id == bindparam("person")).order_by(_GRANTEE.c.citizen_id)
)


def note(session: Session, citizen_id: str, events: Iterable[Event]) -> None:
    """Note the persons to whom these events of a citizen's grant something; doing it again changes nothing."""
    named = {
        event.grantee.id
        for event in events
        if event.kind == "grant" and event.grantee is not None and event.grantee.type == "person"
    } - {None}
    if not named:
        return
    heads.lock(session, [citizen_id])  # two notes of one citizen wait for each other
    noted = session.scalars(select(ConsentGrantee.person_id).where(ConsentGrantee.citizen_id == citizen_id))
    new = sorted(name for name in named.difference(noted) if name)
    if new:
        session.execute(insert(ConsentGrantee), [{"person_id": name, "citizen_id": citizen_id} for name in new])


def citizens_of(session: Session, person_id: str) -> list[str]:
    """The citizens who ever granted this person something, sorted."""
    return list(session.scalars(_CITIZENS_OF, {"person": person_id}))
