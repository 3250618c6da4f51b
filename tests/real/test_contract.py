"""All real input goes in, and what comes out says what the files say, field for field.

The expectations are read from the files by plain XPath, so that nothing of the gateways is trusted here.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.house import House
from tests.real.oracle import STATUS, expected, find, shown, text
from tests.shell import Shell


@pytest.fixture
def shell(light_house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(light_house, capsys)


def files(real_data: Path) -> list[Path]:
    wanted = ("fmk/*.xml", "apd/*.xml", "dk-core/*.json")
    return [path for pattern in wanted for path in sorted(real_data.glob(pattern))]


def test_all_real_input_goes_in_and_again_changes_nothing(real_data: Path, shell: Shell) -> None:
    paths = files(real_data)

    code, report = shell.run("import", *paths)
    _, again = shell.run("import", *paths)

    assert (code, report["refused"], report["files"]) == (0, [], len(paths))
    assert report["ignored"] > 0
    counted = ("medications", "prescriptions", "appointments", "consents")
    assert report["medications"] > 0
    assert report["prescriptions"] > 0
    assert report["appointments"] > 0
    assert [again[key] for key in counted] == [0, 0, 0, 0]
    assert again["citizens"] == report["citizens"]
    assert again["unchanged"] >= sum(report[key] for key in counted)


def test_every_card_says_what_its_file_says(real_data: Path, shell: Shell) -> None:
    shell.run("import", *files(real_data))
    cards = sorted((real_data / "fmk").glob("medicine-card-*.xml"))

    assert cards
    for path in cards:
        root = etree.parse(path).getroot()
        source = find(root, "MedicineCard")[0]
        code, card = shell.run("card", text(source, "Patient/Person/PersonIdentifier"))
        medications = find(source, "DrugMedication")

        assert code == 0
        assert card["version"] == text(source, "Version")
        assert card["as_of"] == text(source, "Modified/DateTime")
        assert card["private_count"] == len(find(source, "PrivateDrugMedication"))
        assert card["citizen"]["born"] == text(source, "Patient/Person/BirthDate")
        listed = {each["id"]: each for each in card["medications"]}
        assert list(listed)[: len(medications)] == [text(each, "Identifier") for each in medications]
        for each in medications:
            assert shown(listed[text(each, "Identifier") or ""]) == expected(each)


def test_prescriptions_hang_where_they_are_attached(real_data: Path, shell: Shell) -> None:
    shell.run("import", *files(real_data))
    checked = 0
    for path in sorted((real_data / "fmk").glob("get-prescription-*.xml")):
        root = etree.parse(path).getroot()
        _, card = shell.run("card", text(root, "Patient/Person/PersonIdentifier"))
        attached = {
            (prescription["id"], medication["id"]): prescription
            for medication in card["medications"]
            for prescription in medication["prescriptions"]
        }
        off = {prescription["id"]: prescription for prescription in card["prescriptions_off_card"]}
        on_card = {medication["id"] for medication in card["medications"]}
        for each in find(root, "Prescription"):
            of, to = text(each, "Identifier"), text(each, "AttachedToDrugMedicationIdentifier")
            found = attached[(of, to)] if to in on_card else off[of]
            assert found["status"] == STATUS[text(each, "Status") or ""]
            assert found["valid_to"] == text(each, "ValidToDate")
            assert found["package"] == text(each, "PackageRestriction/PackageSize/PackageSizeText")
            checked += 1

    assert checked > 0


def test_dispensings_left_are_iterations_less_dispensings(real_data: Path, shell: Shell) -> None:
    path = real_data / "fmk" / "effectuation-examples.xml"
    shell.run("import", path)
    root = etree.parse(path).getroot()
    _, card = shell.run("card", text(root, "Patient/Person/PersonIdentifier"))
    left = {each["id"]: each["dispensings_left"] for each in card["prescriptions_off_card"]}

    for each in find(root, "Prescription"):
        iterations = text(each, "PackageRestriction/IterationNumber")
        dispensed = len(find(each, "Order/Effectuation"))
        assert left[text(each, "Identifier")] == (int(iterations) - dispensed if iterations else None)


def test_the_appointment_says_what_its_document_says(real_data: Path, shell: Shell) -> None:
    path = real_data / "apd" / "apd-2.0.1-maximum.xml"
    shell.run("import", path)
    root = etree.parse(path).getroot()
    encounter = find(root, "component/structuredBody/component/section/entry/encounter")[0]
    number = root.xpath("//*[local-name()='recordTarget']//*[local-name()='id'][@root='1.2.208.176.1.2']/@extension")[0]

    code, answer = shell.run("appointments", number)
    [appointment] = answer["appointments"]

    assert code == 0
    assert appointment["id"] == find(encounter, "id")[0].get("extension")
    assert appointment["start"] == "2022-10-01T10:00:00+02:00"
    assert appointment["end"] == "2022-10-01T10:30:00+02:00"
    assert appointment["as_of"] == "2022-09-09T09:11:00+02:00"
    assert appointment["guiding_time"] is True
    assert (appointment["kind"], appointment["status"], appointment["source"]) == ("region", "active", "apd")
    assert appointment["place"]["name"] == text(encounter, "participant/participantRole/playingEntity/name")
    assert appointment["place"]["phone"] == "66113333"
    assert appointment["place"]["sor"] == find(encounter, "participant/participantRole/id")[0].get("extension")
    assert appointment["place"]["address"].endswith("5700 Svendborg")
    organisation = text(encounter, "performer/assignedEntity/representedOrganization/name")
    assert appointment["organisation"] == (organisation or "").strip()
    assert appointment["reason"] == find(encounter, "entryRelationship/observation/code")[0].get("displayName")
    assert appointment["series"] == find(encounter, "precondition/criterion/value")[0].get("extension")


def test_families_come_out_of_the_export(real_data: Path, shell: Shell) -> None:
    path = real_data / "dk-core" / "test-patients-bundle.json"
    shell.run("import", path)
    resources = [entry["resource"] for entry in json.loads(path.read_text())["entry"]]
    patients = [each for each in resources if each["resourceType"] == "Patient"]
    relations = [each for each in resources if each["resourceType"] == "RelatedPerson"]

    assert patients
    named = 0
    for patient in patients:
        number = patient["identifier"][0]["value"]
        code, bundle = shell.run("export", number, "--format", "fhir")
        given = [entry["resource"] for entry in bundle["entry"]]
        [exported] = [each for each in given if each["resourceType"] == "Patient"]
        assert code == 0
        assert number in [each["value"] for each in exported["identifier"]]
        assert exported["name"][0]["family"] == patient["name"][0]["family"]
        assert exported["birthDate"] == patient["birthDate"]
        assert exported.get("deceasedBoolean") == patient.get("deceasedBoolean")
        own = [each for each in relations if each["patient"]["reference"] == f"Patient/{patient['id']}"]
        exported_relations = [each for each in given if each["resourceType"] == "RelatedPerson"]
        assert sorted(_who(each) for each in exported_relations) == sorted(_who(each) for each in own)
        named += len(own)

    assert named == len(relations)


def _who(relation: dict[str, Any]) -> tuple[str, str]:
    return relation["identifier"][0]["value"], relation["relationship"][0]["coding"][0]["code"]
