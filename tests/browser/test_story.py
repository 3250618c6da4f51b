"""Log in, I dag, card, detail, note, appointments, answer, consents, own log, log out: the story that must pass."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app import clock
from tests.browser.conftest import ROOT, Phone, phone_on, served
from tests.browser.story import DANISH, ENGLISH, Story, by_keyboard, by_touch
from tests.gateways import answers
from tests.openid_provider import OpenidProvider, openid_provider

CPR = "1501701234"
QUESTION = "Kan jeg tage den om aftenen?"


def test_the_story_in_danish_by_touch(phone: Phone) -> None:
    phone.log_in("Karen")
    story = Story(phone, DANISH, by_touch)

    story.medicine_with_a_question("Metformin", QUESTION)
    story.answered_appointment("Kontrol af KOL", QUESTION, to_the_end=phone.look == "390-light")
    story.taken_back_question("Metformin")
    story.consents_and_log()
    story.out()

    assert "Karen Mikkelsen" not in (phone.page.title())
    assert phone.page.get_by_text("Metformin").count() == 0


@pytest.mark.parametrize("look", ["390-light", "390-dark"])
def test_the_story_in_english_by_keyboard(browser: Browser, server: str, look: str) -> None:
    context, phone = phone_on(browser, server, look)
    phone.open()
    by_keyboard(phone.page.get_by_role("button", name="English"))
    by_keyboard(phone.page.get_by_role("button", name=re.compile("Karen")).first)
    phone.bar().wait_for()
    phone.settle()
    story = Story(phone, ENGLISH, by_keyboard)

    story.medicine_with_a_question("Metoprolol", QUESTION)
    story.answered_appointment("Ultralyd|Undersøgelse af hjertet", QUESTION, to_the_end=False)
    story.taken_back_question("Metoprolol")
    story.consents_and_log()
    story.out()

    context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost"}


@pytest.fixture
def provider() -> Iterator[OpenidProvider]:
    with openid_provider(clock.now) as provider:
        provider.shows_form = True
        yield provider


def imported(folder: Path) -> Path:
    """A data directory into which answers about a made-up citizen were imported by the command."""
    start = (clock.now() + timedelta(days=6)).replace(microsecond=0)
    number = {"system": "urn:oid:1.2.208.176.1.2", "value": CPR}
    patient = {
        "resourceType": "Patient",
        "id": "p",
        "identifier": [number],
        "name": [{"family": "Krogh", "given": ["Bodil"]}],
    }
    appointment = {
        "resourceType": "Appointment",
        "id": "a",
        "status": "booked",
        "description": "Øjenundersøgelse",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=20)).isoformat(),
        "patientInstruction": "Tag solbriller med.",
        "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"}],
    }
    consent = {
        "resourceType": "Consent",
        "id": "c",
        "status": "active",
        "scope": {"text": "Behandling"},
        "category": [{"text": "Deling mellem hospital og kommune"}],
        "patient": {"reference": "Patient/p"},
        "policyRule": {"text": "Samtykke"},
        "provision": {"type": "permit"},
    }
    entries = [{"resource": each} for each in (patient, appointment, consent)]
    (folder / "card.xml").write_text(answers.card(answers.medication()))
    (folder / "bundle.json").write_text(
        json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, ensure_ascii=False)
    )
    data = folder / "data"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NAERBLIK_")}
    command = [sys.executable, "-m", "app", "import", str(folder / "card.xml"), str(folder / "bundle.json")]
    environment |= {"NAERBLIK_DATA_DIR": str(data)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return data


def test_the_story_of_an_imported_citizen_who_logs_in_at_a_provider(
    tmp_path: Path, browser: Browser, provider: OpenidProvider
) -> None:
    settings = {
        "NAERBLIK_OIDC_ISSUER": provider.url,
        "NAERBLIK_OIDC_CLIENT_ID": provider.client_id,
        "NAERBLIK_OIDC_CLIENT_SECRET": provider.client_secret,
    }
    with served(imported(tmp_path), **settings) as address:
        context, phone = phone_on(browser, address, "390-dark")
        phone.open()
        by_touch(phone.page.get_by_role("link", name=re.compile("MitID")))
        phone.page.get_by_role("button", name="Log in").click()
        phone.bar().wait_for()
        phone.settle()
        story = Story(phone, DANISH, by_touch)

        story.medicine_with_a_question("Spiriva", QUESTION)
        story.answered_appointment("Øjenundersøgelse", QUESTION, to_the_end=False)
        expect(phone.page.get_by_text("Tag solbriller med.")).to_be_visible()
        story.taken_back_question("Spiriva")
        story.consents_and_log()
        story.out()
        context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost", "127.0.0.1"}
