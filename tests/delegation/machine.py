"""Three people and a clock: whatever anybody calls, what a relative may is what the citizen themselves gave.

The model is written from the design alone. Each step says who acted; the invariants compare what everybody may with
what the model expects, and with what everybody might before the step.
"""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app import clock
from app.access import agreeing, inviting
from app.consent import giving
from app.consent.event import Party
from app.delegation import delegations, pausing, rules
from app.delegation.invitation import Offer
from tests.consent.municipality import ISSUER
from tests.delegation.acting import People
from tests.delegation.model import Given, Offered, new_id

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


class Everybody(People):
    """The calls, by whoever it is."""

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

    @rule(by=WHO, which=ANY, actions=TERMS, days=st.integers(0, 400), right=RIGHT)
    def change(self, by: int, which: int, actions: frozenset[str], days: int, right: bool) -> None:
        """Somebody gives a delegation new terms."""
        given = self._one(self.model.delegations, which)
        if given is None:
            return
        by = given.citizen if right else by
        self._acts(by)
        last_day = clock.civil_date(self.house.at) + timedelta(days=days)
        offer, event_id = Offer("", actions, last_day, "da"), new_id()
        told = self._give(
            by,
            given.citizen,
            "delegation:change",
            lambda *on: delegations.change(*on, given.grant_id, event_id, offer, ISSUER),
        )
        assert (told is not None) == (by == given.citizen and given.stands(self.house.at))
        if told is None:
            return
        until = clock.end_of(last_day)
        for each in self.model.between(given.citizen, given.person, self.house.at):
            takes_away = not each.actions <= actions or (each.until or until) > until
            each.is_over = takes_away or not each.is_accepted
        new = Given(given.citizen, given.person, actions, until, event_id, is_accepted=False)
        self.model.delegations.append(new)

    @rule(by=WHO, which=ANY, is_yes=RIGHT, right=RIGHT)
    def say(self, by: int, which: int, is_yes: bool, right: bool) -> None:
        """Somebody says yes to new terms, or gives up what they were let do."""
        given = self._one(self.model.delegations, which)
        if given is None:
            return
        by = given.person if right else by
        self._acts(by)
        on = (self._as(by), self.ids[given.citizen], given.grant_id)
        if is_yes:
            told = self._call(lambda session: agreeing.agree(session, *on, "da", ISSUER, self.house.at) or on)
            is_first = not given.is_accepted and given.stands(self.house.at)
            assert (told is not None) == (by == given.person and (given.is_accepted or is_first))
            if told is not None and is_first:
                self.said_yes = (by, given.citizen)
                for each in self.model.between(given.citizen, by, self.house.at):
                    each.is_over = each is not given
                given.is_accepted = True
        else:
            told = self._call(lambda session: agreeing.renounce(session, *on, ISSUER, self.house.at) or on)
            assert (told is not None) == (by == given.person)
            given.is_over = given.is_over or told is not None

    @rule(by=WHO, of=WHO, is_paused=st.booleans(), right=RIGHT)
    def pause(self, by: int, of: int, is_paused: bool, right: bool) -> None:
        """Somebody pauses all relatives of somebody, or lets them in again."""
        by = of if right else by
        self._acts(by)
        event_id = new_id()
        if is_paused:
            told = self._give(by, of, "delegation:pause", lambda *on: pausing.pause(*on, event_id, ISSUER))
        else:
            told = self._give(by, of, "delegation:pause", lambda *on: pausing.resume(*on, ISSUER))
        assert (told is not None) == (by == of)
        if told is not None:
            self.model.paused = (self.model.paused | {of}) if is_paused else (self.model.paused - {of})

    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 100]))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self._acts(None)
        self.house.wait(hours=hours)
