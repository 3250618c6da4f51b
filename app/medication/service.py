"""Read a citizen's medication card and the dose plan of a date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app import clock, errors
from app.grant import Grant
from app.identity import people
from app.identity.person import Person
from app.medication import rules, shelf
from app.medication.card import Medication, Prescription
from app.records import freshness

ACTIONS = ("medication:read", "medication:renew", "record:export")


@dataclass(frozen=True)
class ShownMedication:
    """A medication as the card shows it: with its status on the day of reading and the prescriptions on it.

    ``key`` is the shelf's blind key for it, fit for addresses.
    """

    medication: Medication
    status: str
    prescriptions: tuple[Prescription, ...]
    source: str
    key: str


@dataclass(frozen=True)
class MedicationCard:
    """The card as it is read: all sources together, private medications counted and nothing else of them.

    ``fetched_at`` and ``failing_since`` are ISO 8601 UTC; the latter tells since when the source could not be asked.
    """

    person: Person
    version: str | None
    as_of: str | None
    fetched_at: str | None
    failing_since: str | None
    source: str | None
    is_invalid: bool
    private_count: int
    medications: tuple[ShownMedication, ...]
    off_card: tuple[ShownMedication, ...]
    prescriptions_off_card: tuple[Prescription, ...]


@dataclass(frozen=True)
class DosePlan:
    """What the card says is to be taken on a date, and which medications it leaves without a time."""

    date: date
    doses: tuple[rules.PlannedDose, ...]
    unplanned: tuple[rules.Unplanned, ...]


def read_card(session: Session, grant: Grant) -> MedicationCard:
    """The citizen's medication card on the civil day of the grant."""
    _demand(grant)
    stored = shelf.read(session, grant)
    card = next((each for each in stored.listings.values() if each.version is not None), None)
    on_card, off_card = _divide(stored, card)
    public = [key for key in on_card if not stored.medications[key].private]
    visible = _visible_prescriptions(stored)
    attached = {(source, each.medication_id) for source, each in visible}
    on = clock.civil_date(grant.at)
    listing = card or next(iter(stored.listings.values()), None)
    fetched_at, failing_since = _freshness(session, grant, listing)
    return MedicationCard(
        person=people.read_person(session, grant),
        version=None if card is None else str(card.version),
        as_of=listing.as_of if listing else None,
        fetched_at=fetched_at,
        failing_since=failing_since,
        source=listing.source if listing else None,
        is_invalid=card is not None and card.is_invalid,
        private_count=len(on_card) - len(public),
        medications=tuple(_shown(stored, key, visible if key in attached else (), on) for key in public),
        off_card=tuple(_shown(stored, key, (), on) for key in off_card if not stored.medications[key].private),
        prescriptions_off_card=tuple(each for source, each in visible if (source, each.medication_id) not in public),
    )


def read_dose_plan(session: Session, grant: Grant, on: date) -> DosePlan:
    """The doses that the card plans for a civil date, in the card's order."""
    card = read_card(session, grant)
    plans = [
        rules.plan(each.medication.id, each.medication.name or "", each.medication.plan, each.medication.course, on)
        for each in card.medications
    ]
    doses = tuple(dose for plan in plans for dose in plan.doses)
    unplanned = tuple(each for plan in plans for each in plan.unplanned)
    return DosePlan(on, doses, unplanned)


Key = tuple[str, str]


def _demand(grant: Grant) -> None:
    if grant.action not in ACTIONS:
        raise errors.NotAllowed("This access does not cover medication.")


def _divide(stored: shelf.Stored, card: shelf.Listing | None) -> tuple[list[Key], list[Key]]:
    """Which medications are on the card and which are off it. Without any card, all that are known are on it."""
    seen = [(listing.source, each) for listing in stored.listings.values() for each in listing.seen]
    known = [key for key in seen if key in stored.medications]
    if card is None:
        return known, []
    listed = [(card.source, each) for each in card.listed]
    if any(key not in stored.medications for key in listed):
        raise errors.Conflict("A part of this medication card is missing here. Import the card again.")
    newer = [key for key in known if key not in listed and _is_newer(stored.medications[key], key, card)]
    on_card = listed + newer
    return on_card, [key for key in known if key not in on_card]


def _is_newer(medication: Medication, key: Key, card: shelf.Listing) -> bool:
    if key[0] != card.source or medication.version is None or card.version is None:
        return False
    return medication.version > card.version


def _visible_prescriptions(stored: shelf.Stored) -> list[tuple[str, Prescription]]:
    """Prescriptions in the order first heard, without private ones and those of private medications."""
    private = {key for key, medication in stored.medications.items() if medication.private}
    ordered = [(listing.source, each) for listing in stored.listings.values() for each in listing.prescriptions]
    found = [(key[0], stored.prescriptions[key]) for key in ordered if key in stored.prescriptions]
    return [(of, each) for of, each in found if not each.private and (of, each.medication_id) not in private]


def _shown(
    stored: shelf.Stored, key: Key, prescriptions: Iterable[tuple[str, Prescription]], on: date
) -> ShownMedication:
    medication = stored.medications[key]
    own = tuple(each for source, each in prescriptions if (source, each.medication_id) == key)
    return ShownMedication(medication, rules.status_on(medication.course, on), own, key[0], stored.keys[key])


def _freshness(session: Session, grant: Grant, listing: shelf.Listing | None) -> tuple[str | None, str | None]:
    if listing is None or listing.fetched_at is None:
        return None, None
    heard = freshness.read(session, grant).get(listing.source)
    fetched_at = listing.fetched_at
    if heard is not None and heard.answered_at is not None:
        fetched_at = max(fetched_at, heard.answered_at)
    failing_since = clock.utc_text(heard.failing_since) if heard is not None and heard.failing_since else None
    return clock.utc_text(fetched_at), failing_since
