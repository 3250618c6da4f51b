"""Items one by one, where a block or a consent is limited to some of the data: the pure rule, and what is read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.access import sight
from app.appointments import service as appointments
from app.appointments.appointment import Appointment, Place
from app.consent import history, rules
from app.consent.event import Citizen, Event, Item, Limit, Party, Request
from app.grant import Actor
from app.medication import service as medication
from app.medication.card import CardAnswer, Medication, Prescription
from app.medication.rules import Course
from tests.consent import municipality
from tests.consent.municipality import CASEWORKER, MUNICIPALITY
from tests.house import House

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DAY = date(2026, 1, 1)
REQUEST = Request("staff:mette", "medication:read", "casework", "caseworker", MUNICIPALITY, "substantial")
PLACES = ["sor:1", "sor:2", None]


def terms(number: int, kind: str, limit: Limit | None) -> Event:
    """A consent to the municipality, or a block against it."""
    return Event(
        id=f"e{number}",
        citizen_id="A",
        kind=kind,  # type: ignore[arg-type]
        grant_id=f"e{number}",
        given_by="A",
        recorded_at=AT - timedelta(days=1),
        grantee=Party("organisation", organisation=MUNICIPALITY),
        actions=frozenset({REQUEST.action}),
        purposes=frozenset({REQUEST.purpose}),
        limit=limit,
        valid_from=AT - timedelta(days=1),
        valid_to=AT + timedelta(days=1) if kind == "grant" else None,
    )


days = st.integers(0, 6).map(lambda number: DAY + timedelta(days=number))
spans = st.tuples(days, days).map(sorted)
limits = st.builds(
    lambda organisation, span, cut: Limit(organisation, *((span[0], None), (None, span[1]), span)[cut]),
    st.sampled_from(PLACES),
    spans,
    st.integers(0, 2),
)
many = st.lists(st.tuples(st.sampled_from(["grant", "deny"]), st.none() | limits), max_size=6)


FROM, INSIDE, UNTIL = (
    Limit(None, DAY + timedelta(days=4)),
    Limit(None, DAY + timedelta(days=2), DAY + timedelta(days=3)),
    Limit(None, None, DAY + timedelta(days=1)),
)
WEEK = [DAY, DAY + timedelta(days=6)]


@example(said=[("grant", FROM)], span=WEEK, organisation=None)
@example(said=[("grant", None), ("deny", INSIDE)], span=WEEK, organisation=None)
@example(said=[("grant", UNTIL), ("grant", FROM)], span=WEEK, organisation=None)
@example(said=[("grant", UNTIL), ("grant", INSIDE), ("grant", FROM)], span=WEEK, organisation=None)
@given(said=many, span=spans, organisation=st.sampled_from(PLACES))
def test_an_item_is_seen_when_it_is_on_each_of_its_days(said: Any, span: list[date], organisation: str | None) -> None:
    known = history.fold(Citizen("A"), [terms(number, *each) for number, each in enumerate(said)])
    whole = rules.decide(known, REQUEST, AT, AT)
    sees = sight.sight_of(whole, known, REQUEST, AT, ())

    def on(day: date) -> bool:
        asked = replace(REQUEST, item=Item(organisation, day))
        return rules.decide(known, asked, AT, AT).outcome == "permit"

    each = all(on(span[0] + timedelta(days=number)) for number in range((span[1] - span[0]).days + 1))
    if sees is None:
        assert each == (whole.outcome == "permit")
    else:
        assert sees(organisation, *span) == each


@pytest.mark.parametrize(("first", "last"), [(None, None), (DAY, None), (None, DAY), (DAY, DAY - timedelta(days=1))])
def test_what_has_no_known_days_is_blocked_and_not_given(first: date | None, last: date | None) -> None:
    for kind, others in (("deny", [("grant", None)]), ("grant", [])):
        said = [(kind, Limit(None, date.min, date.max)), *others]
        known = history.fold(Citizen("A"), [terms(number, *each) for number, each in enumerate(said)])
        sees = sight.sight_of(rules.decide(known, REQUEST, AT, AT), known, REQUEST, AT, ())

        assert sees is not None
        assert not sees("sor:1", first, last)


def test_a_place_of_another_register_may_be_a_part_of_the_one_that_is_blocked() -> None:
    said = [("grant", None), ("deny", Limit("cvr:29189420"))]
    known = history.fold(Citizen("A"), [terms(number, *each) for number, each in enumerate(said)])
    sees = sight.sight_of(rules.decide(known, REQUEST, AT, AT), known, REQUEST, AT, ())

    assert sees is not None
    assert [sees(each, DAY, DAY) for each in ("sor:1", None, "cvr:29189420", "cvr:11111111")] == [False] * 3 + [True]


ON_CARD = (
    Medication("old", 1, name="Gammel", course=Course(date(2018, 1, 1), date(2018, 3, 1))),
    Medication("running", 1, name="Løbende", course=Course(date(2018, 1, 1))),
    Medication("new", 1, name="Ny", course=Course(date(2026, 11, 1))),
    Medication("undated", 1, name="Udateret"),
)
PRESCRIBED = (Prescription("r-old", "old"), Prescription("r-new", "new"), Prescription("r-loose", name="Løs"))


def reader(house: House) -> str:
    """A citizen with a card, who has said yes to the municipality."""
    citizen = house.citizen(card=CardAnswer(version=1, medications=ON_CARD, prescriptions=PRESCRIBED))
    municipality.give(house, citizen)
    return citizen


def names(house: House, citizen: str, actor: Actor = CASEWORKER) -> list[str | None]:
    with house.open(citizen, "medication:read", actor) as (session, grant):
        card = medication.read_card(session, grant)
    shown = [each.medication.name for each in (*card.medications, *card.off_card)]
    return shown + [each.name for each in card.prescriptions_off_card]


EVERYTHING = ["Gammel", "Løbende", "Ny", "Udateret", "Løs"]


@pytest.mark.parametrize(
    ("limit", "seen"),
    [
        (Limit(None, date(2018, 1, 1), date(2018, 12, 31)), ["Ny"]),
        (Limit(None, date(2020, 1, 1), None), ["Gammel"]),
        (Limit(None, None, date(2017, 12, 31)), ["Gammel", "Løbende", "Ny"]),
        (Limit("sor:1"), []),
    ],
)
def test_a_block_on_data_of_a_time_or_place_hides_that_and_what_is_undated(
    light_house: House, limit: Limit, seen: list[str]
) -> None:
    citizen = reader(light_house)
    before = names(light_house, citizen)
    block = municipality.block(light_house, citizen, Party("organisation", organisation=MUNICIPALITY), limit=limit)
    hidden = names(light_house, citizen)
    own = names(light_house, citizen, Actor(citizen, "citizen"))
    municipality.withdraw(light_house, citizen, block.event.grant_id)

    assert (before, hidden, own) == (EVERYTHING, seen, EVERYTHING)
    assert names(light_house, citizen) == EVERYTHING


def test_the_law_does_not_ask_item_by_item(light_house: House) -> None:
    citizen = reader(light_house)
    municipality.block(light_house, citizen, Party("everyone"), limit=Limit(None, date(2018, 1, 1), None))

    with light_house.open(citizen, "medication:read") as (session, grant):
        assert len(medication.read_card(session, grant).medications) == len(ON_CARD)


def test_appointments_are_seen_by_their_place_and_day(light_house: House) -> None:
    start = datetime(2026, 12, 1, 9, tzinfo=UTC)
    held = [
        Appointment("a", start, None, title="Et", place=Place(sor="1")),
        Appointment("b", start, None, title="To", place=Place(sor="2")),
        Appointment("c", start + timedelta(days=40), None, title="Tre", place=Place(sor="2")),
        Appointment("d", None, None, title="Fire"),
    ]
    citizen = light_house.citizen(appointments=tuple(held))
    municipality.give(light_house, citizen, template="deling-paa-tvaers")
    for number, limit in enumerate((Limit("sor:1"), Limit(None, date(2027, 1, 1), None))):
        municipality.block(
            light_house,
            citizen,
            Party("organisation", organisation=MUNICIPALITY),
            f"event-0000000000002{number}",
            actions=frozenset({"appointments:read"}),
            limit=limit,
        )

    with light_house.open(citizen, "appointments:read", CASEWORKER) as (session, grant):
        assert [each.appointment.title for each in appointments.read_appointments(session, grant)] == ["To"]
