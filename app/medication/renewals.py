"""The citizen's wishes that a medicine be prescribed anew, and how far each has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.medication import service as medication
from app.records import outgoing, rules
from app.records import service as records
from app.records.outgoing import Message
from app.records.rules import Delivery

RENEWAL = "renewal"
ACTIONS = ("medication:read", "medication:renew", "record:export")


@dataclass(frozen=True)
class Renewal:
    """A wish for a new prescription on one medication. ``note``: the citizen's own words, at most 500 characters."""

    message_id: str
    medication_key: str
    note: str | None
    made_at: datetime
    delivery: Delivery


def wish(
    session: Session, grant: Grant, key: str, message_id: str, note: str | None, takers: Collection[str], now: datetime
) -> None:
    """Record the wish and see to it that it is sent; the same message again changes nothing.

    ``takers`` are the sources that take such wishes. Raises NotFound when the medication is not on the card, Conflict
    when it cannot be renewed here, or was asked for already and is still under way.
    """
    if grant.action != "medication:renew":
        raise errors.NotAllowed("This access does not cover renewals.")
    standing = {each.medication_key: each for each in read_renewals(session, grant)}
    if any(each.message_id == message_id for each in standing.values()):
        return
    shown = next((each for each in medication.read_card(session, grant).medications if each.key == key), None)
    if shown is None:
        raise errors.NotFound("This medicine is not on your card any more.")
    if shown.source not in takers or shown.status not in ("active", "paused"):
        raise errors.Conflict("This medicine cannot be renewed here. Call your doctor instead.")
    if key in standing and rules.is_open(standing[key].delivery.status):
        raise errors.Conflict("You have asked for this already. The answer is still to come.")
    content = {
        "medication_key": key,
        "medication_id": shown.medication.id,
        "prescription_ids": [each.id for each in shown.prescriptions],
        "note": note,
        "made_at": now.isoformat(),
    }
    item_id = f"{shown.source}/{shown.medication.id}"
    outgoing.post(session, grant, Message(message_id, "renewal", shown.source, RENEWAL, item_id, content), now)


def read_renewals(session: Session, grant: Grant) -> list[Renewal]:
    """The last wish on every medication that was asked for."""
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover medication.")
    return [
        Renewal(
            message_id=item.content["message_id"],
            medication_key=item.content["medication_key"],
            note=item.content["note"],
            made_at=datetime.fromisoformat(item.content["made_at"]),
            delivery=outgoing.from_json(item.content["delivery"]),
        )
        for item in records.read(session, grant, RENEWAL)
    ]
