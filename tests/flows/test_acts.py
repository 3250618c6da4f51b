"""The story of acting over HTTP: a note, an answer, a wish for a new prescription, and what becomes of them."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.cli import demo
from app.gateways import deliver
from tests.flows.test_read import log_in
from tests.house import CommandLine, House

NOTE = {"about": "medication", "kind": "question", "text": "Må jeg?", "done": False, "version": None}


class Citizen:
    """Somebody who is logged in, and their addresses."""

    def __init__(self, client: FlaskClient, place: int = 0) -> None:
        session = log_in(client, place)
        self._client = client
        self._headers = {"X-CSRF-Token": session["csrf"]}
        self.base = f"/api/v1/citizens/{session['citizen']['id']}"

    def get(self, path: str) -> Any:
        """What an address answers."""
        return self._client.get(self.base + path).get_json()

    def put(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer of a change."""
        response = self._client.put(self.base + path, json=body, headers=self._headers)
        return response.status_code, response.get_json()

    def delete(self, path: str) -> int:
        """Status of a deletion."""
        return self._client.delete(self.base + path, headers=self._headers).status_code


@pytest.fixture
def client(house: House) -> FlaskClient:
    demo.put_in(CommandLine(house))
    return house.client()


@pytest.fixture
def karen(client: FlaskClient) -> Citizen:
    return Citizen(client)


def test_a_note_is_written_changed_and_deleted(karen: Citizen) -> None:
    key = karen.get("/card")["medications"][0]["key"]

    status, written = karen.put("/notes/n1", {**NOTE, "about_key": key})
    [note] = written["notes"]
    changed = karen.put("/notes/n1", {**NOTE, "about_key": key, "done": True, "version": note["version"]})[1]
    deleted = karen.delete(f"/notes/n1?version={changed['notes'][0]['version']}")

    assert (status, written["kept_both"], note["about_key"]) == (200, False, key)
    assert [each["done"] for each in changed["notes"]] == [True]
    assert (deleted, karen.get("/notes")) == (204, {"notes": []})


def test_an_appointment_is_answered_and_the_demos_desk_replies(karen: Citizen, house: House) -> None:
    appointment = next(each for each in karen.get("/appointments")["appointments"] if each["preparation"])
    body = {"message_id": "m" * 16, "version": appointment["version"], "said": "move", "wish": "Helst en formiddag."}

    status, answered = karen.put(f"/appointments/{appointment['key']}/answer", body)
    deliver.tick(house.database, house.opened.receivers, house.now)
    received = karen.get("/answers")["answers"][0]["delivery"]["status"]
    house.wait(seconds=10)
    deliver.tick(house.database, house.opened.receivers, house.now)
    [last] = karen.get("/answers")["answers"]

    assert (status, answered["answers"][0]["delivery"]["status"]) == (200, "waiting")
    assert received == "received"
    assert (last["delivery"]["status"], last["said"]) == ("answered", "move")
    assert "ny tid" in last["delivery"]["reply"]


def test_a_renewal_is_asked_for_once(karen: Citizen, house: House) -> None:
    medication = next(each for each in karen.get("/card")["medications"] if each["takes_renewal"])
    path = f"/medications/{medication['key']}/renewal"

    first = karen.put(path, {"message_id": "m" * 16, "note": None})[0]
    second, refused = karen.put(path, {"message_id": "n" * 16, "note": None})
    deliver.tick(house.database, house.opened.receivers, house.now)

    assert (first, second, refused["code"]) == (200, 409, "conflict")
    assert karen.get("/renewals")["renewals"][0]["delivery"]["status"] == "received"


def test_an_answer_to_what_was_not_seen_is_stale(karen: Citizen) -> None:
    appointment = next(each for each in karen.get("/appointments")["appointments"] if each["preparation"])
    body = {"message_id": "m" * 16, "version": "0", "said": "coming"}

    status, problem = karen.put(f"/appointments/{appointment['key']}/answer", body)

    assert (status, problem["code"]) == (409, "stale")
    assert karen.get("/answers") == {"answers": []}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/notes/n1", {**NOTE, "about_key": "k", "text": "   "}),
        ("/notes/n1", {**NOTE, "about_key": "k", "text": "x" * 2001}),
        ("/notes/n1", {**NOTE, "about_key": "k", "kind": "poem"}),
        (f"/notes/{'n' * 65}", {**NOTE, "about_key": "k"}),
        ("/appointments/k/answer", {"message_id": "short", "version": "1", "said": "coming"}),
        ("/appointments/k/answer", {"message_id": "m" * 16, "version": "1", "said": "perhaps"}),
        ("/appointments/k/answer", {"message_id": "../" + "m" * 16, "version": "1", "said": "coming"}),
        ("/medications/k/renewal", {"message_id": "m" * 16, "note": "x" * 501}),
    ],
)
def test_what_cannot_be_understood_is_refused_by_field(karen: Citizen, path: str, body: dict[str, Any]) -> None:
    status, problem = karen.put(path, body)

    assert (status, problem["code"]) == (422, "invalid")


def test_nobody_acts_for_somebody_else(client: FlaskClient) -> None:
    other, me = Citizen(client, 1), Citizen(client, 0)
    key = other.base
    me.base = key

    assert me.put("/notes/n1", {**NOTE, "about_key": "k"})[0] == 403
    assert me.put("/appointments/k/answer", {"message_id": "m" * 16, "version": "1", "said": "coming"})[0] == 403
    assert me.delete("/notes/n1?version=1") == 403


def test_one_course_runs_through_hospital_and_municipality(karen: Citizen) -> None:
    found = [each for each in karen.get("/appointments")["appointments"] if each["course"]]

    assert len({each["course"]["id"] for each in found}) == 1
    assert {each["kind"] for each in found} == {"region", "municipality"}
    assert {each["course"]["title"] for each in found} == {"Indlæggelse med KOL og tiden efter"}


def test_the_calendar_file_comes_as_one(client: FlaskClient, karen: Citizen) -> None:
    appointment = karen.get("/appointments")["appointments"][0]

    response = client.get(f"{karen.base}/appointments/{appointment['key']}/calendar.ics")

    assert response.mimetype == "text/calendar"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    assert b"BEGIN:VEVENT" in response.data
    assert client.get(f"{karen.base}/appointments/none/calendar.ics").status_code == 404
