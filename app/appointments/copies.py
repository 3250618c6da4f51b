"""The appointment items that somebody else may keep on their device."""

from sqlalchemy.orm import Session

from app import errors
from app.appointments import answers, service
from app.grant import Grant
from app.records import service as records
from app.records.item import OpenItem, unknown


def read_items(session: Session, grant: Grant) -> list[tuple[str, OpenItem]]:
    """The items that are seen, with their collections. Raises NotAllowed unless it is for appointments:read."""
    if grant.action != "appointments:read":
        raise errors.NotAllowed("This access does not cover appointments.")
    places = {service.APPOINTMENT: service.place_of, answers.ANSWER: unknown}
    found = records.read_together(session, grant, places)
    return [(collection, item) for collection in places for item in found[collection]]
