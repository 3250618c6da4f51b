"""What is read from the three answers of FMK."""

from datetime import date
from decimal import Decimal

from app.gateways import fmk, xml
from app.medication import rules
from app.medication.card import Medication, Prescription
from tests.gateways.fmk import answers


def one(data: bytes) -> Medication:
    facts = answers.read(data)
    assert facts.card is not None
    (medication,) = facts.card.medications
    return medication


def prescriptions(data: bytes) -> tuple[Prescription, ...]:
    facts = answers.read(data)
    assert facts.card is not None
    return facts.card.prescriptions


def test_a_card_tells_its_version_its_time_and_its_citizen() -> None:
    facts = answers.read(answers.card(answers.medication()))
    assert facts.card is not None
    assert (facts.card.version, facts.card.as_of) == (5, "2026-02-02T10:00:00Z")
    assert (facts.person.name, facts.person.born) == ("Alma Bo Prøve", date(1970, 1, 1))
    assert facts.person.numbers[0].kind == "cpr"


def test_a_protected_address_is_told_and_an_open_one_kept() -> None:
    hidden = answers.read(answers.card(about=answers.patient(place="<b:AddressProtected/>")))
    assert hidden.person.protected
    place = "<b:Address><b:StreetName>Prøvevej</b:StreetName><b:DistrictName>By</b:DistrictName></b:Address>"
    shown = answers.read(answers.card(about=answers.patient(place=place)))
    assert dict(shown.person.details)["address"] == [{"line": ["Prøvevej"], "city": "By"}]


def test_a_medication_keeps_the_sources_own_values() -> None:
    medication = one(answers.card(answers.medication()))
    assert (medication.id, medication.version, medication.name) == ("7", 11, "Prøvecetamol")
    assert (medication.atc, medication.active_substance, medication.strength) == ("N02BE01", "Paracetamol", "500.0 mg")
    assert (medication.prescriber, medication.organisation) == ("Asta Eg", "Lægerne Å")
    assert medication.changed_at == "2026-01-02T03:04:05Z"
    assert (medication.indication, medication.route) == ("mod smerter", "Oral anvendelse")


def test_dosage_texts_are_word_for_word() -> None:
    text = one(answers.card(answers.medication())).text
    assert (text.kind, text.short, text.long) == ("fixed", "kort\n", " lang\ntekst")


def test_the_combined_text_goes_before_the_structures_and_a_missing_short_is_none() -> None:
    combined = "<b:DosageTranslationCombined><b:LongText>samlet</b:LongText></b:DosageTranslationCombined>"
    text = one(answers.card(answers.medication(answers.fixed(combined=combined)))).text
    assert (text.short, text.long) == (None, "samlet")


def test_an_unstated_type_is_told_from_the_structures() -> None:
    assert one(answers.card(answers.medication(answers.fixed(kind="ikke angivet")))).text.kind == "fixed"


def test_free_text_and_schema_are_left_unplanned() -> None:
    free = f"<Dosage><FreeText>{answers.UNENDING}<b:Text> efter skema </b:Text></FreeText><Type>fast</Type></Dosage>"
    medication = one(answers.card(answers.medication(free)))
    assert (medication.text.kind, medication.text.long) == ("free_text", " efter skema ")
    assert medication.plan == rules.Dosage(unplanned="free_text", start=date(2026, 1, 1))
    name = "AdministrationAccordingToSchemaInLocalSystem"
    schema = f"<Dosage><{name}>{answers.UNENDING}</{name}><Type>ikke angivet</Type></Dosage>"
    assert one(answers.card(answers.medication(schema))).plan.unplanned == "schema"


def test_ranges_clock_times_and_breaks_are_read() -> None:
    amount = "<b:MinimalQuantity>1</b:MinimalQuantity><b:MaximalQuantity>2.5</b:MaximalQuantity>"
    pause = f"<b:EmptyStructure>{answers.UNENDING}</b:EmptyStructure>"
    dosage = answers.fixed(answers.structure(answers.dose(amount, "08:30:00"), "<b:NotIterated/>") + pause)
    first, second = one(answers.card(answers.medication(dosage))).plan.periods
    assert first.interval is None
    assert first.days == ((1, (rules.Dose("08:30:00", Decimal(1), Decimal("2.5")),)),)
    assert second.days == ()


def test_a_pause_and_a_discontinuation_are_read() -> None:
    more = (
        f"<Paused><b:FromDate>2026-03-01</b:FromDate>{answers.BY}<b:DateTime>2026-03-01T10:00:00Z</b:DateTime></Paused>"
    )
    assert one(answers.card(answers.medication(more=more))).course.pause == rules.Pause(date(2026, 3, 1))
    more = f"<Withdrawn>{answers.BY}<b:DateTime>2026-03-01T10:00:00Z</b:DateTime></Withdrawn>"
    assert one(answers.card(answers.medication(more=more))).course.discontinued_at is not None


def test_nothing_of_a_private_medication_is_kept() -> None:
    hidden = answers.medication(more="<IsPrivateDrugMedication/>", extra=answers.prescription())
    facts = answers.read(answers.card(hidden))
    assert facts.card is not None
    assert facts.card.medications == (Medication("7", 11, private=True),)
    assert facts.card.prescriptions == (Prescription("900", private=True),)
    bare = "<PrivateDrugMedication><b:Identifier>8</b:Identifier><b:Version>2</b:Version></PrivateDrugMedication>"
    assert one(answers.card(bare)) == Medication("8", 2, private=True)


def test_an_embedded_prescription_is_attached_to_its_medication() -> None:
    (found,) = prescriptions(answers.card(answers.medication(extra=answers.prescription())))
    assert (found.medication_id, found.status, found.package) == ("7", "open", "100 stk.")


def test_dispensings_left_are_iterations_less_dispensings() -> None:
    iterations = (
        "<IterationNumber>3</IterationNumber><IterationInterval>2</IterationInterval>"
        "<IterationIntervalUnit>uger</IterationIntervalUnit>"
    )
    order = "<Order><Status>Udført</Status><Effectuation/></Order>"
    invalid = "<Order><Status>Annulleret</Status><InvalidEffectuation/></Order>"
    for orders, left in (("", 3), (order + invalid, 2), (order * 4, 0)):
        content = answers.patient() + answers.prescription(iterations=iterations, orders=orders)
        (found,) = prescriptions(answers.document(content, "GetPrescriptionResponse", "E6"))
        assert found.dispensings_left == left
    (without,) = prescriptions(answers.card(answers.prescription()))
    assert without.dispensings_left is None


def test_news_of_single_medications_has_no_card_version() -> None:
    number = '<PersonIdentifier source="CPR">0101701234</PersonIdentifier>'
    facts = answers.read(answers.document(number + answers.medication(), "GetDrugMedicationResponse"))
    assert facts.card is not None
    assert facts.card.version is None
    assert facts.person.name is None


def test_the_same_item_twice_is_one() -> None:
    assert one(answers.card(answers.medication(), answers.medication())).id == "7"


def test_an_answer_of_another_namespace_is_not_mine() -> None:
    assert not fmk.is_mine(xml.parse(b'<GetMedicineCardResponse xmlns="urn:other"/>'))
    assert not fmk.is_mine(xml.parse(b"<GetMedicineCardResponse/>"))
    assert fmk.is_mine(xml.parse(answers.card()))


def test_replacement_numbers_are_read() -> None:
    facts = answers.read(answers.card(about=answers.patient("010170-1ab2", "X-eCPR")))
    assert (facts.person.numbers[0].value, facts.person.numbers[0].kind) == ("0101701AB2", "x-ecpr")
