"""Consents on paper over HTTP: two caseworkers, a letter, and an end, each once in the citizen's log."""

from dataclasses import replace
from typing import Any

import pytest

from app.identity import case_systems
from tests.access import asking
from tests.api.desk import METTE, Desk, citizens_browser
from tests.api.test_caseworker import citizen_id, rows
from tests.house import House

NUMBER, UNKNOWN = "1501701234", "0101011234"
DOCUMENT = "9f" * 32
PAPERS, APPROVALS, ENDS = "/api/v1/consent-papers", "/api/v1/consent-paper-approvals", "/api/v1/consent-paper-ends"
OLE = replace(METTE, id="staff:ole", name="Ole Friis")


def said(**more: Any) -> dict[str, Any]:
    """What both say of a paper."""
    body = {
        "id": "paper-0000000000000001",
        "cpr": NUMBER,
        "template": "medicin-hjemmehjaelp",
        "purpose": "casework",
        "case_number": "2026-17",
        "document_sha256": DOCUMENT,
    }
    return body | more


def signed(**more: Any) -> dict[str, Any]:
    """What the first one says besides."""
    return said(**({"last_day": "2027-06-30", "signed_on": "2026-11-24", "language": "da"} | more))


def status(house: House, number: str = NUMBER, nonce: str = asking.NONCE) -> str:
    """VALID or NOT_VALID."""
    token = Desk(house).status(number, nonce=nonce).get_json()["answer"]
    return str(asking.said(house, token)["status"])


@pytest.mark.parametrize("number", [NUMBER, UNKNOWN])
def test_two_caseworkers_make_a_consent_of_a_paper_also_for_somebody_new(light_house: House, number: str) -> None:
    light_house.citizen(NUMBER)
    recorded = Desk(light_house).send(PAPERS, signed(cpr=number))
    alone = Desk(light_house).send(APPROVALS, said(cpr=number))
    before = status(light_house, number, "nonce-before-0000000")
    approved = Desk(light_house, OLE).send(APPROVALS, said(cpr=number))

    assert (recorded.status_code, recorded.get_json()) == (202, {"id": said()["id"]})
    assert (alone.status_code, alone.get_json()["code"]) == (409, "conflict")
    assert (approved.status_code, approved.get_json()["language"]) == (200, "da")
    assert "Bakkeby Kommune" in approved.get_json()["subject"]
    assert number not in approved.get_data(as_text=True)
    assert (before, status(light_house, number, "nonce-after-00000000")) == ("NOT_VALID", "VALID")


def test_every_step_is_once_in_the_citizens_log_and_once_in_the_caseworkers(light_house: House) -> None:
    light_house.citizen(NUMBER)
    for _ in range(2):
        Desk(light_house).send(PAPERS, signed())
        Desk(light_house, OLE).send(APPROVALS, said())
        Desk(light_house).send(ENDS, said(id="paper-end-000000000001"))

    me = citizen_id(light_house, NUMBER)
    log = citizens_browser(light_house, me).get(f"/api/v1/citizens/{me}/log").get_json()["entries"]
    kept = Desk(light_house).client.get("/api/v1/consent-questions").get_json()["questions"]

    steps = [each for each in log if each["role"] == "caseworker"]
    assert [each["action"] for each in steps] == ["consents:record", "consents:approve", "consents:record"]
    assert {(each["case_number"], each["about"]) for each in steps} == {("2026-17", "medicin-hjemmehjaelp")}
    assert sorted(each["kind"] for each in kept) == ["paper", "paper_end"]
    assert rows(light_house, "consent_question") == 3


def test_the_letter_comes_again_when_it_is_asked_for_again(light_house: House) -> None:
    Desk(light_house).send(PAPERS, signed())
    first = Desk(light_house, OLE).send(APPROVALS, said()).get_json()
    light_house.wait(days=1)

    assert Desk(light_house, OLE).send(APPROVALS, said()).get_json() == first


def test_an_end_on_paper_counts_at_once_and_is_answered_alike_for_everybody(light_house: House) -> None:
    Desk(light_house).send(PAPERS, signed())
    Desk(light_house, OLE).send(APPROVALS, said())
    answers = [
        Desk(light_house).send(ENDS, said(id="paper-end-000000000001", cpr=number)) for number in (NUMBER, UNKNOWN)
    ]

    assert {(each.status_code, each.get_data()) for each in answers} == {(202, answers[0].get_data())}
    assert status(light_house) == "NOT_VALID"


@pytest.mark.parametrize(
    "other",
    [
        {"id": "paper-0000000000000002"},
        {"cpr": UNKNOWN},
        {"template": "forskning", "purpose": "research"},
        {"case_number": "2026-18"},
    ],
)
def test_what_the_second_one_says_otherwise_finds_no_paper(light_house: House, other: dict[str, Any]) -> None:
    Desk(light_house).send(PAPERS, signed())
    response = Desk(light_house, OLE).send(APPROVALS, said(**other))

    assert (response.status_code, response.get_json()["code"]) == (404, "not_found")
    assert status(light_house) == "NOT_VALID"


def test_another_municipality_finds_no_paper(light_house: House) -> None:
    Desk(light_house).send(PAPERS, signed())
    stranger = replace(OLE, organisation="cvr:22222222", organisation_name="Skovby Kommune")

    assert Desk(light_house, stranger).send(APPROVALS, said()).status_code == 404


def test_another_document_is_not_approved(light_house: House) -> None:
    Desk(light_house).send(PAPERS, signed())
    response = Desk(light_house, OLE).send(APPROVALS, said(document_sha256="00" * 32))

    assert (response.status_code, status(light_house)) == (409, "NOT_VALID")


def test_a_role_that_does_not_cover_the_text_does_nothing(light_house: House) -> None:
    Desk(light_house).send(PAPERS, signed())
    narrow = replace(OLE, templates=frozenset({"forskning"}))
    desk = Desk(light_house, narrow)

    assert [desk.send(PAPERS, signed()).status_code, desk.send(APPROVALS, said()).status_code] == [403, 403]
    assert desk.send(ENDS, said()).status_code == 403


@pytest.mark.parametrize("path", [PAPERS, APPROVALS, ENDS])
def test_a_citizen_and_a_stranger_record_nothing(light_house: House, path: str) -> None:
    browser = citizens_browser(light_house, light_house.citizen(NUMBER))
    before = rows(light_house, "access_entry")

    assert browser.post(path, json=signed()).status_code == 401
    assert light_house.client().post(path, json=signed()).status_code == 401
    assert rows(light_house, "access_entry") == before


@pytest.mark.parametrize("missing", ["id", "cpr", "template", "purpose", "case_number", "document_sha256", "signed_on"])
def test_nothing_is_recorded_without_every_part(light_house: House, missing: str) -> None:
    body = signed()
    del body[missing]
    response = Desk(light_house).send(PAPERS, body)

    assert (response.status_code, list(response.get_json()["errors"]["json"])) == (422, [missing])
    assert rows(light_house, "consent_request") == 0


@pytest.mark.parametrize("path", [PAPERS, APPROVALS, ENDS])
def test_a_case_system_is_no_person_with_a_paper_before_them(light_house: House, path: str) -> None:
    system = replace(OLE, id=f"{case_systems.PREFIX}fagsystem")
    response = Desk(light_house, system).send(path, signed() if path == PAPERS else said())

    assert (response.status_code, response.get_json()["code"]) == (403, "not_allowed")
