"""A citizen with devices over the demo's record, a relative who was granted something, and facts of sources."""

from datetime import datetime, timedelta

from app.access import service as access
from app.audit import service as audit
from app.cli import demo
from app.consent import ledger
from app.consent.event import ACTIONS, Event, Limit, Party
from app.consent.ledger import Issuer
from app.consent.receipt import Controller, Notice
from app.grant import Actor
from app.records import service as records
from app.records.item import Change
from tests.api.owner import Owner
from tests.copy import Holder
from tests.house import CommandLine, House

ISSUER = Issuer("https://naerblik.test", Controller("Nærblik", "mail@naerblik.test"))
NOTICE = Notice("cd" * 32, "fuldmagt", "1", "da")
KEEPING = frozenset({"medication:read", "offline:keep"})


def with_demo(house: House) -> None:
    """Put the demo's people into the house."""
    demo.put_in(CommandLine(house))


class Somebody(Owner):
    """One of the demo's people, with the devices that they set up."""

    @property
    def id(self) -> str:
        """Their citizen id."""
        found: str = self.session["citizen"]["id"]
        return found

    def holder(self, suite: str = "x25519") -> Holder:
        """A new device of theirs."""
        return Holder(self.device(suite))


def record(house: House, citizen_id: str, *changes: Change) -> None:
    """Let a source's facts come onto the shelf."""
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, changes, house.at)


def grant(
    house: House,
    citizen_id: str,
    person_id: str,
    actions: frozenset[str] = KEEPING,
    *,
    ends: datetime | None = None,
    limit: Limit | None = None,
    name: str = "g",
) -> None:
    """Let a citizen grant something to a person, who says yes."""
    assert actions <= ACTIONS
    terms = Event(
        id=f"{name}-1",
        citizen_id=citizen_id,
        kind="grant",
        grant_id=name,
        given_by=citizen_id,
        recorded_at=house.at,
        grantee=Party("person", person_id),
        actions=actions,
        purposes=frozenset({"relative"}),
        limit=limit,
        valid_from=house.at,
        valid_to=ends or house.at + timedelta(days=365),
    )
    yes = Event(f"{name}-2", citizen_id, "accept", name, person_id, house.at)
    _say(house, citizen_id, terms, yes)


def withdraw(house: House, citizen_id: str, name: str = "g") -> None:
    """Let the citizen end it."""
    _say(house, citizen_id, Event(f"{name}-3", citizen_id, "withdraw", name, citizen_id, house.at))


def _say(house: House, citizen_id: str, *events: Event) -> None:
    with house.database.transaction() as session:
        actor = Actor(citizen_id, "citizen")
        given = access.open_record(session, actor, citizen_id, "consents:give", "self", house.at)
        for event in events:
            ledger.append(session, given, event, ISSUER, notice=NOTICE if event.kind == "grant" else None)


def logged(house: House, citizen_id: str, action: str) -> list[tuple[str, str]]:
    """Who did this by the citizen's log, and with what outcome, the first first."""
    with house.open(citizen_id, "log:read") as (session, given):
        entries = [each.entry for each in audit.read_log(session, given)]
    return [(each.actor, each.outcome) for each in reversed(entries) if each.action == action]
