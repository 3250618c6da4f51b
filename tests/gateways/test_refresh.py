"""Sources over HTTP, answered by a source on loopback: recorded files, late, wrong, and not at all."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.config import SourceSettings
from app.gateways import http_source, refresh
from app.identity import citizens
from app.identity.person import Number
from app.medication import service as medication
from app.records.source import Source
from tests.gateways import answers
from tests.house import OPERATOR, House
from tests.loopback import Loopback, loopback

CPR = "1501701234"


@pytest.fixture
def source() -> Iterator[Loopback]:
    with loopback() as source:
        yield source


def fmk(source: Loopback, house: House, **settings: Any) -> Source:
    settings = {"timeout": 2, "retries": 1, **settings}
    return http_source.configured(SourceSettings(fmk_url=source.url, **settings), house.now)[0]


def fhir(source: Loopback, house: House, **settings: Any) -> Source:
    settings = {"timeout": 2, "retries": 1, **settings}
    return http_source.configured(SourceSettings(fhir_url=source.url, **settings), house.now)[0]


def lay_card(source: Loopback, *medications: str, version: int = 10, cpr: str = CPR) -> None:
    source.lay("/GetMedicineCard", answers.card(*medications, version=version, cpr=cpr))
    source.lay("/GetPrescription", answers.prescriptions(answers.prescription(), cpr=cpr))


def ask(house: House, *sources: Source) -> list[dict[str, Any]]:
    with house.database.reading() as session:
        everyone = citizens.all_ids(session)
    return refresh.refresh(house.database, OPERATOR, sources, everyone, house.now)


def card(house: House, citizen_id: str) -> medication.MedicationCard:
    with house.open(citizen_id, "medication:read") as (session, grant):
        return medication.read_card(session, grant)


def test_what_the_source_answers_is_on_the_card(light_house: House, source: Loopback) -> None:
    citizen_id = light_house.citizen(CPR)
    lay_card(source, answers.medication())

    [tally] = ask(light_house, fmk(source, light_house))

    assert (tally["answered"], tally["medications"], tally["prescriptions"]) == (1, 1, 1)
    assert [each.medication.name for each in card(light_house, citizen_id).medications] == ["Spiriva"]


def test_the_number_is_in_no_address(light_house: House, source: Loopback) -> None:
    light_house.citizen(CPR)
    lay_card(source)
    source.lay("/Patient/_search", '{"resourceType": "Bundle", "type": "searchset"}')

    ask(light_house, fmk(source, light_house), fhir(source, light_house))

    assert len(source.asked) == 3
    assert all(CPR not in path for _, path, _ in source.asked)
    assert all(CPR.encode() in body for _, _, body in source.asked)


def test_an_unchanged_answer_moves_the_freshness_and_nothing_else(light_house: House, source: Loopback) -> None:
    citizen_id = light_house.citizen(CPR)
    lay_card(source, answers.medication())
    ask(light_house, fmk(source, light_house))
    first = card(light_house, citizen_id)
    light_house.wait(hours=3)

    [tally] = ask(light_house, fmk(source, light_house))
    second = card(light_house, citizen_id)

    assert (tally["medications"], tally["prescriptions"], tally["unchanged"]) == (0, 0, 2)
    assert (first.fetched_at, second.fetched_at) == ("2026-11-25T09:30:00Z", "2026-11-25T12:30:00Z")
    assert second.medications == first.medications


@pytest.mark.parametrize("wrong", ["", "<html>", "{}", "not xml at all"])
def test_a_wrong_answer_leaves_the_card_and_says_since_when(light_house: House, source: Loopback, wrong: str) -> None:
    citizen_id = light_house.citizen(CPR)
    lay_card(source, answers.medication())
    ask(light_house, fmk(source, light_house))
    light_house.wait(hours=1)
    source.lay("/GetMedicineCard", wrong)

    [tally] = ask(light_house, fmk(source, light_house))
    light_house.wait(hours=1)
    [again] = ask(light_house, fmk(source, light_house))
    read = card(light_house, citizen_id)

    assert (tally["failed"], tally["not_fetched_since"]) == (1, "2026-11-25T10:30:00Z")
    assert again["not_fetched_since"] == "2026-11-25T10:30:00Z"
    assert read.failing_since == "2026-11-25T10:30:00Z"
    assert read.fetched_at == "2026-11-25T09:30:00Z"
    assert [each.medication.name for each in read.medications] == ["Spiriva"]


def test_an_answer_after_failures_ends_them(light_house: House, source: Loopback) -> None:
    citizen_id = light_house.citizen(CPR)
    lay_card(source)
    source.lay("/GetMedicineCard", "wrong")
    ask(light_house, fmk(source, light_house))
    lay_card(source, answers.medication())

    ask(light_house, fmk(source, light_house))

    assert card(light_house, citizen_id).failing_since is None


def test_a_busy_source_is_asked_again_after_a_while(light_house: House, source: Loopback) -> None:
    light_house.citizen(CPR)
    lay_card(source, answers.medication())
    source.answers["/GetMedicineCard"].insert(0, (503, b"busy"))

    [tally] = ask(light_house, fmk(source, light_house))

    assert tally["answered"] == 1
    assert len([path for _, path, _ in source.asked if path == "/GetMedicineCard"]) == 2


def test_a_source_that_stays_silent_is_given_up_within_its_time(light_house: House, source: Loopback) -> None:
    light_house.citizen(CPR)

    [tally] = ask(light_house, fmk(source, light_house, timeout=0.2, retries=0))

    assert tally["failed"] == 1
    assert "did not answer" in tally["reason"]


def test_a_source_that_is_not_there_is_said_to_be(light_house: House, source: Loopback) -> None:
    light_house.citizen(CPR)
    gone = http_source.configured(SourceSettings(fmk_url="http://127.0.0.1:9", timeout=1, retries=0))[0]

    [tally] = ask(light_house, gone)

    assert tally["failed"] == 1
    assert source.asked == []


@pytest.mark.parametrize("status", [302, 400, 401, 404, 500])
def test_a_refusing_source_keeps_nothing_and_is_not_followed(light_house: House, source: Loopback, status: int) -> None:
    light_house.citizen(CPR)
    source.lay("/GetMedicineCard", "no", status=status)

    [tally] = ask(light_house, fmk(source, light_house))

    assert tally["failed"] == 1
    assert {path for _, path, _ in source.asked} == {"/GetMedicineCard"}


def test_an_answer_about_somebody_else_is_not_kept(light_house: House, source: Loopback) -> None:
    citizen_id = light_house.citizen(CPR)
    lay_card(source, answers.medication(), cpr="0202601234")

    [tally] = ask(light_house, fmk(source, light_house))

    assert tally["failed"] == 1
    assert "somebody else" in tally["reason"]
    assert card(light_house, citizen_id).medications == ()
    with light_house.database.reading() as session:
        assert citizens.find(session, Number("0202601234", "cpr")) is None


def test_a_source_that_is_down_is_not_asked_about_everybody(light_house: House, source: Loopback) -> None:
    for day in range(10, 16):
        light_house.citizen(f"{day}01701234", f"Citizen {day}")
    lay_card(source)
    source.lay("/GetMedicineCard", "wrong")

    [tally] = ask(light_house, fmk(source, light_house, retries=0))

    assert (tally["asked"], tally["failed"], tally["not_asked"]) == (3, 3, 3)


def test_a_fhir_server_is_asked_for_everything_by_its_own_id_page_by_page(light_house: House, source: Loopback) -> None:
    citizen_id = light_house.citizen(CPR)
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": http_source.CPR_SYSTEM, "value": CPR}],
        "name": [{"family": "Krogh", "given": ["Bodil"]}],
    }
    empty = {"resourceType": "Bundle", "type": "searchset"}

    def bundle(*resources: dict[str, Any], following: str | None = None) -> str:
        links = [{"relation": "next", "url": following}] if following else []
        entries = [{"resource": each, "search": {"mode": "match"}} for each in resources]
        return json.dumps({**empty, "link": links, "entry": entries})

    def appointment(name: str) -> dict[str, Any]:
        return {
            "resourceType": "Appointment",
            "id": name,
            "status": "booked",
            "start": "2026-12-01T09:00:00+01:00",
            "end": "2026-12-01T09:30:00+01:00",
            "participant": [{"actor": {"reference": "Patient/p1"}, "status": "accepted"}],
        }

    source.lay("/Patient/_search", bundle(patient))
    for kind in http_source.SEARCHED:
        source.lay(f"/{kind}/_search", json.dumps(empty))
    source.lay("/Appointment/_search", bundle(appointment("a1"), following=f"{source.url}/page2"))
    source.lay("/page2", bundle(appointment("a2")))

    [tally] = ask(light_house, fhir(source, light_house))

    assert (tally["answered"], tally["appointments"]) == (1, 2)
    assert ("POST", "/Appointment/_search", b"patient=Patient%2Fp1") in source.asked
    assert card(light_house, citizen_id).failing_since is None


def test_a_next_page_at_another_address_is_refused(light_house: House, source: Loopback) -> None:
    light_house.citizen(CPR)
    link = [{"relation": "next", "url": "http://127.0.0.1:9/page2"}]
    source.lay("/Patient/_search", json.dumps({"resourceType": "Bundle", "type": "searchset", "link": link}))

    [tally] = ask(light_house, fhir(source, light_house))

    assert tally["failed"] == 1
    assert "another address" in tally["reason"]
