"""Appointment documents: what is read of them, and what refuses them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.gateways import apd, xml
from app.gateways.facts import Facts

ENCOUNTER = """
<encounter classCode="ENC" moodCode="APT">
  <id root="1.2.208.184" extension="a-1"/>
  <code code="MunicipalityAppointment" codeSystem="1.2.208.184.100.1"/>
  <statusCode code="active"/>
  <effectiveTime><low value="20270110093000+0100"/><high value="202701101000+0100"/></effectiveTime>
  <performer><assignedEntity><representedOrganization><name> Hjemmeplejen Nord </name></representedOrganization>
  </assignedEntity></performer>
  <participant typeCode="LOC"><participantRole classCode="SDLOC">
    <id root="1.2.208.176.1.1" extension="111111111111111"/>
    <addr><streetName>Prøvevej</streetName><houseNumber>7</houseNumber>
      <postalCode>9999</postalCode><city>Prøveby</city></addr>
    <telecom value="mailto:x@example.dk"/><telecom value="tel:00000000"/>
    <playingEntity><name>Sundhedshuset</name></playingEntity></participantRole></participant>
  <entryRelationship typeCode="RSON"><observation><code nullFlavor="NI" displayName="Sårpleje"/>
    </observation></entryRelationship>
  <precondition><criterion><code code="GuidedIntervalType"/></criterion></precondition>
  <precondition><criterion><code code="RepeatingAppointmentType"/>
    <value root="1" extension="s-1"/></criterion></precondition>
</encounter>"""
PATIENT = """<recordTarget><patientRole><id root="1.2.208.176.1.2" extension="0101010123"/>
<patient><name><given>Prøve</given><family>Person</family></name><administrativeGenderCode code="F"/>
<birthTime value="20010101"/></patient></patientRole></recordTarget>"""
DOCUMENT = f"""<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="1.2.208.184.14.1" extension="2019-09-10"/>
<code code="39289-4" codeSystem="2.16.840.1.113883.6.1"/><title>Aftale for 0202020234</title>
<effectiveTime value="20270101120000+0100"/>{PATIENT}<component><structuredBody><component><section><title>Besøg</title>
<entry>{ENCOUNTER}</entry></section></component></structuredBody></component></ClinicalDocument>"""


def read(text: str) -> Facts:
    return apd.read(xml.parse(text.encode()))


def test_an_appointment_is_read_with_all_its_parts() -> None:
    (citizen,) = read(DOCUMENT).citizens
    (found,) = citizen.appointments
    assert citizen.person.numbers[0].value == "0101010123"
    assert citizen.person.name == "Prøve Person"
    assert found.id == "a-1"
    assert found.start == datetime(2027, 1, 10, 8, 30, tzinfo=UTC)
    assert found.end == datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
    assert (found.kind, found.guiding_time, found.series) == ("municipality", True, "s-1")
    assert (found.title, found.organisation, found.reason) == ("Besøg", "Hjemmeplejen Nord", "Sårpleje")
    assert found.place.address == "Prøvevej 7, 9999 Prøveby"
    assert (found.place.name, found.place.phone, found.place.sor) == ("Sundhedshuset", "00000000", "111111111111111")
    assert found.as_of == datetime(2027, 1, 1, 11, tzinfo=UTC)


def test_the_number_in_the_title_of_the_document_is_read_nowhere() -> None:
    assert "0202020234" not in repr(read(DOCUMENT))


def test_a_time_without_an_offset_is_copenhagens() -> None:
    found = read(DOCUMENT.replace("20270110093000+0100", "202701100930")).citizens[0].appointments[0]
    assert found.start == datetime(2027, 1, 10, 8, 30, tzinfo=UTC)


def test_an_older_document_may_leave_the_end_open_and_use_another_code() -> None:
    older = DOCUMENT.replace('extension="2019-09-10"', 'extension="2017-06-01"').replace(
        '<high value="202701101000+0100"/>', '<high nullFlavor="NI"/>'
    )
    found = read(older.replace("MunicipalityAppointment", "185353001")).citizens[0].appointments[0]
    assert (found.end, found.kind) == (None, "other")


def test_several_appointments_of_one_document_are_all_read() -> None:
    two = DOCUMENT.replace("</entry>", f"</entry><entry>{ENCOUNTER.replace('a-1', 'a-2')}</entry>")
    assert [each.id for each in read(two).citizens[0].appointments] == ["a-1", "a-2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PATIENT, PATIENT * 2),
        (PATIENT, ""),
        ('<id root="1.2.208.176.1.2" extension="0101010123"/>', ""),
        ("<patient>", '<id root="1.2.208.176.1.2" extension="0202020234"/><patient>'),
        ("20270110093000", "20270230093000"),
        ("20270110093000", "20270111093000"),
        ("20270110093000+0100", "20270110"),
        ('<low value="20270110093000+0100"/>', ""),
        ('<high value="202701101000+0100"/>', '<high nullFlavor="NI"/>'),
        ('<id root="1.2.208.184" extension="a-1"/>', ""),
        ('<id root="1.2.208.184" extension="a-1"/>', '<id root="1" extension="a"/><id root="1" extension="b"/>'),
        ('moodCode="APT"', 'moodCode="EVN"'),
        ('<birthTime value="20010101"/>', '<birthTime value="20011301"/>'),
        ("</entry>", f"</entry><entry>{ENCOUNTER}</entry>"),
    ],
)
def test_a_document_that_cannot_be_right_is_refused_without_its_values(old: str, new: str) -> None:
    assert old in DOCUMENT
    with pytest.raises(errors.Refused) as refusal:
        read(DOCUMENT.replace(old, new))
    assert not any(char.isdigit() for char in refusal.value.detail)


def test_other_clinical_documents_are_not_mine() -> None:
    other = DOCUMENT.replace("1.2.208.184.14.1", "1.2.208.184.11.1").replace("39289-4", "53576-5")
    assert apd.is_mine(xml.parse(DOCUMENT.encode()))
    assert not apd.is_mine(xml.parse(other.encode()))


@given(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 40), st.text('<>/"= aA0é', max_size=6))
def test_a_damaged_document_is_read_or_refused(at: int, length: int, put: str) -> None:
    assert outcome((DOCUMENT[:at] + put + DOCUMENT[at + length :]).encode())


def outcome(data: bytes) -> str:
    """The source of what was read, or the reason of the refusal; any other error is not caught."""
    try:
        root = xml.parse(data)
        return apd.read(root).source if apd.is_mine(root) else "not mine"
    except errors.Invalid as refusal:
        return refusal.detail


COURSE = """<documentationOf><serviceEvent><templateId root="1.2.208.184.10.1.12"/>
<id root="1.2.3" extension="hospital"/><id root="4.5.6" extension="municipality"/><id root="7"/>
<code code="ALAL51" displayName="Graviditet"/></serviceEvent></documentationOf>"""


def test_the_course_is_known_by_all_its_ids_and_the_sources_word() -> None:
    (citizen,) = read(DOCUMENT.replace("<component><structured", f"{COURSE}<component><structured", 1)).citizens

    (found,) = citizen.appointments

    assert found.course.ids == ("1.2.3|hospital", "4.5.6|municipality")
    assert found.course.title == "Graviditet"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://video.example.dk/rum/7", True),
        ("http://video.example.dk/rum/7", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a:b@example.dk/", False),
        ("https://exa mple.dk/", False),
        ("https://[::1", False),
    ],
)
def test_only_a_plain_https_address_is_a_video_visit(address: str, kept: bool) -> None:
    changed = DOCUMENT.replace("mailto:x@example.dk", address)

    (citizen,) = read(changed).citizens

    assert citizen.appointments[0].video_url == (address if kept else None)
