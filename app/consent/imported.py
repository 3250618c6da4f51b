"""The terms of an imported consent: what it decides here, since when we knew it, and as which events it counts.

Standard library. Invariant: what a source says later changes no answer about what was known before; terms are never
changed, they end or turn out to be void, and others take their place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.consent.event import Event, Kind, Limit, Party

# The source vouches that the citizen gave it.
CAPACITY = "source"
# Until it is recorded, a person of whom a source told the number stands under it.
NUMBER = "number:"
# More than this is no wish of a person, and would make every decision slow.
MOST = 100

# Why an imported consent decides nothing here: a stable code, and the sentence for the person.
REASONS = {
    "not_read": "It was received before Nærblik could read what it decides.",
    "not_active": "Its source does not hold it to be in force.",
    "entered_in_error": "Its source says that it was recorded by mistake.",
    "expired": "The time that it was given for is over.",
    "given_here": "It is a copy of what the citizen gave here, and that decides.",
    "unreadable": "A part of it can mean more than one thing.",
    "modifier": "It carries an addition that changes its meaning and that Nærblik does not know.",
    "scope_unknown": "It does not say that it is about sharing information.",
    "given_by_another": "It was given by somebody else than the citizen.",
    "no_decision": "It does not say whether it allows or forbids.",
    "nested_too_deep": "It has exceptions from its exceptions.",
    "nested_same": "An exception in it says the same as what it is an exception from.",
    "exception_outside": "An exception in it speaks of what the whole does not.",
    "exception_of_origin": "It excepts data of one place, which cannot be kept apart here.",
    "exception_of_person": "It excepts some data for one person in an organisation, which cannot be kept apart here.",
    "actor_missing": "It allows something without saying to whom.",
    "actor_unknown": "It names somebody who cannot be told apart here.",
    "actor_role_unknown": "It names somebody in another part than the one who receives information.",
    "person_unknown": "It names a person who is not known here.",
    "not_accepted": "It gives something to a person, and does not say that they accepted it.",
    "purpose_missing": "It allows something without saying what for.",
    "purpose_unknown": "It names a purpose that Nærblik has no word for.",
    "action_unknown": "It names an action that Nærblik has no word for.",
    "class_unknown": "It is limited to a kind of data that cannot be kept apart here.",
    "code_unknown": "It is limited to data about something, which cannot be kept apart here.",
    "data_unknown": "It is limited to single data, which cannot be kept apart here.",
    "security_label": "It is limited to data with a label, and data carry no labels here.",
    "data_period_inexact": "It is limited to data from a part of a day, and data are known by their day here.",
    "contradictory_period": "It ends before it begins.",
    "no_end": "It allows something without an end, and a consent must have one.",
    "nothing_here": "It is about nothing that can be asked for in Nærblik.",
    "too_many": "It speaks of more than can be decided here.",
    "no_word": "A part of it has no word in FHIR R4.",
    "not_well_formed": "It is no consent or block that can be given here.",
}

End = Literal["withdraw", "supersede"]


@dataclass(frozen=True)
class ImportedTerms:
    """One grant or deny that an imported consent comes to. Without ``valid_from`` it begins when we learn of it.

    A person is an id of ours, or ``number:KIND:VALUE``. ``accepted``: the source says that the grantee agreed to it.
    """

    kind: Literal["grant", "deny"]
    grantee: Party
    actions: frozenset[str]
    purposes: frozenset[str]
    exceptions: tuple[Party, ...] = ()
    limit: Limit | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    accepted: bool = False


@dataclass(frozen=True)
class Version:
    """The terms that a source told of at one time, until it told of others, and whether it took all back as wrong."""

    recorded_at: datetime
    terms: tuple[ImportedTerms, ...]
    ended_at: datetime | None = None
    end: End = "supersede"
    void_at: datetime | None = None


def follow(
    versions: Sequence[Version], status: str, terms: tuple[ImportedTerms, ...], now: datetime
) -> tuple[Version, ...]:
    """The versions after the source said this at ``now``: the same terms go on, others take their place.

    Whatever is not in force any more ends; what was recorded by mistake is void, every version of it.
    """
    if status == "entered-in-error":
        return tuple(each if each.void_at else replace(each, void_at=now) for each in versions)
    current = versions[-1] if versions and versions[-1].ended_at is None and versions[-1].void_at is None else None
    if current is not None and current.terms == terms:
        return tuple(versions)
    end: End = "supersede" if status == "active" else "withdraw"
    past = [*versions[:-1], replace(current, ended_at=now, end=end)] if current is not None else list(versions)
    return (*past, Version(now, terms)) if terms else tuple(past)


def events(item_id: str, citizen_id: str, versions: Sequence[Version]) -> list[Event]:
    """The events that an imported consent counts as. Their ids are the item's with a number behind.

    The citizen gave and ended all of it, as the source vouches; acceptances are the grantees'.
    """
    made: list[Event] = []
    for number, version in enumerate(versions, start=1):
        for place, terms in enumerate(version.terms, start=1):
            made += _of(f"{item_id}/{number}.{place}", citizen_id, version, terms)
    return made


def naming(terms: Sequence[ImportedTerms], person: Callable[[str], str]) -> tuple[ImportedTerms, ...]:
    """The same terms, each once, with the persons in them named as ``person`` says."""
    named = (
        replace(
            each,
            grantee=_known(each.grantee, person),
            exceptions=tuple(_known(party, person) for party in each.exceptions),
        )
        for each in terms
    )
    return tuple(dict.fromkeys(named))


def terms_in(versions: Sequence[Version]) -> tuple[ImportedTerms, ...]:
    """The terms in force by what the source said last."""
    last = versions[-1] if versions else None
    return last.terms if last and last.ended_at is None and last.void_at is None else ()


def persons_in(terms: Sequence[ImportedTerms]) -> set[str]:
    """The persons of whom terms speak, as the terms name them."""
    parties = [party for each in terms for party in (each.grantee, *each.exceptions)]
    return {party.id for party in parties if party.type == "person" and party.id}


def _of(event_id: str, citizen_id: str, version: Version, terms: ImportedTerms) -> list[Event]:
    begins = terms.valid_from or version.recorded_at
    if terms.valid_to is not None and terms.valid_to <= begins:
        # It was over before we learned of it.
        return []

    def event(suffix: str, kind: Kind, given_by: str, at: datetime) -> Event:
        return Event(event_id + suffix, citizen_id, kind, event_id, given_by, at, CAPACITY)

    said = Event(
        id=event_id,
        citizen_id=citizen_id,
        kind=terms.kind,
        grant_id=event_id,
        given_by=citizen_id,
        recorded_at=version.recorded_at,
        capacity=CAPACITY,
        grantee=terms.grantee,
        exceptions=terms.exceptions,
        actions=terms.actions,
        purposes=terms.purposes,
        limit=terms.limit,
        valid_from=begins,
        valid_to=terms.valid_to,
    )
    made = [said]
    if terms.accepted and said.grantee is not None and said.grantee.id is not None:
        made.append(event(".accept", "accept", said.grantee.id, version.recorded_at))
    if version.ended_at is not None:
        made.append(event(".end", version.end, citizen_id, version.ended_at))
    if version.void_at is not None:
        made.append(event(".void", "invalidate", citizen_id, version.void_at))
    return made


def _known(party: Party, person: Callable[[str], str]) -> Party:
    return replace(party, id=person(party.id)) if party.type == "person" and party.id else party
