"""Who may do what with a citizen's data: one pure decision at two instants, by the rules of sundhedsloven and consent.

``valid_at`` is the instant that the question is about, ``known_at`` the instant whose knowledge answers it. Nothing is
ever switched off by a job: ends, birthdays and deaths are compared with ``valid_at``.
"""

from collections.abc import Container, Iterable
from datetime import date, datetime

from app.consent.event import ACTIONS, PURPOSES, Decision, Item, Limit, Party, Request, Statute
from app.consent.history import Candidate, History

LEVELS = frozenset({"substantial", "high"})  # NSIS; health data need at least betydelig
GUARDIAN_ACTIONS = frozenset(
    {
        "medication:read",
        "medication:mark",
        "appointments:read",
        "appointments:respond",
        "reminders:receive",
        "offline:keep",
    }
)


def decide(
    history: History,
    request: Request,
    valid_at: datetime,
    known_at: datetime,
    statutes: Iterable[Statute] = (),
    actions: Container[str] = ACTIONS,
) -> Decision:
    """Decide, in this order: level and words, locked, the citizen, law, blocks, grants, guardians; else no.

    ``actions`` are the words that are known; what no consent can speak of can still be the citizen's own or the law's.
    A block goes before every grant, however narrow or new the grant is. All grants and all blocks that matched are
    named, whichever would have been enough.
    """
    if not _is_in_order(request, actions):
        return Decision("deny", "auth")
    is_own = request.actor_id == history.citizen_id
    if request.locked or (is_own and _is_dead(history, valid_at)):
        return Decision("deny", "locked")
    if is_own:
        return Decision("permit", "self")
    rows = [row for row in statutes if _applies(row, request)]
    if any(not row.objectable for row in rows):
        return Decision("permit", "statute")
    blocks = _blocks(history, request, valid_at, known_at)
    if blocks and not _is_emergency(request):
        return Decision("deny", "blocked", blocks)
    if rows:
        return Decision("permit", "statute", (), blocks)
    return _by_consent(history, request, valid_at, known_at, blocks)


def _by_consent(
    history: History, request: Request, valid_at: datetime, known_at: datetime, overrode: tuple[str, ...]
) -> Decision:
    reasons = _grants(history, request, valid_at, known_at)
    if reasons:
        return Decision("permit", "grant", reasons, overrode)
    if _is_guardian(history, request, valid_at):
        return Decision("permit", "guardian", (), overrode)
    return Decision("deny", "default")


def _is_in_order(request: Request, actions: Container[str]) -> bool:
    """Whether the words are known and the login is strong enough to ask anything at all."""
    return request.action in actions and request.purpose in PURPOSES and request.level in LEVELS


def _applies(row: Statute, request: Request) -> bool:
    return (
        row.organisation is not None
        and row.organisation == request.organisation
        and row.role == request.role
        and row.action == request.action
        and row.purpose == request.purpose
    )


def _is_emergency(request: Request) -> bool:
    """Whether this is værdispring by somebody who may, with a reason."""
    emergency = request.emergency
    return emergency is not None and emergency.role_listed and bool(emergency.reason.strip())


def _is_dead(history: History, valid_at: datetime) -> bool:
    return history.dead_from is not None and history.dead_from <= valid_at


def _is_guardian(history: History, request: Request, valid_at: datetime) -> bool:
    """Whether custody opens it: until 00:00 on the 15th birthday, and nothing that the source hides from guardians."""
    return (
        request.purpose == "relative"
        and request.action in GUARDIAN_ACTIONS
        and not request.hidden
        and request.actor_id in history.custody
        and not _is_dead(history, valid_at)
        and history.of_age_at is not None
        and valid_at < history.of_age_at
    )


def _blocks(history: History, request: Request, valid_at: datetime, known_at: datetime) -> tuple[str, ...]:
    """The denies that match."""
    return tuple(
        name
        for deny in history.denies.get(request.action, ())
        for name in deny.names
        if request.purpose in deny.purposes
        and _is_effective(deny, valid_at, known_at)
        and _speaks_of(deny, request)
        and _may_hold(deny.limit, request.item)
    )


def _grants(history: History, request: Request, valid_at: datetime, known_at: datetime) -> tuple[str, ...]:
    """The grants that match, each followed by its acceptance."""
    reasons: list[str] = []
    for grant in history.grants.get(request.action, ()):
        if (
            request.purpose in grant.purposes
            and _is_effective(grant, valid_at, known_at)
            and _speaks_of(grant, request)
            and _holds(grant.limit, request.item)
            and _counts(grant, history, valid_at, known_at)
        ):
            reasons += grant.names
    return tuple(dict.fromkeys(reasons))


def _counts(grant: Candidate, history: History, valid_at: datetime, known_at: datetime) -> bool:
    """Whether a grant needs no yes, or has it: one to a person does, and ends with the death of the citizen."""
    if grant.grantee.type != "person":
        return True
    return _is_known(grant.accepted_at, known_at) and not _is_dead(history, valid_at)


def _is_effective(candidate: Candidate, valid_at: datetime, known_at: datetime) -> bool:
    """Recorded by then, begun, neither past its end nor ended by then, and never found to be void."""
    if candidate.recorded_at > known_at or candidate.valid_from > valid_at:
        return False
    if candidate.valid_to is not None and candidate.valid_to <= valid_at:
        return False
    ended_at = candidate.ended_at
    if ended_at is not None and ended_at <= valid_at and ended_at <= known_at:
        return False
    return not _is_known(candidate.void_at, known_at)


def _is_known(recorded_at: datetime | None, at: datetime) -> bool:
    return recorded_at is not None and recorded_at <= at


def _speaks_of(candidate: Candidate, request: Request) -> bool:
    """Whether it names the one who asks, and does not except them."""
    if not _is(candidate.grantee, request):
        return False
    # Most have no exceptions, and a generator that yields nothing costs as much as all the rest.
    return not candidate.exceptions or not any(_is(party, request) for party in candidate.exceptions)


def _is(party: Party, request: Request) -> bool:
    """Whether the one who asks is this party; an organisation that is not named is nobody's."""
    if party.type == "person":
        return party.id == request.actor_id
    if party.type == "everyone":
        return True
    if party.organisation is None or party.organisation != request.organisation:
        return False
    return party.type == "organisation" or (party.id is not None and party.id == request.role)


def _may_hold(limit: Limit | None, item: Item | None) -> bool:
    """Whether a block with this limit matches: data inside, or not known to be outside; of the whole, only without."""
    if limit is None or item is None:
        return limit is None
    if limit.organisation is not None and item.organisation not in (None, limit.organisation):
        return False
    return item.day is None or _is_within(limit, item.day)


def _holds(limit: Limit | None, item: Item | None) -> bool:
    """Whether a grant with this limit matches: the collection as such, or data known to be inside."""
    if limit is None or item is None:
        return True
    if limit.organisation is not None and item.organisation != limit.organisation:
        return False
    if limit.first is None and limit.last is None:
        return True
    return item.day is not None and _is_within(limit, item.day)


def _is_within(limit: Limit, day: date) -> bool:
    """Whether a date lies between the two of a limit, both inclusive."""
    return (limit.first is None or limit.first <= day) and (limit.last is None or day <= limit.last)
