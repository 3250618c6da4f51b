"""Calendar files, read back by the library that calendars are read with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from app import errors
from app.appointments.appointment import Appointment, Place
from app.appointments.service import ListedAppointment
from app.gateways import calendar_file
from tests.conftest import NOW

START = NOW + timedelta(days=3)
PLACE = Place("Klinik; nord, 2. sal", "Prøvevej 7, 9999 Prøveby", "70000010")
APPOINTMENT = Appointment(
    "a",
    START,
    START + timedelta(minutes=20),
    title="Kontrol",
    place=PLACE,
    reason="HEMMELIG",
    preparation="Mød\nfastende.",
)
LISTED = ListedAppointment(APPOINTMENT, "fhir", NOW, "the-key", "abc", 17)


def event(listed: ListedAppointment) -> Calendar:
    [found] = Calendar.from_ical(calendar_file.calendar(listed, NOW)).walk("VEVENT")
    return found


def test_the_event_says_when_and_where_and_what_to_do_before() -> None:
    found = event(LISTED)

    assert (found["DTSTART"].dt, found["DTEND"].dt) == (START, START + timedelta(minutes=20))
    assert str(found["LOCATION"]) == "Klinik; nord, 2. sal, Prøvevej 7, 9999 Prøveby"
    assert "Mød\nfastende." in str(found["DESCRIPTION"])
    assert str(found["SUMMARY"]) == "Kontrol"


def test_a_moved_appointment_takes_the_place_of_the_older_event() -> None:
    moved = replace(LISTED, appointment=replace(APPOINTMENT, start=START + timedelta(days=1), end=None), seq=18)

    assert event(LISTED)["UID"] == event(moved)["UID"]
    assert event(LISTED)["SEQUENCE"] < event(moved)["SEQUENCE"]
    assert event(moved)["DTEND"].dt - event(moved)["DTSTART"].dt == calendar_file.UNKNOWN_LENGTH


def test_the_reason_is_not_for_a_calendar_that_others_see() -> None:
    assert b"HEMMELIG" not in calendar_file.calendar(LISTED, NOW)


def test_a_cancelled_one_is_cancelled_there_too() -> None:
    assert event(replace(LISTED, appointment=replace(APPOINTMENT, status="cancelled")))["STATUS"] == "CANCELLED"


def test_without_a_time_there_is_nothing_to_put_in() -> None:
    with pytest.raises(errors.Conflict):
        calendar_file.calendar(replace(LISTED, appointment=replace(APPOINTMENT, start=None)), NOW)
