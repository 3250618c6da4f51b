"""Medications and prescriptions survive storage unchanged."""

import json

from hypothesis import given

from app.medication import card_json
from app.medication.card import Medication, Prescription
from tests.medication import plans


@given(plans.MEDICATIONS)
def test_a_medication_comes_back_as_it_was(medication: Medication) -> None:
    stored = json.loads(json.dumps(card_json.medication_to_json(medication)))
    assert card_json.medication_from_json(stored) == medication


@given(plans.PRESCRIPTIONS)
def test_a_prescription_comes_back_as_it_was(prescription: Prescription) -> None:
    stored = json.loads(json.dumps(card_json.prescription_to_json(prescription)))
    assert card_json.prescription_from_json(stored) == prescription
