"""How fresh a source is, in the transaction that just recorded it: statements of tables see what was only added."""

from app.records import freshness
from tests.house import House


def test_what_was_recorded_is_read_in_the_same_transaction(house: House) -> None:
    citizen = house.citizen()
    for failing_since in (house.at, None):
        with house.open(citizen, "record:refresh") as (session, grant):
            record = freshness.record_failure if failing_since else freshness.record_answer
            record(session, grant, "another", house.at)
            heard = freshness.read(session, grant)["another"]
            assert (heard.failing_since, heard.answered_at) == (failing_since, None if failing_since else house.at)
