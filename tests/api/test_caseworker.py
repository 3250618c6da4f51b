"""What caseworkers ask over HTTP: one answer for every no, and nothing without purpose and case."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.identity import citizens
from app.identity.person import Number
from tests.access import asking
from tests.access.asking import NUMBERS, UNKNOWN
from tests.api.desk import METTE, STATUS, Desk, citizens_browser, status_question
from tests.house import House


def citizen_id(house: House, number: str) -> str:
    with house.database.reading() as session:
        found = citizens.find(session, Number(number, "cpr"))
    assert found is not None
    return found


def browser_of(house: House, number: str) -> FlaskClient:
    return citizens_browser(house, citizen_id(house, number))


def rows(house: House, table: str) -> int:
    with house.database.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608  a test's own


def test_every_answer_is_of_one_form_and_length_and_only_a_consent_that_holds_is_a_yes(light_house: House) -> None:
    asking.populate(light_house)
    desk = Desk(light_house)
    said, shapes = {}, set()

    for how, number in NUMBERS.items():
        response = desk.status(number)
        headers = {name: value for name, value in response.headers if name != "Date"}
        shapes.add((response.status_code, tuple(sorted(headers.items())), len(response.get_data())))
        assert list(response.get_json()) == ["answer"]
        said[how] = asking.said(light_house, response.get_json()["answer"])["status"]

    assert len(shapes) == 1
    assert said.pop("given") == "VALID"
    assert set(said.values()) == {"NOT_VALID"}


def test_the_citizen_sees_the_question_with_purpose_and_case_at_once(light_house: House) -> None:
    asking.populate(light_house)
    number = NUMBERS["never"]
    Desk(light_house).status(number, case_number="26-11837")

    me = citizen_id(light_house, number)
    shown = browser_of(light_house, number).get(f"/api/v1/citizens/{me}/log").get_json()["entries"]

    asked = next(each for each in shown if each["action"] == "consent:status")
    assert (asked["case_number"], asked["about"], asked["purpose"]) == ("26-11837", "medicin-hjemmehjaelp", "casework")
    assert asked["organisation"] == METTE.organisation
    assert asked["role"] == "caseworker"


@pytest.mark.parametrize("missing", ["cpr", "template", "purpose", "case_number", "nonce"])
@pytest.mark.parametrize("number", [NUMBERS["given"], UNKNOWN])
def test_without_purpose_case_or_any_other_part_nothing_is_asked(light_house: House, missing: str, number: str) -> None:
    asking.populate(light_house)
    body = status_question(number)
    del body[missing]
    before = rows(light_house, "access_entry")

    response = Desk(light_house).send(STATUS, body)

    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
    assert list(response.get_json()["errors"]["json"]) == [missing]
    assert rows(light_house, "access_entry") == before


@pytest.mark.parametrize(
    "change",
    [
        {"cpr": "3213131234"},
        {"cpr": "150170123x"},
        {"purpose": "self"},
        {"template": "findes-ikke"},
        {"case_number": "borger 150170-1234"},
        {"nonce": "kort"},
        {"reason": "nysgerrig"},
    ],
)
def test_what_cannot_be_asked_is_refused_without_repeating_it(light_house: House, change: dict[str, Any]) -> None:
    response = Desk(light_house).status("1501701234", **change)

    assert (response.status_code, response.get_json()["code"]) == (422, "invalid")
    told = response.get_data(as_text=True)
    assert "150170" not in told
    assert "321313" not in told
    assert rows(light_house, "consent_question") == 0


def test_a_request_is_taken_alike_for_the_known_and_the_unknown(light_house: House) -> None:
    asking.populate(light_house)
    desk = Desk(light_house)
    desk.request("0909601234")  # the asker's own first question makes their key
    work, told = set(), set()

    for number in NUMBERS.values():
        with asking.counted(light_house) as seen:
            response = desk.request(number)
        work.add(tuple(seen))
        told.add((response.status_code, response.get_data()))

    assert (len(work), len(told)) == (1, 1)
    assert told.pop()[0] == 202
    assert sum("INSERT INTO consent_request" in each for each in work.pop()) == 1


def test_a_known_citizen_reads_the_request_once_however_often_it_is_sent(light_house: House) -> None:
    asking.populate(light_house)
    number = NUMBERS["never"]
    desk = Desk(light_house)
    for _ in range(3):
        assert desk.request(number).status_code == 202

    me = citizen_id(light_house, number)
    browser = browser_of(light_house, number)
    shown = browser.get(f"/api/v1/citizens/{me}/consents").get_json()["requests"]
    entries = browser.get(f"/api/v1/citizens/{me}/log").get_json()["entries"]

    assert [(each["organisation_name"], each["case_number"]) for each in shown] == [("Bakkeby Kommune", "2026-17")]
    asked = [each for each in entries if each["action"] == "consents:ask"]
    assert [(each["case_number"], each["about"]) for each in asked] == [("2026-17", "medicin-hjemmehjaelp")]


def test_another_request_under_the_same_id_is_refused_for_everybody(light_house: House) -> None:
    asking.populate(light_house)
    desk = Desk(light_house)
    told = set()
    for number in NUMBERS.values():
        desk.request(number)
        response = desk.request(number, case_number="2026-18")
        told.add((response.status_code, response.get_data()))

    assert {status for status, _ in told} == {409}
    assert len(told) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"last_day": "2026-11-01"},
        {"last_day": "2099-01-01"},
        {"last_day": "snart"},
        {"purpose": "research"},
        {"template": "findes-ikke"},
        {"id": "kort"},
        {"case_number": ""},
    ],
)
def test_a_request_that_no_text_or_time_allows_is_refused_alike(light_house: House, change: dict[str, Any]) -> None:
    asking.populate(light_house)
    desk = Desk(light_house)

    told = {(desk.request(number, **change).get_data()) for number in (NUMBERS["given"], UNKNOWN)}

    assert len(told) == 1
    assert b'"status": 422' in told.pop()
    assert rows(light_house, "consent_question") == 0


def test_a_role_that_does_not_cover_a_text_can_neither_see_it_nor_ask_about_it(light_house: House) -> None:
    asking.populate(light_house)
    desk = Desk(light_house, replace(METTE, templates=frozenset({"forskning"})))

    listed = desk.client.get("/api/v1/consent-templates").get_json()["templates"]
    responses = [send(number) for send in (desk.status, desk.request) for number in (NUMBERS["given"], UNKNOWN)]

    assert [each["id"] for each in listed] == ["forskning"]
    assert {(each.status_code, each.get_json()["code"]) for each in responses} == {(403, "not_allowed")}
    assert len({each.get_data() for each in responses}) == 1
    assert rows(light_house, "consent_question") == 0


def test_the_texts_come_in_their_newest_version_with_words_in_both_languages(light_house: House) -> None:
    listed = Desk(light_house).client.get("/api/v1/consent-templates").get_json()["templates"]

    assert len(listed) == 5
    assert {"da", "en"} == set(listed[0]["texts"])
    assert all(each["last_day"] > "2026-11-25" and each["purposes"] for each in listed)


def test_ones_own_log_tells_what_was_asked_and_answered_and_never_about_whom(light_house: House) -> None:
    asking.populate(light_house)
    desk = Desk(light_house)
    for place, how in enumerate(("given", "unknown")):
        desk.status(NUMBERS[how], case_number=f"sag-{place}")
        light_house.wait(minutes=1)
    desk.request(NUMBERS["given"], case_number="sag-2")
    Desk(light_house, replace(METTE, id="staff:jens")).status(UNKNOWN, case_number="andens")

    page = desk.client.get("/api/v1/consent-questions?limit=2").get_json()
    rest = desk.client.get(f"/api/v1/consent-questions?before={page['questions'][-1]['id']}").get_json()

    whole = [(each["case_number"], each["kind"], each["status"]) for each in page["questions"] + rest["questions"]]
    assert whole == [("sag-2", "request", None), ("sag-1", "status", "NOT_VALID"), ("sag-0", "status", "VALID")]
    assert (page["more"], rest["more"]) == (True, False)
    assert not any(number in str(page) + str(rest) for number in NUMBERS.values())
