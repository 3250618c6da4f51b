"""What a relative sees of a citizen's consents: never that anybody else is let in, or kept out. Pure."""

from collections.abc import Iterable

from app.consent.event import Party
from app.consent.giving import Standing
from app.consent.service import ListedConsent


def standing(of_citizen: Iterable[Standing], relative_id: str) -> list[Standing]:
    """The consents and blocks given here that name no other person."""
    return [each for each in of_citizen if not _names_another(_parties(each), relative_id)]


def listed(of_citizen: Iterable[ListedConsent], relative_id: str) -> list[ListedConsent]:
    """The consents of other systems that name no other person; where we cannot tell whom one names, it is left out."""
    return [each for each in of_citizen if _is_open(each, relative_id)]


def _is_open(each: ListedConsent, relative_id: str) -> bool:
    terms = each.consent.terms
    if not terms:
        return not each.consent.actors
    return not _names_another([party for one in terms for party in (one.grantee, *one.exceptions)], relative_id)


def _parties(each: Standing) -> list[Party | None]:
    event = each.terms.event
    return [event.grantee, *event.exceptions]


def _names_another(parties: Iterable[Party | None], relative_id: str) -> bool:
    return any(party is not None and party.type == "person" and party.id != relative_id for party in parties)
