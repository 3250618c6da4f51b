"""What a citizen gives, refuses, blocks and ends, on both databases, and what every access makes of it at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import clock, errors
from app.audit import service as audit
from app.consent import giving, ledger, receipt_checks, requests
from app.consent.event import Party
from app.grant import Action, Actor
from app.vault import signing
from tests.consent import municipality
from tests.house import House


def logged(house: House, citizen_id: str) -> list[tuple[str, str]]:
    with house.open(citizen_id, "log:read") as (session, grant):
        return [(each.entry.action, each.entry.outcome) for each in audit.read_log(session, grant)][1:]


def standing(house: House, citizen_id: str) -> list[giving.Standing]:
    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        return giving.read_standing(session, grant)


def test_a_yes_opens_what_was_asked_for_to_whoever_asked_and_to_nobody_else(house: House) -> None:
    citizen_id = house.citizen()
    assert municipality.decided(house, citizen_id) == "default"

    municipality.give(house, citizen_id)

    assert municipality.decided(house, citizen_id) == "grant"
    assert municipality.decided(
        house, citizen_id, replace(municipality.CASEWORKER, organisation=municipality.OTHER_MUNICIPALITY)
    ) == ("default")
    assert municipality.decided(house, citizen_id, purpose="research") == "default"
    with house.open(citizen_id, "medication:read", municipality.CASEWORKER) as (_, grant):
        assert (grant.basis, grant.decided_by) == ("grant", ("event-00000000000001",))


def test_what_is_withdrawn_is_shut_at_once_and_stays_as_it_ended(house: House) -> None:
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    house.wait(days=1)

    ended = municipality.withdraw(house, citizen_id, given.event.grant_id)

    assert municipality.decided(house, citizen_id) == "default"
    house.wait(days=1)
    assert municipality.withdraw(house, citizen_id, given.event.grant_id, "event-00000000000003") == ended
    assert [each.state for each in standing(house, citizen_id)] == ["withdrawn"]
    assert logged(house, citizen_id)[:2] == [("consents:withdraw", "permitted"), ("consents:withdraw", "permitted")]


def test_a_block_goes_before_a_consent_until_it_is_lifted(house: House) -> None:
    citizen_id = house.citizen()
    municipality.give(house, citizen_id)
    block = municipality.block(house, citizen_id, Party("organisation", organisation=municipality.MUNICIPALITY))
    assert municipality.decided(house, citizen_id) == "blocked"

    municipality.withdraw(house, citizen_id, block.event.grant_id)

    assert municipality.decided(house, citizen_id) == "grant"


def test_who_is_excepted_from_a_block_of_everybody_is_not_blocked(house: House) -> None:
    citizen_id = house.citizen()
    municipality.give(house, citizen_id)

    municipality.block(house, citizen_id, Party("everyone"), exceptions=(Party("person", municipality.CASEWORKER.id),))

    assert municipality.decided(house, citizen_id) == "grant"
    assert municipality.decided(house, citizen_id, replace(municipality.CASEWORKER, id="staff:jens")) == "blocked"


def test_a_no_says_nothing_to_anybody_and_cannot_become_a_yes(house: House) -> None:
    citizen_id = house.citizen()
    asked = municipality.ask(house, citizen_id)
    mine = Actor(citizen_id, "citizen")
    with house.open(citizen_id, "consents:refuse", mine) as (session, grant):
        giving.refuse_request(session, grant, asked.id)

    with pytest.raises(errors.Conflict), house.open(citizen_id, "consents:give", mine) as (session, grant):
        giving.accept_request(session, grant, asked.id, "event-00000000000001", "da", municipality.ISSUER)
    assert municipality.decided(house, citizen_id) == "default"
    assert standing(house, citizen_id) == []


def test_the_last_day_is_open_to_its_end_in_copenhagen_and_shut_after_it(house: House) -> None:
    citizen_id = house.citizen()
    municipality.give(house, citizen_id, last_day=date(2026, 12, 31))

    house.at = clock.end_of(date(2026, 12, 31)) - clock.TICK
    assert municipality.decided(house, citizen_id) == "grant"
    house.wait(microseconds=1)

    assert municipality.decided(house, citizen_id) == "default"
    assert [each.state for each in standing(house, citizen_id)] == ["expired"]


def test_the_same_yes_and_the_same_question_again_change_nothing(house: House) -> None:
    citizen_id = house.citizen()
    first = municipality.give(house, citizen_id)
    house.wait(minutes=1)

    assert municipality.give(house, citizen_id, event_id="event-00000000000007") == first
    with pytest.raises(errors.Conflict):
        municipality.ask(house, citizen_id, case_number="2026-18")
    assert len(standing(house, citizen_id)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"last_day": date(2026, 11, 24)},
        {"last_day": date(2027, 11, 26)},
        {"purpose": "research"},
        {"case_number": "  "},
    ],
)
def test_what_no_text_allows_cannot_be_asked(house: House, more: dict[str, object]) -> None:
    citizen_id = house.citizen()

    with pytest.raises(errors.Invalid):
        municipality.ask(house, citizen_id, **more)
    with pytest.raises(errors.NotFound):
        municipality.ask(house, citizen_id, template="made-up")


@pytest.mark.parametrize("action", ["consents:ask", "consents:give", "consents:block", "consents:withdraw"])
def test_nobody_changes_the_consents_of_another(house: House, action: Action) -> None:
    citizen_id, other = house.citizen(), house.citizen("1502601236", "En Anden")

    with pytest.raises(errors.NotAllowed), house.open(citizen_id, action, Actor(other, "citizen")):
        pass


def test_every_event_has_a_receipt_that_verifies_and_names_the_text_that_was_read(house: House) -> None:
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    ended = municipality.withdraw(house, citizen_id, given.event.grant_id)

    with house.database.reading() as session:
        keys = signing.own_keys(session)
        claims = [receipt_checks.receipt(each.receipt, keys, house.at).claims for each in (given, ended)]
    assert [each["event"] for each in claims] == ["grant", "withdraw"]
    assert claims[0]["notice"]["sha256"] == given.notice.sha256 if given.notice else False
    assert claims[1]["record_id"] == given.event.grant_id
    assert citizen_id not in given.receipt


def test_an_event_that_is_not_the_givers_to_record_is_refused_before_it_is_written(house: House) -> None:
    citizen_id = house.citizen()
    given = municipality.give(house, citizen_id)
    with house.open(citizen_id, "consents:withdraw", Actor(citizen_id, "citizen")) as (session, grant):
        forged = replace(given.event, id="event-00000000000005", grant_id="other", given_by="somebody")
        with pytest.raises(errors.Conflict):
            ledger.append(session, grant, forged, municipality.ISSUER)

    assert len(standing(house, citizen_id)) == 1


def test_what_ends_within_a_month_is_told_the_first_to_end_first(house: House) -> None:
    citizen_id = house.citizen()
    for number, days in enumerate((20, 10, 40), start=1):
        municipality.give(
            house,
            citizen_id,
            request_id=f"request-000000000{number}",
            event_id=f"event-0000000000000{number}",
            last_day=house.at.date() + timedelta(days=days),
        )

    soon = giving.expiring(standing(house, citizen_id), house.at)

    assert [each.terms.event.id[-1] for each in soon] == ["2", "1"]


def test_a_question_is_read_by_its_citizen_and_sealed_in_the_database(house: House, raw: object) -> None:
    citizen_id = house.citizen()
    asked = municipality.ask(house, citizen_id)

    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        assert requests.read_requests(session, grant) == [asked]
    rows = raw.run("SELECT sealed FROM consent_request")  # type: ignore[attr-defined]
    assert asked.case_number.encode() not in bytes(rows[0][0])
