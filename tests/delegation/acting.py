"""Three people and a clock, what they may by the model and by the house, and how they call the services."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from app import clock, errors
from app.access import service as access
from app.consent import giving
from app.delegation import invitations, rules
from app.grant import Action, Actor, Grant
from tests.delegation.model import Given, Model, Offered, number, serials
from tests.house import House

Rights = dict[tuple[int, int], frozenset[str]]


class People(RuleBasedStateMachine):
    """What a machine of calls is made of; ``house`` is set by the test that runs it."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.born = [date(1951, 3, 1 + next(serials) % 28) for _ in range(3)]
        self.ids = [self.house.citizen(number(born), f"Person {next(serials)}") for born in self.born]
        self.before: Rights = {}
        self.actor: int | None = None
        self.said_yes: tuple[int, int] | None = None

    @invariant()
    def everybody_may_what_was_given_them(self) -> None:
        """What is decided is what the citizens' own calls come to, and never more than the citizen may."""
        now = self._rights()
        for (person, citizen), may in now.items():
            assert may == self.model.rights(person, citizen, self.house.at), (person, citizen)
        self._enlarges_nothing(now)
        self.before = now

    def _enlarges_nothing(self, now: Rights) -> None:
        """What became more became so by the citizen's own call, or by a yes to what the citizen offered."""
        for (person, citizen), may in now.items():
            if may - self.before.get((person, citizen), frozenset()):
                assert self.actor == citizen or self.said_yes == (person, citizen)

    def _rights(self) -> Rights:
        found: Rights = {}
        with self.house.database.reading() as session:
            for citizen, citizen_id in enumerate(self.ids):
                for person, person_id in enumerate(self.ids):
                    if person != citizen:
                        actor = Actor(person_id, "citizen")
                        known, at = access.read_history(session, actor, citizen_id, self.house.at)
                        decided = {
                            word: access.decide_by(known, at, actor, word, "relative").decision for word in _words()
                        }
                        found[person, citizen] = frozenset(
                            word for word, each in decided.items() if each.outcome == "permit"
                        )
        return found

    def _begin(self, offer: Offered, by: int) -> None:
        for each in self.model.delegations:
            each.is_over = each.is_over or (each.citizen, each.person) == (offer.citizen, by)
        with self.house.open(self.ids[offer.citizen], "consents:read", self._as(offer.citizen)) as (session, grant):
            standing = [each for each in giving.read_standing(session, grant) if each.concerns == "delegation"]
        until = clock.end_of(offer.last_day)
        grant_id = standing[0].terms.event.grant_id
        self.model.delegations.append(Given(offer.citizen, by, offer.actions, until, grant_id))

    def _withdraw_invitation(self, session: Any, by: int, of: int, invitation_id: str) -> Any:
        return invitations.withdraw(session, self._grant(session, by, of, "delegation:invite"), invitation_id)

    def _give(self, by: int, of: int, action: Action, verb: Callable[[Any, Grant], Any]) -> Any:
        """What a verb came to under a grant; True where it gives nothing, None where it was refused."""
        return self._call(lambda session: verb(session, self._grant(session, by, of, action)) or True)

    def _grant(self, session: Any, by: int, of: int, action: Action) -> Grant:
        return access.open_record(session, self._as(by), self.ids[of], action, "self", self.house.at)

    def _call(self, verb: Callable[[Any], Any]) -> Any:
        """What a call came to; None when it was refused, and then nothing of it is kept."""
        try:
            with self.house.database.transaction() as session:
                return verb(session)
        except errors.DomainError:
            return None

    def _acts(self, who: int | None) -> None:
        self.actor, self.said_yes = who, None

    def _as(self, who: int) -> Actor:
        return Actor(self.ids[who], "citizen")

    def _one(self, among: list[Any], which: int) -> Any:
        return among[which % len(among)] if among else None


def _words() -> list[str]:
    return sorted(
        {*rules.ACTIONS, "consents:give", "delegation:read", "delegation:invite", "record:export", "notes:read"}
    )
