"""What nobody may ask or can be asked, and what is kept when a question is about nobody."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import errors
from app.audit import service as audit
from app.grant import Actor
from app.identity import citizens, decoys
from app.identity.person import Number
from tests.access import asking
from tests.access.asking import NUMBERS, question
from tests.consent.municipality import MUNICIPALITY
from tests.house import House


@pytest.mark.parametrize(
    "actor",
    [
        Actor("somebody", "citizen"),
        Actor("operator:drift", "operator"),
        Actor("staff:mette", "caseworker", None),
        Actor("staff:mette", "caseworker", MUNICIPALITY, "low"),
    ],
)
def test_who_is_no_caseworker_is_refused_before_anybody_is_looked_up(house: House, actor: Actor) -> None:
    asking.populate(house)

    for number in (NUMBERS["given"], asking.UNKNOWN):
        with asking.counted(house) as seen, pytest.raises(errors.NotAllowed):
            asking.ask(house, question(number), actor)
        assert [each for each in seen if not each.startswith("BEGIN")] == []


def test_a_citizen_may_not_ask_even_about_themselves(house: House) -> None:
    citizen_id = house.citizen("0101601234")

    with pytest.raises(errors.NotAllowed):
        asking.ask(house, question("0101601234"), Actor(citizen_id, "citizen", MUNICIPALITY))


@pytest.mark.parametrize(
    "change",
    [
        {"template": "findes-ikke"},
        {"purpose": "research"},
        {"purpose": "self"},
        {"case_number": " "},
        {"case_number": "1" * 201},
        {"case_number": "borger 150170-1234"},
        {"case_number": "1501701234"},
        {"case_number": "26\n17"},
        {"nonce": "short"},
        {"nonce": "a-1501701234-bcdefg"},
    ],
)
def test_what_nobody_can_be_asked_is_refused_alike_for_everybody(light_house: House, change: dict[str, Any]) -> None:
    asking.populate(light_house)
    words = set()

    for number in NUMBERS.values():
        with asking.counted(light_house) as seen, pytest.raises(errors.Invalid) as refused:
            asking.ask(light_house, question(number, **change))
        words.add(refused.value.detail)
        assert [each for each in seen if not each.startswith("BEGIN")] == []

    assert len(words) == 1
    assert "150170" not in words.pop()


@pytest.mark.parametrize("how", ["given", "unknown"])
def test_without_an_entry_in_the_log_nothing_leaves(house: House, how: str) -> None:
    asking.populate(house)
    with house.database.transaction() as session:
        session.execute(text("ALTER TABLE access_entry RENAME TO access_entry_gone"))

    with pytest.raises(SQLAlchemyError):
        asking.ask(house, question(NUMBERS[how]))


def test_decoys_are_nobody_and_stay_within_their_number(house: House) -> None:
    with house.database.reading() as session:
        nobody = decoys.ids(session)
        assert citizens.all_ids(session) == []
    for place in range(30):
        asking.ask(house, question(f"08086012{place:02}"))
    with house.database.transaction() as session:
        decoys.prepare(session, house.at)
        logs, findings = audit.verify(session, house.at)
        stand_ins = {decoys.of(session, Number(f"08086012{place:02}", "cpr")) for place in range(30)}

    assert (logs, findings) == (decoys.COUNT, [])
    assert stand_ins <= set(nobody)
    assert len(stand_ins) > 1
