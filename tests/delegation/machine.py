"""Three people and a clock: whatever anybody calls, what a relative may is what the citizen themselves gave.

The model is written from the design alone. Each step says who acted; the invariants compare what everybody may with
what the model expects, and with what everybody might before the step.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app import clock, errors
from app.access import inviting
from app.access import service as access
from app.consent import giving
from app.consent.event import Party
from app.delegation import invitations, rules
from app.delegation.invitation import Offer
from app.grant import Action, Actor, Grant
from tests.consent.municipality import ISSUER
from tests.delegation.model import Given, Model, Offered, new_id, number, serials
from tests.house import House

WHO = st.integers(0, 2)
ANY = st.integers(0, 30)
# Whether a step is what it should be: by whom it should come, with the right facts. Else it is as it was drawn.
RIGHT = st.sampled_from([True, True, False])
TERMS = st.sampled_from(
    [
        frozenset({"medication:read"}),
        frozenset({"medication:read", "medication:mark", "offline:keep"}),
        frozenset({"appointments:read", "appointments:respond"}),
        frozenset({"consents:read", "log:read", "reminders:receive"}),
        frozenset(rules.ACTIONS),
    ]
)
Rights = dict[tuple[int, int], frozenset[str]]


class Everybody(RuleBasedStateMachine):
    """The machine; ``house`` is set by the test that runs it, and each example has people of its own."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.born = [date(1951, 3, 1 + next(serials) % 28) for _ in range(3)]
        self.ids = [self.house.citizen(number(born), f"Person {next(serials)}") for born in self.born]
        self.before: Rights = {}
        self.actor: int | None = None
        self.said_yes: tuple[int, int] | None = None

    @rule(by=WHO, to=WHO, actions=TERMS, days=st.integers(0, 400), right=RIGHT)
    def invite(self, by: int, to: int, actions: frozenset[str], days: int, right: bool) -> None:
        """Somebody invites to somebody's data."""
        by = to if right else by
        self._acts(by)
        last_day = clock.civil_date(self.house.at) + timedelta(days=days)
        offer = Offer("Henrik", actions, last_day, "da")
        made = self._call(lambda session: inviting.invite(session, self._as(by), self.ids[to], offer, self.house.at))
        is_room = sum(each.is_open(self.house.at) for each in self.model.offers if each.citizen == to) < 5
        assert (made is not None) == (by == to and is_room)
        if made is not None:
            invitation, code = made
            expires_at = self.house.at + timedelta(days=7)
            self.model.offers.append(Offered(to, invitation.id, code, actions, last_day, expires_at))

    @rule(by=WHO, which=ANY, born=WHO, is_code=st.booleans(), right=RIGHT)
    def open(self, by: int, which: int, born: int, is_code: bool, right: bool) -> None:
        """Somebody tries a code, right or made up, with the birth date of somebody."""
        offer = self._one(self.model.offers, which)
        if offer is not None and right:
            born, is_code = offer.citizen, True
        self._acts(by)
        code = offer.code if offer and is_code else "00000-00000"
        told = self._call(
            lambda session: inviting.open_by_facts(session, self._as(by), code, self.born[born], self.house.at)
        )
        if offer is None or not is_code or offer.citizen == by:
            assert told is None
            return
        fits = offer.is_open(self.house.at) and self.born[born] == self.born[offer.citizen] and offer.by in (None, by)
        assert (told is not None) == fits
        if fits:
            offer.by, offer.state = by, "opened"
        elif offer.is_open(self.house.at):
            offer.misses += 1
            offer.state = "closed" if offer.misses == 5 else offer.state

    @rule(by=WHO, which=ANY, is_yes=RIGHT, right=RIGHT)
    def answer(self, by: int, which: int, is_yes: bool, right: bool) -> None:
        """Somebody answers an invitation."""
        opened = [each for each in self.model.offers if each.state == "opened"]
        offer = self._one(opened if right and opened else self.model.offers, which)
        if offer is None:
            return
        by = offer.by if right and offer.by is not None else by
        self._acts(by)
        told = self._call(
            lambda session: inviting.answer(
                session, self._as(by), offer.id, self.house.at, ISSUER, is_yes=is_yes, language="da"
            )
        )
        becomes = "accepted" if is_yes else "refused"
        is_first = offer.by == by and offer.state == "opened" and offer.is_open(self.house.at)
        assert (told is not None) == (is_first or (offer.by == by and offer.state == becomes))
        if is_first:
            offer.state = becomes
        if is_first and is_yes:
            self.said_yes = (by, offer.citizen)
            self._begin(offer, by)

    @rule(citizen=WHO, by=WHO, actions=TERMS, days=st.integers(0, 400))
    def agree(self, citizen: int, by: int, actions: frozenset[str], days: int) -> None:
        """A whole story at once, so that delegations stand often enough: invited, opened and accepted."""
        self.invite(citizen, citizen, actions, days, right=True)
        which = len(self.model.offers) - 1
        self.open(by, which, citizen, is_code=True, right=True)
        if which >= 0 and self.model.offers[which].by == by:
            self.answer(by, which, is_yes=True, right=False)

    @rule(by=WHO, which=ANY, of=WHO)
    def take_back(self, by: int, which: int, of: int) -> None:
        """Somebody takes an invitation back, of whomever they say that it is."""
        self._acts(by)
        offer = self._one(self.model.offers, which)
        if offer is None:
            return
        told = self._call(lambda session: self._withdraw_invitation(session, by, of, offer.id))
        is_live = offer.is_open(self.house.at)
        assert (told is not None) == (by == of == offer.citizen and (is_live or offer.state == "withdrawn"))
        if told is not None:
            offer.state = "withdrawn"

    @rule(by=WHO, which=ANY, of=WHO, is_block=st.booleans(), right=RIGHT)
    def end(self, by: int, which: int, of: int, is_block: bool, right: bool) -> None:
        """Somebody withdraws a delegation or lifts a block, as citizens do."""
        given = self._one(self.model.blocks if is_block else self.model.delegations, which)
        if given is None:
            return
        by, of = (given.citizen, given.citizen) if right else (by, of)
        self._acts(by)
        told = self._give(
            by, of, "consents:withdraw", lambda *on: giving.withdraw(*on, given.grant_id, new_id(), ISSUER)
        )
        assert (told is not None) == (by == of == given.citizen)
        given.is_over = given.is_over or told is not None

    @rule(by=WHO, of=WHO, whom=WHO, is_everyone=st.booleans(), actions=TERMS, right=RIGHT)
    def block(self, by: int, of: int, whom: int, is_everyone: bool, actions: frozenset[str], right: bool) -> None:
        """Somebody blocks a person, or everyone."""
        standing = self._one([each for each in self.model.delegations if not each.is_over], whom)
        if right and standing is not None:
            of, whom = standing.citizen, standing.person
        by = of if right else by
        self._acts(by)
        party = Party("everyone") if is_everyone else Party("person", self.ids[whom])
        terms = giving.BlockTerms(party, (), actions, None, {})
        event_id = new_id()
        told = self._give(by, of, "consents:block", lambda *on: giving.block(*on, event_id, terms, ISSUER))
        assert (told is not None) == (by == of)
        if told is not None:
            self.model.blocks.append(Given(of, None if is_everyone else whom, actions, None, event_id))

    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 100]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self._acts(None)
        self.house.wait(hours=hours)

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
        return self._call(lambda session: verb(session, self._grant(session, by, of, action)))

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
