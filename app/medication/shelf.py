"""The medication collections on the shelf: how listings, medications and prescriptions stand there as items."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.grant import Grant, Sight
from app.medication import card_json
from app.medication.card import Medication, Prescription
from app.records import service as records
from app.records.item import Put, Remove, as_such

LISTING = "card"
MEDICATION = "medication"
PRESCRIPTION = "prescription"


@dataclass(frozen=True)
class Listing:
    """What a source's card says of itself. ``version`` None: the source gave no whole card yet.

    ``listed`` are the ids on the card in its order; ``seen`` all ids ever heard of, in the order first heard.
    """

    source: str
    version: int | None = None
    as_of: str | None = None
    is_invalid: bool = False
    listed: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    prescriptions: tuple[str, ...] = ()
    fetched_at: datetime | None = None


@dataclass(frozen=True)
class Stored:
    """Everything on medication that stands on a citizen's shelf, by source and then by the source's id.

    ``keys`` are the shelf's keys of the medications.
    """

    listings: Mapping[str, Listing]
    medications: Mapping[tuple[str, str], Medication]
    prescriptions: Mapping[tuple[str, str], Prescription]
    keys: Mapping[tuple[str, str], str]


def read(session: Session, grant: Grant) -> Stored:
    """All medication items of the citizen that the grant sees; what it does not see leaves no hole in the lists."""
    places = {LISTING: as_such, MEDICATION: as_such, PRESCRIPTION: as_such}
    found = records.read_together(session, grant, places)
    listings = {item.source: _listing(item.content, item.fetched_at) for item in found[LISTING]}
    items = found[MEDICATION]
    medications = {(each.source, each.content["id"]): card_json.medication_from_json(each.content) for each in items}
    keys = {(each.source, each.content["id"]): each.key for each in items}
    prescriptions = {
        (item.source, item.content["id"]): card_json.prescription_from_json(item.content)
        for item in found[PRESCRIPTION]
    }
    stored = Stored(listings, medications, prescriptions, keys)
    if grant.sees is None and not grant.hides:
        return stored
    return _seen(stored, grant.sees or _everything, clock.civil_date(grant.at))


def _seen(stored: Stored, sees: Sight, today: date) -> Stored:
    """What is seen of it. A prescription is seen as the medication that it is on; of one on none nothing is known.

    Sources name the prescriber's organisation in words only, so that its identifier is never known.
    """
    medications = {key: each for key, each in stored.medications.items() if sees(None, *_days(each, today))}
    prescriptions = {
        (source, each_id): each
        for (source, each_id), each in stored.prescriptions.items()
        if (sees(None, None, None) if each.medication_id is None else (source, each.medication_id) in medications)
    }
    listings = {
        source: replace(
            listing,
            listed=tuple(each for each in listing.listed if (source, each) in medications),
            seen=tuple(each for each in listing.seen if (source, each) in medications),
            prescriptions=tuple(each for each in listing.prescriptions if (source, each) in prescriptions),
        )
        for source, listing in stored.listings.items()
    }
    return Stored(listings, medications, prescriptions, stored.keys)


def _everything(_organisation: str | None, _first: date | None, _last: date | None) -> bool:
    """The sight of who sees all days: a medication that is hidden is out of the lists before."""
    return True


def _days(medication: Medication, today: date) -> tuple[date | None, date | None]:
    """The days of the treatment, one that goes on until today; unknown where the source does not say when it began."""
    course = medication.course
    if course.start is None:
        return None, None
    stopped = course.discontinued_at and clock.civil_date(course.discontinued_at)
    ends = [each for each in (course.end, stopped) if each]
    return course.start, min(ends) if ends else max(course.start, today)


def put_listing(listing: Listing) -> Put:
    """The change that records a listing; when it was learned is the shelf's to say."""
    content = asdict(listing)
    del content["fetched_at"]
    return Put(LISTING, listing.source, listing.source, content)


def put_medication(source: str, medication: Medication) -> Put:
    """The change that records a medication."""
    return Put(MEDICATION, f"{source}/{medication.id}", source, card_json.medication_to_json(medication))


def remove_medication(source: str, identifier: str) -> Remove:
    """The change that takes a medication away which its source takes back."""
    return Remove(MEDICATION, f"{source}/{identifier}")


def put_prescription(source: str, prescription: Prescription) -> Put:
    """The change that records a prescription."""
    return Put(PRESCRIPTION, f"{source}/{prescription.id}", source, card_json.prescription_to_json(prescription))


def _listing(content: Mapping[str, Any], fetched_at: datetime) -> Listing:
    return Listing(
        source=content["source"],
        version=content["version"],
        as_of=content["as_of"],
        is_invalid=content["is_invalid"],
        listed=tuple(content["listed"]),
        seen=tuple(content["seen"]),
        prescriptions=tuple(content["prescriptions"]),
        fetched_at=fetched_at,
    )
