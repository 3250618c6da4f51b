"""What an invitation can become, and which terms a delegation can have. Pure, standard library.

Invariant: only the citizen makes or takes back, only the one who opened it answers, and what is over stays as it ended.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

State = Literal["offered", "opened", "accepted", "refused", "expired", "withdrawn", "closed"]
Step = Literal["open", "miss", "accept", "refuse", "withdraw"]
Code = Literal[
    "invitation_own",
    "invitation_not_yours",
    "invitation_taken",
    "invitation_not_opened",
    "invitation_accepted",
    "invitation_refused",
    "invitation_expired",
    "invitation_withdrawn",
    "invitation_closed",
]
Flaw = Literal["nothing", "unknown", "read_first", "nothing_to_keep", "past", "too_long"]

LIVE: frozenset[State] = frozenset({"offered", "opened"})
LASTS = timedelta(days=7)  # an invitation that nobody answered
MOST_OPEN = 5  # of one citizen
MOST_MISSES = 5  # wrong pairs of facts, after which an invitation is closed
YEARS = 5  # the longest that a delegation lasts

# What a relative can be let do. Each subject is read and acted on apart; a copy on their phone is asked for by itself.
# Listed here and not taken from the words of consents: what is new there is not theirs before somebody says so.
ACTIONS = frozenset(
    {
        "medication:read",
        "medication:mark",
        "appointments:read",
        "appointments:respond",
        "consents:read",
        "log:read",
        "reminders:receive",
        "offline:keep",
    }
)
NEEDS = {"medication:mark": "medication:read", "appointments:respond": "appointments:read"}
KEEPABLE = frozenset({"medication:read", "appointments:read"})


class WrongStep(Exception):
    """An invitation cannot take this step; ``code`` is stable and says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(frozen=True)
class Stand:
    """How an invitation stands: whose it is, who opened it, how many wrong pairs came, and until when it is good.

    ``state`` is as it was last stored: that it has expired is seen by the clock (``state_at``), and never stored.
    """

    citizen_id: str
    state: State
    expires_at: datetime
    person_id: str | None = None
    misses: int = 0


def state_at(stand: Stand, now: datetime) -> State:
    """How it stands at an instant."""
    return "expired" if stand.state in LIVE and stand.expires_at <= now else stand.state


def take(stand: Stand, step: Step, by: str, now: datetime) -> Stand:
    """The invitation after somebody's step. What was done already is no wrong step and changes nothing.

    ``miss`` is a wrong pair of facts, whoever showed it. Raises WrongStep.
    """
    state = state_at(stand, now)
    if _is_done(stand, state, step, by):
        return stand
    _demand_theirs(stand, step, by)
    if state not in LIVE:
        raise WrongStep(f"invitation_{state}")  # type: ignore[arg-type]  # every state that is over has its code
    if step == "miss":
        misses = stand.misses + 1
        return replace(stand, misses=misses, state="closed" if misses >= MOST_MISSES else stand.state)
    return replace(stand, state="withdrawn") if step == "withdraw" else _with_relative(stand, step, by)


def _with_relative(stand: Stand, step: Step, by: str) -> Stand:
    """A step of the relative's on an invitation that is open."""
    if step == "open":
        if stand.person_id is not None:
            raise WrongStep("invitation_taken")
        return replace(stand, state="opened", person_id=by)
    if stand.person_id is None:
        raise WrongStep("invitation_not_opened")
    if stand.person_id != by:
        raise WrongStep("invitation_not_yours")
    return replace(stand, state="accepted" if step == "accept" else "refused")


def _is_done(stand: Stand, state: State, step: Step, by: str) -> bool:
    if step == "withdraw":
        return state == "withdrawn" and by == stand.citizen_id
    done = {"open": "opened", "accept": "accepted", "refuse": "refused"}
    return done.get(step) == state and stand.person_id == by


def _demand_theirs(stand: Stand, step: Step, by: str) -> None:
    """Nobody is a relative by their own invitation, and nobody takes back what another offered."""
    if step in ("open", "accept", "refuse") and by == stand.citizen_id:
        raise WrongStep("invitation_own")
    if step == "withdraw" and by != stand.citizen_id:
        raise WrongStep("invitation_not_yours")


def flaw_of(actions: Collection[str], last_day: date, today: date) -> Flaw | None:
    """What keeps these from being the terms of a delegation; None when nothing does."""
    given = frozenset(actions)
    if not given - {"offline:keep"}:
        return "nothing"
    if not given <= ACTIONS:
        return "unknown"
    if any(needed not in given for action, needed in NEEDS.items() if action in given):
        return "read_first"
    if "offline:keep" in given and not given & KEEPABLE:
        return "nothing_to_keep"
    if last_day < today:
        return "past"
    return "too_long" if last_day > longest(today) else None


def longest(today: date) -> date:
    """The last day that a delegation given on a day can have: the day before it was given, five years later."""
    return years_after(today, YEARS) - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
