"""The medication items that somebody else may keep on their device: no list in them names what is left out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.grant import Grant
from app.medication import marks, renewals, shelf
from app.records import service as records
from app.records.item import OpenItem, as_such, unknown


def read_items(session: Session, grant: Grant) -> list[tuple[str, OpenItem]]:
    """The items with their collections, in no order. Raises NotAllowed unless the grant is for medication:read."""
    if grant.action != "medication:read":
        raise errors.NotAllowed("This access does not cover medication.")
    places = {shelf.LISTING: as_such, shelf.MEDICATION: as_such, shelf.PRESCRIPTION: as_such}
    words = {renewals.RENEWAL: unknown, marks.DOSE_MARK: unknown}
    found = records.read_together(session, grant, {**places, **words})
    seen = shelf.read(session, grant)
    listed = [
        (
            shelf.LISTING,
            replace(item, content=_listing(item.content, shelf.put_listing(seen.listings[item.source]).content)),
        )
        for item in found[shelf.LISTING]
    ]
    medications = [
        (shelf.MEDICATION, item)
        for item in found[shelf.MEDICATION]
        if (item.source, item.content["id"]) in seen.medications
    ]
    prescriptions = [
        (shelf.PRESCRIPTION, item)
        for item in found[shelf.PRESCRIPTION]
        if (item.source, item.content["id"]) in seen.prescriptions
    ]
    said = [(collection, item) for collection in words for item in found[collection]]
    return [*listed, *medications, *prescriptions, *said]


def _listing(whole: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    return {**whole, **{name: list(value) if isinstance(value, tuple) else value for name, value in seen.items()}}
