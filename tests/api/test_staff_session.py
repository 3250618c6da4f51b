"""Sessions of staff over HTTP: a caseworker is nobody at citizens' addresses, and a citizen nobody at the desk."""

from tests.access import asking
from tests.access.asking import NUMBERS, UNKNOWN
from tests.api.desk import METTE, REQUESTS, STATUS, Desk, request, status_question
from tests.api.test_caseworker import browser_of, citizen_id
from tests.house import House


def test_a_citizen_is_a_stranger_at_the_desk_and_a_caseworker_at_the_citizens_own(light_house: House) -> None:
    asking.populate(light_house)
    number = NUMBERS["given"]
    me, browser, desk = citizen_id(light_house, number), browser_of(light_house, number), Desk(light_house)

    for path, body in ((STATUS, status_question(number)), (REQUESTS, request(number))):
        assert browser.post(path, json=body).status_code == 401
    assert browser.get("/api/v1/consent-questions").status_code == 401
    for path in ("card", "appointments", "consents", "log"):
        assert desk.client.get(f"/api/v1/citizens/{me}/{path}").status_code == 401


def test_a_question_without_the_sessions_own_mark_is_refused(light_house: House) -> None:
    desk = Desk(light_house)

    response = desk.client.post(STATUS, json=status_question(UNKNOWN))

    assert (response.status_code, response.get_json()["code"]) == (403, "not_allowed")


def test_who_works_here_is_told_and_logs_out(light_house: House) -> None:
    desk = Desk(light_house)

    told = desk.client.get("/api/v1/session").get_json()

    assert (told["logged_in"], told["citizen"]) == (True, None)
    assert told["staff"] == {
        "name": "Mette Aagaard",
        "organisation": METTE.organisation,
        "organisation_name": "Bakkeby Kommune",
        "units": [],
    }
    assert desk.client.delete("/api/v1/session", headers=desk.headers).status_code == 204
    desk.client.set_cookie("naerblik", desk.token)
    assert desk.status(UNKNOWN).status_code == 401


def test_the_demos_caseworker_logs_in_without_anything(light_house: House) -> None:
    browser = light_house.client()

    told = browser.post("/api/v1/login/demo/staff").get_json()

    assert (told["staff"]["name"], told["citizen"]) == ("Birgit Nørlund", None)
    assert browser.get("/api/v1/consent-questions").get_json() == {"questions": [], "more": False}
