"""Consents on paper: two caseworkers, the document's hash, from the approval on, and an end that tells nothing."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock, errors
from app.consent import giving, ledger, own_wire, paper, requests
from app.consent.ledger import Recorded
from app.consent.requests import ConsentRequest, Paper
from app.grant import Actor
from app.vault import compact
from tests.consent.municipality import CASEWORKER, ISSUER, OTHER_MUNICIPALITY, decided, give, question
from tests.house import House

DOCUMENT = "ab" * 32
SECOND = replace(CASEWORKER, id="staff:ole")
STRANGER = replace(CASEWORKER, id="staff:per", organisation=OTHER_MUNICIPALITY)
EVENT = "event-00000000000001"


@pytest.fixture
def citizen(light_house: House) -> str:
    return light_house.citizen()


def signed(house: House, **more: Any) -> ConsentRequest:
    """A question that was signed on paper yesterday."""
    said: dict[str, Any] = {"document_sha256": DOCUMENT, "signed_on": yesterday(house), "language": "da"}
    asked = {name: more.pop(name) for name in list(more) if name not in (*said, "recorded_by")}
    return question(house, paper=Paper(**{**said, "recorded_by": CASEWORKER.id, **more}), **asked)


def yesterday(house: House) -> date:
    return clock.civil_date(house.at) - timedelta(days=1)


def record(house: House, citizen: str, actor: Actor = CASEWORKER, **more: Any) -> ConsentRequest:
    asked = signed(house, **more)
    with house.open(citizen, "consents:record", actor) as (session, grant):
        paper.record(session, grant, asked)
    return asked


def approve(house: House, citizen: str, asked: ConsentRequest, actor: Actor = SECOND, event: str = EVENT) -> Recorded:
    with house.open(citizen, "consents:approve", actor) as (session, grant):
        return paper.approve(session, grant, asked.id, event, ISSUER)


def end(house: House, citizen: str, actor: Actor = CASEWORKER, template: str = "medicin-hjemmehjaelp") -> int:
    with house.open(citizen, "consents:record", actor) as (session, grant):
        return paper.end(session, grant, template, "event-00000000000002", ISSUER)


def shown(house: House, citizen: str) -> dict[str, Any]:
    """What the citizen sees of it."""
    with house.open(citizen, "consents:read", Actor(citizen, "citizen")) as (session, grant):
        return own_wire.own(giving.read_standing(session, grant), requests.read_requests(session, grant), grant.at)


def test_a_paper_opens_nothing_before_a_second_caseworker_approved_it(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)
    before = decided(light_house, citizen)
    light_house.wait(hours=1)
    recorded = approve(light_house, citizen, asked)

    assert (before, decided(light_house, citizen)) == ("default", "grant")
    assert (recorded.event.capacity, recorded.event.given_by) == ("paper", CASEWORKER.organisation)
    assert recorded.event.valid_from == light_house.at  # from the approval, not from the signature
    assert recorded.notice is not None
    assert (recorded.notice.document_sha256, recorded.notice.language) == (DOCUMENT, "da")


def test_the_receipt_names_the_paper_and_the_capacity(light_house: House, citizen: str) -> None:
    recorded = approve(light_house, citizen, record(light_house, citizen))
    claims = json.loads(compact.decode(recorded.receipt.split(".")[1]))

    assert claims["notice"]["document_sha256"] == DOCUMENT
    assert claims["expressed_by"]["capacity"] == "paper"


def test_the_citizen_is_asked_nothing_and_sees_what_was_recorded(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)
    waiting = shown(light_house, citizen)
    approve(light_house, citizen, asked)
    [own] = shown(light_house, citizen)["own"]

    assert (waiting["requests"], waiting["own"]) == ([], [])
    assert (own["state"], [each["by"] for each in own["events"]]) == ("now", ["paper"])


def test_who_recorded_it_cannot_approve_it(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)

    with pytest.raises(errors.Conflict, match="Somebody else"):
        approve(light_house, citizen, asked, CASEWORKER)
    assert decided(light_house, citizen) == "default"


def test_another_authority_finds_no_paper(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)

    with pytest.raises(errors.NotFound):
        approve(light_house, citizen, asked, STRANGER)
    with pytest.raises(errors.NotAllowed):
        record(light_house, citizen, STRANGER, id="request-0000000002")


def test_a_question_in_the_app_is_no_paper(light_house: House, citizen: str) -> None:
    asked = question(light_house)
    with light_house.open(citizen, "consents:ask", CASEWORKER) as (session, grant):
        requests.ask(session, grant, asked)

    with pytest.raises(errors.NotFound):
        approve(light_house, citizen, asked)
    with pytest.raises(errors.NotFound), light_house.open(citizen, "consents:record", CASEWORKER) as (session, grant):
        paper.record(session, grant, replace(asked, id="request-0000000002"))


def test_a_paper_is_not_smuggled_in_as_a_question(light_house: House, citizen: str) -> None:
    with (
        pytest.raises(errors.NotAllowed),
        light_house.open(citizen, "consents:ask", CASEWORKER) as (session, grant),
    ):
        requests.ask(session, grant, signed(light_house))


def test_the_same_paper_and_the_same_approval_again_change_nothing(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)
    first = approve(light_house, citizen, record(light_house, citizen))
    again = approve(light_house, citizen, asked, event="event-00000000000007")

    assert again == first
    assert len(shown(light_house, citizen)["own"]) == 1


def test_another_paper_under_the_same_id_is_refused(light_house: House, citizen: str) -> None:
    record(light_house, citizen)

    with pytest.raises(errors.Conflict):
        record(light_house, citizen, document_sha256="cd" * 32)


@pytest.mark.parametrize(
    "more",
    [
        {"document_sha256": "AB" * 32},
        {"document_sha256": "ab" * 31},
        {"document_sha256": ""},
        {"signed_on": date(2027, 1, 1)},
        {"signed_on": date(2026, 6, 1)},  # twelve months from then end before the last day
        {"case_number": " "},
        {"purpose": "research"},
        {"last_day": date(2020, 1, 1)},
    ],
)
def test_what_no_paper_can_say_is_refused(light_house: House, citizen: str, more: dict[str, Any]) -> None:
    with pytest.raises(errors.Invalid):
        record(light_house, citizen, **more)


def test_who_has_the_paper_before_them_records_it(light_house: House, citizen: str) -> None:
    with pytest.raises(errors.NotAllowed):
        record(light_house, citizen, recorded_by=SECOND.id)


def test_a_paper_that_lay_too_long_is_not_approved(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen, last_day=clock.civil_date(light_house.at))
    light_house.wait(days=1)

    with pytest.raises(errors.Conflict, match="asked again"):
        approve(light_house, citizen, asked)


def test_the_letter_is_there_once_it_was_approved(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)
    with pytest.raises(errors.NotFound), light_house.open(citizen, "consents:approve", SECOND) as (session, grant):
        paper.letter(session, grant, asked.id)

    approve(light_house, citizen, asked)
    with light_house.open(citizen, "consents:approve", SECOND) as (session, grant):
        letter = paper.letter(session, grant, asked.id)

    assert (letter.since, letter.paper.document_sha256) == (light_house.at, DOCUMENT)
    assert letter.template.texts["da"].withdrawing


def test_an_end_on_paper_counts_at_once_and_needs_nobody_else(light_house: House, citizen: str) -> None:
    approve(light_house, citizen, record(light_house, citizen))

    assert (end(light_house, citizen), decided(light_house, citizen)) == (1, "default")
    assert end(light_house, citizen) == 0
    [own] = shown(light_house, citizen)["own"]
    assert (own["state"], [each["by"] for each in own["events"]]) == ("withdrawn", ["paper", "paper"])


def test_an_end_on_paper_also_ends_what_was_given_in_the_app(light_house: House, citizen: str) -> None:
    give(light_house, citizen)

    assert (end(light_house, citizen), decided(light_house, citizen)) == (1, "default")


@pytest.mark.parametrize(("actor", "template"), [(STRANGER, "medicin-hjemmehjaelp"), (CASEWORKER, "forskning")])
def test_an_end_reaches_only_ones_own_consent_by_that_text(
    light_house: House, citizen: str, actor: Actor, template: str
) -> None:
    give(light_house, citizen)

    assert (end(light_house, citizen, actor, template), decided(light_house, citizen)) == (0, "grant")


def test_the_organisations_waiting_papers_are_its_own(light_house: House, citizen: str) -> None:
    asked = record(light_house, citizen)
    with light_house.open(citizen, "consents:read", Actor(citizen, "citizen")) as (session, grant):
        kept = requests.read_requests(session, grant)

    assert paper.waiting(kept, CASEWORKER.organisation or "") == [asked]
    assert paper.waiting(kept, OTHER_MUNICIPALITY) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["record", "approve", "end"]), min_size=1, max_size=8))
def test_nobody_alone_makes_a_consent_of_a_paper(light_house: House, steps: list[str]) -> None:
    """Whatever one caseworker does, in whatever order, nothing opens."""
    citizen = light_house.citizen()
    asked = signed(light_house)
    for step in steps:
        try:
            if step == "record":
                record(light_house, citizen)
            elif step == "approve":
                approve(light_house, citizen, asked, CASEWORKER)
            else:
                end(light_house, citizen)
        except (errors.Conflict, errors.NotFound):
            pass
        assert decided(light_house, citizen) == "default"
    with light_house.open(citizen, "consents:read", Actor(citizen, "citizen")) as (session, grant):
        assert ledger.read_events(session, grant) == []
