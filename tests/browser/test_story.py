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
from tests.browser.conftest import ROOT, served
from tests.browser.phone import phone_on
from tests.browser.story import DANISH, ENGLISH, Press, Story, Words, by_keyboard, by_touch
from tests.gateways import answers
from tests.openid_provider import OpenidProvider, openid_provider

CPR = "1501701234"
QUESTION = "Kan jeg tage den om aftenen?"


# Every pairing of language, hand and scheme is told; each language, hand and scheme every day, the rest among the long.
TELLINGS = [
    pytest.param(DANISH, by_touch, "390-light"),
    pytest.param(DANISH, by_touch, "320-dark"),
    pytest.param(ENGLISH, by_keyboard, "390-light"),
    pytest.param(ENGLISH, by_keyboard, "390-dark"),
    pytest.param(DANISH, by_touch, "390-dark", marks=pytest.mark.long),
    pytest.param(DANISH, by_touch, "320-light", marks=pytest.mark.long),
    pytest.param(DANISH, by_touch, "1280-light", marks=pytest.mark.long),
    pytest.param(DANISH, by_keyboard, "390-light", marks=pytest.mark.long),
    pytest.param(DANISH, by_keyboard, "390-dark", marks=pytest.mark.long),
    pytest.param(ENGLISH, by_touch, "390-light", marks=pytest.mark.long),
    pytest.param(ENGLISH, by_touch, "390-dark", marks=pytest.mark.long),
]
TOLD_EVERY_DAY = (DANISH, by_touch, "390-dark")
PAIRINGS = [
    pytest.param(words, press, look, marks=() if (words, press, look) == TOLD_EVERY_DAY else pytest.mark.long)
    for words in (DANISH, ENGLISH)
    for press in (by_touch, by_keyboard)
    for look in ("390-light", "390-dark")
]


@pytest.mark.parametrize(("words", "press", "look"), TELLINGS)
def test_the_story_of_a_demo_citizen(browser: Browser, server: str, words: Words, press: Press, look: str) -> None:
    context, phone = phone_on(browser, server, look)
    story = Story(phone, words, press)

    story.at_the_door()
    press(phone.page.get_by_role("button", name=re.compile("Karen")).first)
    story.today()
    story.medicine_with_a_question("Metformin", QUESTION)
    story.answered_appointment("Kontrol af KOL", QUESTION, to_the_end=look == "390-light")
    story.taken_back_question("Metformin")
    story.consents_and_log()
    story.out()

    assert "Karen Mikkelsen" not in phone.page.title()
    assert phone.page.get_by_text("Metformin").count() == 0
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


@pytest.mark.parametrize(("words", "press", "look"), PAIRINGS)
def test_the_story_of_an_imported_citizen_who_logs_in_at_a_provider(
    tmp_path: Path, browser: Browser, provider: OpenidProvider, words: Words, press: Press, look: str
) -> None:
    settings = {
        "NAERBLIK_OIDC_ISSUER": provider.url,
        "NAERBLIK_OIDC_CLIENT_ID": provider.client_id,
        "NAERBLIK_OIDC_CLIENT_SECRET": provider.client_secret,
    }
    with served(imported(tmp_path), **settings) as address:
        context, phone = phone_on(browser, address, look)
        story = Story(phone, words, press)

        story.at_the_door()
        press(phone.page.get_by_role("link", name=re.compile("MitID")))
        phone.page.get_by_role("button", name="Log in").click()
        story.today()
        story.medicine_with_a_question("Spiriva", QUESTION)
        story.answered_appointment("Øjenundersøgelse", QUESTION, to_the_end=False)
        expect(phone.page.get_by_text("Tag solbriller med.")).to_be_visible()
        story.taken_back_question("Spiriva")
        story.consents_and_log()
        story.out()
        context.close()
    assert phone.complaints == []
    assert phone.hosts <= {"localhost", "127.0.0.1"}
