"""Recorded answers of the FMK test environment are read whole."""

import json
import os
from pathlib import Path

import pytest
from lxml import etree

from app.gateways import fmk, xml
from app.medication import card_json

FOLDER = os.environ.get("NAERBLIK_REAL_DATA")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="NAERBLIK_REAL_DATA names no folder of real input")


def files() -> list[Path]:
    found = sorted((Path(FOLDER or "") / "fmk").glob("*.xml"))
    assert found
    return found


def shown(root: etree._Element, name: str) -> list[str]:
    """The identifiers of all elements of a name, told without the gateway."""
    return [each.findtext("{*}Identifier") or "" for each in root.iter("{*}" + name)]


def test_every_medication_and_prescription_of_an_answer_is_read_in_order() -> None:
    for path in files():
        root = xml.parse(path.read_bytes())
        (facts,) = fmk.read(root).citizens
        assert facts.card is not None
        public = [each.id for each in facts.card.medications if not each.private]
        assert public == shown(root, "DrugMedication")
        assert sum(each.private for each in facts.card.medications) == len(shown(root, "PrivateDrugMedication"))
        assert [each.id for each in facts.card.prescriptions] == shown(root, "Prescription")


def test_dosage_texts_are_those_of_the_source() -> None:
    for path in files():
        root = xml.parse(path.read_bytes())
        (facts,) = fmk.read(root).citizens
        assert facts.card is not None
        texts = {each.text for each in root.iter("{*}LongText", "{*}ShortText", "{*}Text")}
        for medication in facts.card.medications:
            assert medication.text.long in texts | {None}
            assert medication.text.short in texts | {None}


def test_every_real_medication_survives_storage() -> None:
    for path in files():
        (facts,) = fmk.read(xml.parse(path.read_bytes())).citizens
        assert facts.card is not None
        for each in facts.card.medications:
            assert card_json.medication_from_json(json.loads(json.dumps(card_json.medication_to_json(each)))) == each
