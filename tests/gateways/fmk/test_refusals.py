"""What the FMK schema forbids refuses the answer, and the reason quotes nothing of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import errors
from app.gateways import fmk, xml
from tests.gateways.fmk import answers
from tests.gateways.fmk.answers import card, dose, fixed, medication, patient, prescription, structure

ENDED = "<b:StartDate>2026-01-02</b:StartDate><b:EndDate>2026-01-01</b:EndDate>"
IMPOSSIBLE = "<b:StartDate>2025-02-30</b:StartDate><b:DosageEndingUndetermined/>"


def amount(text: str) -> bytes:
    return card(medication(fixed(structure(dose(f"<b:Quantity>{text}</b:Quantity>")))))


def interval(text: str) -> bytes:
    return card(medication(fixed(structure(iteration=f"<b:IterationInterval>{text}</b:IterationInterval>"))))


def ranged(least: str, most: str) -> bytes:
    quantity = f"<b:MinimalQuantity>{least}</b:MinimalQuantity><b:MaximalQuantity>{most}</b:MaximalQuantity>"
    return card(medication(fixed(structure(dose(quantity)))))


REFUSED = {
    "two citizens": card().replace(b"</MedicineCard>", b"</MedicineCard>" + patient("0202702345").encode()),
    "another register": card(about=patient(source="MedicineCardKey")),
    "no person number": card(about=patient("3113701234")),
    "impossible date": card(medication(fixed(structure(bounds=IMPOSSIBLE)))),
    "end before start": card(medication(fixed(structure(bounds=ENDED)))),
    "NaN": amount("NaN"),
    "minus one": amount("-1"),
    "exponent": amount("1e5"),
    "INF": amount("INF"),
    "ten fraction digits": amount("0.1234567891"),
    "largest below least": ranged("2", "1"),
    "two kinds of amount": card(
        medication(fixed(structure(dose("<b:Quantity>1</b:Quantity><b:MaximalQuantity>2</b:MaximalQuantity>"))))
    ),
    "interval 0": interval("0"),
    "interval 366": interval("366"),
    "day 0": card(medication(fixed(structure(number="0")))),
    "no dose": card(medication(fixed(structure(doses="")))),
    "unknown dosage type": card(medication(fixed(kind="sommetider"))),
    "unknown status": card(prescription(status="halvåben")),
    "teatime": card(medication(fixed(structure(dose(time="teatime"))))),
    "clock past midnight": card(medication(fixed(structure(dose(time="25:00:00"))))),
    "version abc": card(version="abc"),
    "medication version 0": card(medication(version="0")),
    "no identifier": card(medication(identifier="")),
    "no course": card(medication(course="")),
    "two contents of one id": card(medication(), medication(version="12")),
    "foreign element": card(medication(more="<x:Paused/>")),
    "identifier in a foreign namespace": card(medication(identifier="<x:Identifier>7</x:Identifier>")),
    "no card": answers.document(patient()),
    "organisation": answers.document("<Organisation/>" + patient(), "GetPrescriptionResponse", "E6"),
    "nobody": answers.document("", "GetDrugMedicationResponse"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_schema_forbids_is_refused_without_values(name: str) -> None:
    with pytest.raises(errors.Refused) as refusal:
        answers.read(REFUSED[name])
    for secret in ("0101701234", "0202702345", "Alma", "Prøvecetamol", "teatime", "halvåben", "2025-02-30"):
        assert secret not in refusal.value.detail


def test_two_hundred_thousand_siblings_are_no_trouble() -> None:
    facts = answers.read(card("<PreviousVersion>1</PreviousVersion>" * 200_000))
    assert facts.card is not None
    assert facts.card.medications == ()


def tell(data: bytes) -> str:
    try:
        root = xml.parse(data)
        return "read" if fmk.is_mine(root) and fmk.read(root) else "not mine"
    except errors.Refused:
        return "refused"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_card_with_a_piece_cut_or_changed_is_read_or_refused(data: st.DataObject) -> None:
    whole = card(medication(extra=prescription()))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    broken = whole[:start] + data.draw(st.binary(max_size=5)) + whole[end:]
    assert tell(broken) in ("read", "refused", "not mine")
