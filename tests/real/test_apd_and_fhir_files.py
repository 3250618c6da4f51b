"""The national test documents: an appointment at its fullest, and the families of HL7 Denmark."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.gateways import apd, fhir, xml

FOLDER = os.environ.get("NAERBLIK_REAL_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="NAERBLIK_REAL_DATA names no folder of real data")


def bytes_of(name: str) -> bytes:
    return (Path(FOLDER or "") / name).read_bytes()


def test_the_fullest_appointment_document_is_read() -> None:
    root = xml.parse(bytes_of("apd/apd-2.0.1-maximum.xml"))
    assert apd.is_mine(root)
    (citizen,) = apd.read(root).citizens
    (found,) = citizen.appointments
    assert (found.kind, found.guiding_time, found.status) == ("region", True, "active")
    assert (found.start, found.end) == (
        datetime(2022, 10, 1, 8, tzinfo=UTC), datetime(2022, 10, 1, 8, 30, tzinfo=UTC))  # fmt: skip
    assert all((found.title, found.organisation, found.reason, found.series, found.as_of))
    assert all((found.place.name, found.place.address, found.place.phone, found.place.sor))


def test_the_families_are_read_with_their_relations() -> None:
    facts = fhir.read(fhir.parse(bytes_of("dk-core/test-patients-bundle.json")))
    assert len(facts.citizens) == 24
    assert sum(len(each.relations) for each in facts.citizens) == 24
    assert facts.ignored == 4
    assert sum(each.person.deceased for each in facts.citizens) == 1


def test_each_of_the_families_comes_back_from_the_export() -> None:
    for each in fhir.read(fhir.parse(bytes_of("dk-core/test-patients-bundle.json"))).citizens:
        made = fhir.bundle(
            person=each.person, relations=each.relations, medications=(), prescriptions=(), appointments=(),
            consents=(), now=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        assert fhir.read(fhir.parse(json.dumps(made).encode())).citizens == (each,)
