import pytest
from sqlalchemy import select

from app import errors
from app.access import service as access
from app.audit import service as audit
from app.audit.models import SubjectHead
from app.grant import Actor, Purpose
from tests.house import OPERATOR, House


def logged(house: House, citizen_id: str) -> int:
    with house.database.reading() as session:
        return session.scalars(select(SubjectHead.count).where(SubjectHead.citizen_id == citizen_id)).one()


def test_a_citizen_opens_their_own_record_and_looking_is_not_logged(house: House) -> None:
    citizen_id = house.citizen()
    before = logged(house, citizen_id)

    with house.open(citizen_id, "medication:read", Actor(citizen_id, "citizen")) as (_, grant):
        assert grant.basis == "self"

    assert logged(house, citizen_id) == before


def test_a_citizens_own_export_is_logged(house: House) -> None:
    citizen_id = house.citizen()
    before = logged(house, citizen_id)

    with house.open(citizen_id, "record:export", Actor(citizen_id, "citizen")):
        pass

    assert logged(house, citizen_id) == before + 1


def test_an_operators_access_leaves_exactly_one_entry(house: House) -> None:
    citizen_id = house.citizen()
    before = logged(house, citizen_id)

    with house.open(citizen_id, "medication:read") as (_, grant):
        assert grant.basis == "operation"

    assert logged(house, citizen_id) == before + 1


def test_what_is_undone_leaves_no_entry(house: House) -> None:
    citizen_id = house.citizen()
    before = logged(house, citizen_id)

    with pytest.raises(RuntimeError), house.open(citizen_id, "medication:read"):
        raise RuntimeError

    assert logged(house, citizen_id) == before


@pytest.mark.parametrize(
    ("actor", "purpose"),
    [
        (Actor("somebody else", "citizen"), "self"),
        (Actor("somebody else", "citizen"), "relative"),
        (Actor("anna", "caseworker", "cvr:12345678"), "casework"),
        (OPERATOR, "self"),
        (OPERATOR, "treatment"),
    ],
)
def test_everybody_else_is_refused_and_the_refusal_is_logged_once(house: House, actor: Actor, purpose: Purpose) -> None:
    citizen_id = house.citizen()
    before = logged(house, citizen_id)

    with pytest.raises(errors.NotAllowed) as refused, house.database.transaction() as session:
        access.open_record(session, actor, citizen_id, "medication:read", purpose, house.at)
    assert isinstance(refused.value.refusal, access.Refusal)
    with house.database.transaction() as session:
        access.record_refusal(session, refused.value.refusal, house.at)

    assert logged(house, citizen_id) == before + 1
    with house.open(citizen_id, "log:read") as (session, grant):
        assert audit.read_log(session, grant)[1].entry.outcome == "refused"


def test_an_unknown_person_is_refused_like_a_known_one(house: House) -> None:
    known = house.citizen()
    words = []
    for citizen_id in (known, "nobody"):
        with pytest.raises(errors.NotAllowed) as refused, house.database.transaction() as session:
            access.open_record(session, Actor("somebody", "citizen"), citizen_id, "medication:read", "self", house.at)
        words.append((refused.value.code, refused.value.detail))

    assert words[0] == words[1]
