"""Who may write which event: asked when it is written, and again whenever it is read. Pure, standard library."""

from app.consent.event import PAPER, TERMS, Event


def is_authorised(event: Event, terms: Event) -> bool:
    """Whether the one who gave this event may give it about these terms; terms are asked about themselves.

    The citizen gives and ends. A grantee accepts, and ends what was granted to them, never what blocks them. An
    authority records on paper a consent to an authority or a block, and ends a grant or what was itself on paper.
    Nobody else does anything, and nobody accepts for another.
    """
    if event.kind == "accept":
        return _is_delegation(terms) and _is_grantee(event.given_by, terms)
    if event.given_by == event.citizen_id:
        return True
    if event.kind in TERMS:
        return event.capacity == PAPER and (event.kind == "deny" or _is_to_an_authority(event))
    return _may_end_as_grantee(event, terms) or _may_end_on_paper(event, terms)


def _is_delegation(terms: Event) -> bool:
    return terms.kind == "grant" and terms.grantee is not None and terms.grantee.type == "person"


def _is_to_an_authority(terms: Event) -> bool:
    return terms.grantee is not None and terms.grantee.type in ("organisation", "role")


def _is_grantee(actor_id: str, terms: Event) -> bool:
    if terms.grantee is None:
        return False
    return actor_id == (terms.grantee.id if terms.grantee.type == "person" else terms.grantee.organisation)


def _may_end_as_grantee(event: Event, terms: Event) -> bool:
    return terms.kind == "grant" and _is_grantee(event.given_by, terms)


def _may_end_on_paper(event: Event, terms: Event) -> bool:
    return event.capacity == PAPER and (terms.kind == "grant" or terms.capacity == PAPER)
