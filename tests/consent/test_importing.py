"""Consents of other systems decide with those given here: from when they are known, and only while they hold."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from app.access import service as access
from app.consent import service as consent
from app.consent.event import Party
from app.gateways import intake
from app.gateways.intake import Counts
from app.grant import Actor
from tests.consent import municipality
from tests.gateways.fhir.consents import HOSPITAL, about, actor, organisation, provision, purpose
from tests.gateways.fhir.consents import consent as resource
from tests.gateways.fhir.people import ONE, TWO, bundle, patient
from tests.house import House

Json = dict[str, Any]
DOCTOR = Actor("staff:ib", "caseworker", HOSPITAL)
DENY = {"type": "deny", "actor": [actor(organisation(HOSPITAL))]}
RELATIVE = provision(actor=[actor(about(TWO))], purpose=purpose("FAMRQT"))


def take_in(house: House, *resources: Json) -> Counts:
    """Import these as a file."""
    facts = intake.read(json.dumps(bundle(patient("p"), *resources)).encode())
    return house.record(facts)


def citizen(house: House, number: str = ONE) -> str:
    return house.citizen(number, source="fhir")


def decided(house: House, citizen_id: str, actor: Actor = DOCTOR, purpose: str = "treatment") -> str:
    return municipality.decided(house, citizen_id, actor, purpose)


def listed(house: House, citizen_id: str) -> Any:
    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        [found] = consent.read_consents(session, grant)
    return found


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements that the session's connection runs."""
    run: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        run.append(statement)

    connection = session.connection()
    sqlalchemy_event.listen(connection, "before_cursor_execute", remember)
    yield run
    sqlalchemy_event.remove(connection, "before_cursor_execute", remember)


def test_a_consent_of_another_system_opens_and_its_withdrawal_shuts_at_once(house: House) -> None:
    who = citizen(house)
    assert decided(house, who) == "default"
    take_in(house, resource(provision(period={"end": "2027-12-31"}), dateTime=None))
    assert decided(house, who) == "grant"
    house.wait(hours=1)
    take_in(house, resource(status="inactive", meta={"lastUpdated": "2026-02-01T10:00:00Z"}))
    assert decided(house, who) == "default"
    assert listed(house, who).reason == "not_active"


@pytest.mark.parametrize("status", ["inactive", "entered-in-error"])
def test_a_withdrawal_counts_at_once_though_its_source_does_not_say_when_it_wrote_it(house: House, status: str) -> None:
    who = citizen(house)
    permit = resource(provision(period={"end": "2027-12-31"}))
    take_in(house, permit)
    take_in(house, resource(status=status, meta=None))
    assert decided(house, who) == "default"
    assert take_in(house, permit).unchanged >= 1
    assert decided(house, who) == "default"
    take_in(house, {**permit, "meta": {"lastUpdated": "2026-01-02T10:00:00Z"}})
    assert decided(house, who) == "grant"


def test_of_two_undated_versions_the_one_that_is_over_stays(house: House) -> None:
    who = citizen(house)
    permit = resource(provision(period={"end": "2027-12-31"}), meta=None)
    take_in(house, permit)
    take_in(house, {**permit, "status": "inactive"})
    take_in(house, permit)
    assert decided(house, who) == "default"


def test_a_new_version_takes_the_place_of_the_old_one_from_when_it_is_known(house: House) -> None:
    who = citizen(house)
    take_in(house, resource(provision(period={"end": "2027-12-31"})))
    before = house.at
    house.wait(hours=1)
    shut = resource({"type": "deny", "actor": [actor(organisation(HOSPITAL))]}, meta={"lastUpdated": "2026-02-01"})
    shut["meta"] = {"lastUpdated": "2026-02-01T10:00:00Z"}
    take_in(house, shut)
    assert decided(house, who) == "blocked"
    with house.database.reading() as session:
        known, _ = access.read_history(session, DOCTOR, who, house.at)
    [grant] = known.grants["medication:read"]
    assert (grant.recorded_at, grant.ended_at) == (before, house.at)


def test_an_older_version_changes_nothing(house: House) -> None:
    who = citizen(house)
    take_in(house, resource(DENY))
    take_in(house, resource(provision(), meta={"lastUpdated": "2025-01-01T10:00:00Z"}))
    assert decided(house, who) == "blocked"


def test_of_many_versions_in_a_file_the_newest_counts_and_the_others_leave_nothing(house: House) -> None:
    who = citizen(house)
    days = [f"2026-01-{day:02}T10:00:00Z" for day in range(1, 29)]
    several = [resource(provision(period={"end": "2027-12-31"}), meta={"lastUpdated": day}) for day in days]
    take_in(house, *several[14:], resource(DENY, meta={"lastUpdated": "2026-03-01T10:00:00Z"}), *several[:14])
    assert decided(house, who) == "blocked"
    assert len(listed(house, who).consent.versions) == 1


def test_a_deny_of_another_system_goes_before_a_consent_given_here_and_the_other_way(house: House) -> None:
    who = citizen(house)
    municipality.give(house, who)
    assert decided(house, who, municipality.CASEWORKER, "casework") == "grant"
    shut = {"type": "deny", "actor": [actor(organisation(municipality.MUNICIPALITY))]}
    take_in(house, resource(shut))
    assert decided(house, who, municipality.CASEWORKER, "casework") == "blocked"
    other = citizen(house, TWO)
    take_in(house, resource(provision(period={"end": "2027-12-31"}), patient=about(TWO), performer=[about(TWO)]))
    assert decided(house, other) == "grant"
    municipality.block(house, other, Party("organisation", None, HOSPITAL))
    assert decided(house, other) == "blocked"


def test_what_decides_nothing_opens_nothing_and_ends_what_it_replaces(house: House) -> None:
    who = citizen(house)
    take_in(house, resource(provision(period={"end": "2027-12-31"})))
    newer = {"lastUpdated": "2026-02-01T10:00:00Z"}
    take_in(house, resource(provision(securityLabel=[{"code": "R"}]), meta=newer))
    assert decided(house, who) == "default"
    assert listed(house, who).reason == "security_label"


def test_another_citizens_consent_decides_nothing_about_this_one(house: House) -> None:
    who, other = citizen(house), citizen(house, TWO)
    take_in(house, resource(provision(period={"end": "2027-12-31"})))
    assert [decided(house, each) for each in (who, other)] == ["grant", "default"]


def test_a_person_is_found_by_number_and_one_who_is_not_known_yet_when_it_is_told_again(house: House) -> None:
    who = citizen(house)
    shut = resource({"type": "deny", "actor": [actor(about(TWO))]}, id="shut")
    opened = resource({**RELATIVE, "period": {"end": "2027-12-31"}}, performer=[about(), about(TWO)])
    take_in(house, opened)
    assert listed(house, who).reason == "person_unknown"
    asked = Actor(citizen(house, TWO), "citizen")
    assert decided(house, who, asked, "relative") == "default"
    take_in(house, opened)
    assert decided(house, who, asked, "relative") == "grant"
    take_in(house, shut)
    assert decided(house, who, asked, "relative") == "blocked"


def test_an_id_that_is_nobodys_here_decides_nothing(house: House) -> None:
    who = citizen(house)
    by_id = {"identifier": {"system": "urn:naerblik:person", "value": "nobody"}}
    terms = {"type": "deny", "actor": [actor(by_id)]}
    take_in(house, resource(terms))
    assert listed(house, who).reason == "person_unknown"
    take_in(house, resource(terms, meta={"lastUpdated": "2026-02-01T10:00:00Z"}))
    assert decided(house, who) == "default"


def test_terms_that_nobody_could_give_here_decide_nothing(house: House) -> None:
    who = citizen(house)
    citizen(house, TWO)
    endless = {**RELATIVE, "period": {"start": "2026-01-01", "end": "2099-12-31"}}
    take_in(house, resource(endless, performer=[about(), about(TWO)]))
    assert listed(house, who).reason == "not_well_formed"


@pytest.mark.parametrize("named", [{"id": "event-00000000000009"}, {"id": "x", "identifier": [
    {"system": "urn:naerblik:consent", "value": "event-00000000000009"}]}])  # fmt: skip
def test_a_copy_of_a_block_set_here_ends_with_the_block(house: House, named: Json) -> None:
    who = citizen(house)
    municipality.block(house, who, Party("organisation", None, HOSPITAL))
    take_in(house, resource(DENY, **named))
    assert listed(house, who).reason == "given_here"
    municipality.withdraw(house, who, "event-00000000000009")
    assert decided(house, who) == "default"


def tables(session: Session, by: Actor, citizen_id: str, at: datetime) -> list[str]:
    """The tables that a decision about the citizen asks, each as often as it is asked."""
    with statements(session) as run:
        access.read_history(session, by, citizen_id, at)
    return sorted(found.group(1) for each in run if (found := re.search(r"FROM (\w+)", each)))


def test_imported_consents_cost_a_read_by_others_one_statement_and_an_own_read_none(house: House) -> None:
    who = citizen(house)
    citizen(house, TWO)
    with house.database.transaction() as session:
        life = tables(session, Actor(who, "citizen"), who, house.at)
    named = [resource({"type": "deny", "actor": [actor(about(TWO))]}, id=f"c{each}") for each in range(5)]
    take_in(house, *named, resource(provision(period={"end": "2027-12-31"})))
    with house.database.transaction() as session:
        assert tables(session, Actor(who, "citizen"), who, house.at) == life
    with house.database.transaction() as session:
        # Of others it also counts how old the citizen is, which a number may tell.
        assert tables(session, DOCTOR, who, house.at) == sorted([*life, "citizen_number", "consent_event", "item"])


def test_recording_none_reads_none(house: House) -> None:
    who = citizen(house)
    with house.open(who, "record:import") as (session, grant):
        assert consent.record_consents(session, grant, "fhir", (), house.at + timedelta(0)) == (0, 0)
