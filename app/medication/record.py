"""Record what a source answered about medication: newer over older, never back, and nothing when nothing is new."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.grant import Grant
from app.medication import shelf
from app.medication.card import CardAnswer, Medication, Prescription
from app.records import service as records
from app.records.item import Change, Put


@dataclass(frozen=True)
class Recorded:
    """How many medications and prescriptions were written, and how many items of the answer changed nothing."""

    medications: int = 0
    prescriptions: int = 0
    unchanged: int = 0


def record_answer(session: Session, grant: Grant, source: str, answer: CardAnswer, now: datetime) -> Recorded:
    """Record a card, or news of single medications and prescriptions.

    A card older than the one that stands changes nothing. Of a medication the newest version stands; a private one
    stays private until something newer says otherwise. Prescriptions have no order: the last one heard stands.
    """
    stored = shelf.read(session, grant)
    listing = stored.listings.get(source) or shelf.Listing(source)
    shown = [each for each in answer.medications if not each.private]
    prescriptions = [each for each in answer.prescriptions if not each.private]
    if _is_older(answer, listing):
        return Recorded(unchanged=len(shown) + len(prescriptions))
    is_newer_card = answer.version is not None and (listing.version is None or answer.version > listing.version)
    kept = {
        each.id: each
        for each in answer.medications
        if _supersedes(each, stored.medications.get((source, each.id)), is_newer_card)
    }
    changes: list[Change] = [shelf.put_medication(source, each) for each in kept.values()]
    changes += [shelf.put_prescription(source, each) for each in answer.prescriptions]
    changes += [
        shelf.remove_medication(source, identifier)
        for identifier, at in answer.withdrawn
        if (standing := stored.medications.get((source, identifier))) and (at or "") >= _instant(standing)
    ]
    changes.append(shelf.put_listing(_listing_after(listing, answer)))
    written = records.write(session, grant, changes, now)
    return _count(written, shown, prescriptions)


def _is_older(answer: CardAnswer, listing: shelf.Listing) -> bool:
    return answer.version is not None and listing.version is not None and answer.version < listing.version


def _supersedes(medication: Medication, standing: Medication | None, is_newer_card: bool) -> bool:
    if standing is None:
        return True
    if medication.version is None or standing.version is None:
        return _instant(medication) >= _instant(standing)
    if medication.version != standing.version:
        return medication.version > standing.version
    # A private marking does not change the version, so only a newer card can lift it.
    return medication.private or not standing.private or is_newer_card


def _instant(medication: Medication) -> str:
    return medication.changed_at or ""


def _listing_after(listing: shelf.Listing, answer: CardAnswer) -> shelf.Listing:
    ids = tuple(each.id for each in answer.medications)
    after = replace(
        listing,
        seen=_joined(listing.seen, ids),
        prescriptions=_joined(listing.prescriptions, (each.id for each in answer.prescriptions)),
    )
    if answer.version is None:
        return after
    return replace(after, version=answer.version, as_of=answer.as_of, is_invalid=answer.is_invalid, listed=ids)


def _joined(known: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *more]))


def _count(written: list[Change], shown: list[Medication], prescriptions: list[Prescription]) -> Recorded:
    content = [change for change in written if isinstance(change, Put) and not change.content.get("private")]
    medications = sum(change.collection == shelf.MEDICATION for change in content)
    recorded = sum(change.collection == shelf.PRESCRIPTION for change in content)
    return Recorded(medications, recorded, len(shown) + len(prescriptions) - medications - recorded)
