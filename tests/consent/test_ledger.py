"""The list of events: an edit, a deletion and a swap are found, and the serving role cannot change what stands."""

import pytest

from app.consent import ledger
from app.consent.event import Party
from app.grant import Actor
from tests.conftest import Raw
from tests.consent import municipality
from tests.house import House

EDITS = [
    "UPDATE consent_event SET sealed = (SELECT sealed FROM consent_event WHERE seq = 2) WHERE seq = 1",
    "DELETE FROM consent_event WHERE seq = 2",
    "UPDATE consent_event SET hash = prev WHERE seq = 2",
    "UPDATE consent_event SET prev = hash WHERE seq = 3",
    "UPDATE consent_event SET seq = seq + 10 WHERE seq = 3",
]


def three_events(house: House) -> str:
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    municipality.block(house, citizen_id, Party("everyone"))
    municipality.withdraw(house, citizen_id, given.event.grant_id)
    return citizen_id


def fault(house: House, citizen_id: str) -> int | None:
    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        return ledger.first_fault(session, grant)


def test_what_was_recorded_is_read_as_it_was_recorded_and_the_list_holds(house: House) -> None:
    citizen_id = three_events(house)

    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        events = ledger.read_events(session, grant)
    assert [(each.seq, each.event.kind) for each in events] == [(1, "grant"), (2, "deny"), (3, "withdraw")]
    assert dict(events[2].names) == {municipality.MUNICIPALITY: "Bakkeby Kommune"}
    assert fault(house, citizen_id) is None


@pytest.mark.parametrize("statement", EDITS)
def test_whatever_was_changed_in_the_list_is_found(house: House, raw: Raw, statement: str) -> None:
    citizen_id = three_events(house)

    raw.run(statement)

    assert fault(house, citizen_id) is not None
