"""Consents on paper: two caseworkers, the document's hash, from the approval on, and an end that tells nothing."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock, errors
from app.consent import giving, ledger, letters, own_wire, paper, requests, templates
from app.grant import Actor
from app.vault import compact
from tests.consent import papers
from tests.consent.municipality import CASEWORKER, decided, give, question
from tests.house import House


@pytest.fixture
def citizen(light_house: House) -> str:
    return light_house.citizen()


def shown(house: House, citizen: str) -> dict[str, Any]:
    """What the citizen sees of it."""
    with house.open(citizen, "consents:read", Actor(citizen, "citizen")) as (session, grant):
        return own_wire.own(giving.read_standing(session, grant), requests.read_requests(session, grant), grant.at)


def test_a_paper_opens_nothing_before_a_second_caseworker_approved_it(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen)
    before = decided(light_house, citizen)
    light_house.wait(hours=1)
    recorded = papers.approve(light_house, citizen, asked)

    assert (before, decided(light_house, citizen)) == ("default", "grant")
    assert (recorded.event.capacity, recorded.event.given_by) == ("paper", CASEWORKER.organisation)
    assert recorded.event.valid_from == light_house.at  # from the approval, not from the signature
    assert recorded.notice is not None
    assert (recorded.notice.document_sha256, recorded.notice.language) == (papers.DOCUMENT, "da")


def test_the_receipt_names_the_paper_and_the_capacity(light_house: House, citizen: str) -> None:
    recorded = papers.approve(light_house, citizen, papers.record(light_house, citizen))
    claims = json.loads(compact.decode(recorded.receipt.split(".")[1]))

    assert claims["notice"]["document_sha256"] == papers.DOCUMENT
    assert claims["expressed_by"]["capacity"] == "paper"


def test_the_citizen_is_asked_nothing_and_sees_what_was_recorded(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen)
    waiting = shown(light_house, citizen)
    papers.approve(light_house, citizen, asked)
    [own] = shown(light_house, citizen)["own"]

    assert (waiting["requests"], waiting["own"]) == ([], [])
    assert (own["state"], [each["by"] for each in own["events"]]) == ("now", ["paper"])


def test_who_recorded_it_cannot_approve_it(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen)

    with pytest.raises(errors.Conflict, match="Somebody else"):
        papers.approve(light_house, citizen, asked, CASEWORKER)
    assert decided(light_house, citizen) == "default"


def test_the_second_one_has_the_same_document_before_them(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen)

    with pytest.raises(errors.Conflict, match="not the document"):
        papers.approve(light_house, citizen, asked, document="cd" * 32)
    assert decided(light_house, citizen) == "default"


def test_another_authority_finds_no_paper_and_nobody_records_for_somebody_else(
    light_house: House, citizen: str
) -> None:
    asked = papers.record(light_house, citizen)

    with pytest.raises(errors.NotFound):
        papers.approve(light_house, citizen, asked, papers.STRANGER)
    with pytest.raises(errors.NotAllowed):
        papers.record(light_house, citizen, papers.STRANGER, id="request-0000000002")
    with pytest.raises(errors.NotAllowed):
        papers.record(light_house, citizen, recorded_by=papers.SECOND.id, id="request-0000000003")


def test_a_question_in_the_app_is_no_paper(light_house: House, citizen: str) -> None:
    asked = question(light_house)
    with light_house.open(citizen, "consents:ask", CASEWORKER) as (session, grant):
        requests.ask(session, grant, asked)

    with pytest.raises(errors.NotFound):
        papers.approve(light_house, citizen, asked)
    with pytest.raises(errors.NotFound), light_house.open(citizen, "consents:record", CASEWORKER) as (session, grant):
        paper.record(session, grant, replace(asked, id="request-0000000002"))


def test_a_paper_is_not_smuggled_in_as_a_question(light_house: House, citizen: str) -> None:
    with (
        pytest.raises(errors.NotAllowed),
        light_house.open(citizen, "consents:ask", CASEWORKER) as (session, grant),
    ):
        requests.ask(session, grant, papers.signed(light_house))


def test_the_same_paper_and_the_same_approval_again_change_nothing(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen)
    first = papers.approve(light_house, citizen, papers.record(light_house, citizen))
    again = papers.approve(light_house, citizen, asked, event="event-00000000000007")

    assert again == first
    assert len(shown(light_house, citizen)["own"]) == 1


def test_another_paper_under_the_same_id_is_refused(light_house: House, citizen: str) -> None:
    papers.record(light_house, citizen)

    with pytest.raises(errors.Conflict):
        papers.record(light_house, citizen, document_sha256="cd" * 32)


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
        papers.record(light_house, citizen, **more)


def test_a_paper_that_lay_too_long_is_not_approved(light_house: House, citizen: str) -> None:
    asked = papers.record(light_house, citizen, last_day=clock.civil_date(light_house.at))
    light_house.wait(days=1)

    with pytest.raises(errors.Conflict, match="asked again"):
        papers.approve(light_house, citizen, asked)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_letter_says_what_was_signed_until_when_and_how_to_end_it(
    light_house: House, citizen: str, language: str
) -> None:
    asked = papers.record(light_house, citizen, language=language)
    with (
        pytest.raises(errors.NotFound),
        light_house.open(citizen, "consents:approve", papers.SECOND) as (session, grant),
    ):
        paper.read_recording(session, grant, asked.id)

    papers.approve(light_house, citizen, asked)
    with light_house.open(citizen, "consents:approve", papers.SECOND) as (session, grant):
        recording = paper.read_recording(session, grant, asked.id)
    letter = letters.write(recording)
    whole = " ".join((letter.subject, *letter.paragraphs))

    text = templates.find(asked.template).texts[recording.paper.language]
    assert (recording.since, letter.language) == (light_house.at, language)
    for said in ("Bakkeby Kommune", text.name, text.withdrawing, *text.can, *text.cannot, "30.6.2027", "24.11.2026"):
        assert said in whole
    assert "{" not in whole


def test_an_end_on_paper_counts_at_once_and_needs_nobody_else(light_house: House, citizen: str) -> None:
    papers.approve(light_house, citizen, papers.record(light_house, citizen))

    assert (papers.end(light_house, citizen), decided(light_house, citizen)) == (1, "default")
    assert papers.end(light_house, citizen) == 0
    [own] = shown(light_house, citizen)["own"]
    assert (own["state"], [each["by"] for each in own["events"]]) == ("withdrawn", ["paper", "paper"])


def test_an_end_on_paper_also_ends_what_was_given_in_the_app(light_house: House, citizen: str) -> None:
    give(light_house, citizen)

    assert (papers.end(light_house, citizen), decided(light_house, citizen)) == (1, "default")


@pytest.mark.parametrize(("actor", "template"), [(papers.STRANGER, "medicin-hjemmehjaelp"), (CASEWORKER, "forskning")])
def test_an_end_reaches_only_ones_own_consent_by_that_text(
    light_house: House, citizen: str, actor: Actor, template: str
) -> None:
    give(light_house, citizen)

    assert (papers.end(light_house, citizen, actor, template), decided(light_house, citizen)) == (0, "grant")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["record", "approve", "end"]), min_size=1, max_size=8))
def test_nobody_alone_makes_a_consent_of_a_paper(light_house: House, steps: list[str]) -> None:
    """Whatever one caseworker does, in whatever order, nothing opens."""
    citizen = light_house.citizen()
    asked = papers.signed(light_house)
    for step in steps:
        try:
            if step == "record":
                papers.record(light_house, citizen)
            elif step == "approve":
                papers.approve(light_house, citizen, asked, CASEWORKER)
            else:
                papers.end(light_house, citizen)
        except (errors.Conflict, errors.NotFound):
            pass
        assert decided(light_house, citizen) == "default"
    with light_house.open(citizen, "consents:read", Actor(citizen, "citizen")) as (session, grant):
        assert ledger.read_events(session, grant) == []
