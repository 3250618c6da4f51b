"""Taking an exception out of a whole leaves all the rest and nothing of the exception."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.consent import region
from app.consent.event import Item, Limit, Party
from app.consent.region import Inexpressible, Region

B, C = Party("person", "B"), Party("person", "C")
HOUSE, OTHER = Party("organisation", None, "cvr:1"), Party("organisation", None, "cvr:2")
DOCTOR = Party("role", "doctor", "cvr:1")
START = datetime(2026, 3, 1, tzinfo=UTC)
INSTANTS = [START + timedelta(days=each) for each in range(4)]
DAYS = [date(2026, 1, each) for each in range(1, 5)]


@dataclass(frozen=True)
class Point:
    """Somebody who asks for one item at one instant."""

    person: str
    role: str | None
    organisation: str | None
    action: str
    purpose: str
    item: Item
    at: datetime


def some(of: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of), min_size=1)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    begins, ends = sorted(draw(st.lists(st.sampled_from(INSTANTS), min_size=2, max_size=2, unique=True)))
    first, last = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
    parties = draw(st.none() | st.lists(st.sampled_from([B, C, HOUSE, OTHER, DOCTOR]), min_size=1, max_size=2))
    return Region(
        None if parties is None else tuple(dict.fromkeys(parties)),
        draw(some(["read", "mark"])),
        draw(some(["treatment", "casework"])),
        Limit(
            draw(st.sampled_from([None, None, "sor:1", "sor:2"])),
            draw(st.sampled_from([None, first])),
            draw(st.sampled_from([None, last])),
        ),
        draw(st.sampled_from([None, begins])),
        draw(st.sampled_from([None, ends])),
    )


POINTS = st.builds(
    Point,
    st.sampled_from(["B", "C", "D"]),
    st.sampled_from([None, "doctor", "nurse"]),
    st.sampled_from([None, "cvr:1", "cvr:2"]),
    st.sampled_from(["read", "mark"]),
    st.sampled_from(["treatment", "casework"]),
    st.builds(Item, st.sampled_from(["sor:1", "sor:2", "sor:3"]), st.sampled_from(DAYS)),
    st.sampled_from(INSTANTS),
)


def is_in(point: Point, of: Region) -> bool:
    named = of.parties is None or any(is_party(point, each) for each in of.parties)
    if not named or any(is_party(point, each) for each in of.exceptions):
        return False
    limit, day = of.limit, point.item.day
    assert day is not None
    return (
        point.action in of.actions
        and point.purpose in of.purposes
        and limit.organisation in (None, point.item.organisation)
        and (limit.first or date.min) <= day <= (limit.last or date.max)
        and (of.begins or START) <= point.at
        and (of.ends is None or point.at < of.ends)
    )


def is_party(point: Point, party: Party) -> bool:
    if party.type == "person":
        return party.id == point.person
    return party.organisation == point.organisation and party.id in (None, point.role)


@settings(max_examples=500)
@given(regions(), regions(), st.lists(POINTS, min_size=20, max_size=20))
def test_a_request_lies_in_the_exception_or_in_what_is_left_and_never_in_both(
    whole: Region, cut: Region, points: list[Point]
) -> None:
    try:
        left = region.without(whole, cut)
    except Inexpressible:
        assume(False)
    for point in points:
        assert any(is_in(point, each) for each in left) == (is_in(point, whole) and not is_in(point, cut))


@settings(max_examples=500)
@given(regions(), regions(), st.lists(POINTS, min_size=20, max_size=20))
def test_what_is_held_lies_inside(whole: Region, part: Region, points: list[Point]) -> None:
    if region.holds(whole, part):
        assert all(is_in(point, whole) for point in points if is_in(point, part))


@given(regions())
def test_a_region_holds_itself_and_leaves_nothing_of_itself(whole: Region) -> None:
    assert region.holds(whole, whole)
    left = region.without(whole, whole)
    assert all(each.parties is not None and set(each.parties) <= set(each.exceptions) for each in left)


def test_a_person_cannot_be_kept_out_of_an_organisation_for_some_data_only() -> None:
    whole = Region((HOUSE,), frozenset({"read"}), frozenset({"treatment"}))
    cut = Region((B,), whole.actions, whole.purposes, Limit(None, DAYS[1], None))
    with pytest.raises(Inexpressible) as refused:
        region.without(whole, cut)
    assert refused.value.code == "exception_of_person"
