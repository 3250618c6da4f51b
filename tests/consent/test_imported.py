"""What an imported consent counts as, over time: as another version, withdrawn, or recorded by mistake."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.consent import history, imported, imported_text, rules
from app.consent.event import Citizen, Item, Limit, Party, Request
from app.consent.imported import ImportedTerms, Version
from tests.consent.events import HOUSE, B

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
OPEN = ImportedTerms(
    "grant", HOUSE, frozenset({"medication:read"}), frozenset({"treatment"}), valid_to=START + timedelta(days=9999)
)
SHUT = replace(OPEN, kind="deny", valid_to=None)
ASKED = Request("staff:1", "medication:read", "treatment", organisation="cvr:1", level="high")
STATUSES = ["active", "inactive", "entered-in-error", "rejected"]
TELLINGS = st.lists(
    st.tuples(st.sampled_from(STATUSES), st.sampled_from([(), (OPEN,), (SHUT,), (OPEN, SHUT)])), min_size=1, max_size=6
)


def told(tellings: list[tuple[str, tuple[ImportedTerms, ...]]]) -> list[tuple[Version, ...]]:
    """The versions after each telling, an hour apart; what is not active has no terms."""
    known: list[tuple[Version, ...]] = [()]
    for number, (status, terms) in enumerate(tellings):
        at = START + timedelta(hours=number)
        known.append(imported.follow(known[-1], status, terms if status == "active" else (), at))
    return known[1:]


def decided(versions: tuple[Version, ...], valid_at: datetime, known_at: datetime) -> str:
    events = imported.events("fhir/1", "A", versions)
    return rules.decide(history.fold(Citizen("A"), events), ASKED, valid_at, known_at).reason


def expected(telling: tuple[str, tuple[ImportedTerms, ...]]) -> str:
    status, terms = telling
    if status != "active" or not terms:
        return "default"
    return "blocked" if SHUT in terms else "grant"


@given(TELLINGS)
def test_what_the_source_said_last_decides_from_the_instant_it_was_known(
    tellings: list[tuple[str, tuple[ImportedTerms, ...]]],
) -> None:
    for number, versions in enumerate(told(tellings)):
        at = START + timedelta(hours=number)
        for later in (at, at + timedelta(days=300)):
            assert decided(versions, later, later) == expected(tellings[number])


@given(TELLINGS, st.integers(0, 400), st.integers(0, 400))
def test_what_is_said_later_changes_nothing_about_what_was_known_before(
    tellings: list[tuple[str, tuple[ImportedTerms, ...]]], valid: int, known: int
) -> None:
    everything = told(tellings)
    valid_at = START + timedelta(minutes=valid)
    known_at = START + timedelta(minutes=known)
    past = everything[min(known // 60, len(everything) - 1)]
    assert decided(everything[-1], valid_at, known_at) == decided(past, valid_at, known_at)


@given(TELLINGS)
def test_saying_the_same_again_changes_nothing(tellings: list[tuple[str, tuple[ImportedTerms, ...]]]) -> None:
    status, terms = tellings[-1]
    last = told(tellings)[-1]
    again = imported.follow(last, status, terms if status == "active" else (), START + timedelta(days=9))
    assert again == last


@given(TELLINGS)
def test_versions_come_back_from_json_and_event_ids_are_never_used_twice(
    tellings: list[tuple[str, tuple[ImportedTerms, ...]]],
) -> None:
    last = told(tellings)[-1]
    assert imported_text.from_json(imported_text.to_json(last)) == last
    ids = [each.id for item in ("fhir/1", "fhir/1/1.1", "fhir/1/1") for each in imported.events(item, "A", last)]
    assert len(ids) == len(set(ids))


def test_json_keeps_every_part_of_the_terms() -> None:
    limit = Limit("sor:1", START.date(), None)
    whole = replace(
        OPEN, exceptions=(B, Party("role", "doctor", "cvr:1")), limit=limit, valid_from=START, accepted=True
    )
    version = Version(START, (whole, SHUT), START + timedelta(days=1), "withdraw", START + timedelta(days=2))
    assert imported_text.from_json(imported_text.to_json([version])) == (version,)


def test_what_was_recorded_by_mistake_never_held_once_that_is_known() -> None:
    [first, mistaken] = told([("active", (OPEN,)), ("entered-in-error", ())])
    known_at = START + timedelta(hours=1)
    assert decided(first, START, START) == "grant"
    assert decided(mistaken, START, known_at) == "default"
    assert decided(mistaken, START, START) == "grant"


def test_what_was_over_before_it_was_known_is_no_event() -> None:
    over = replace(OPEN, valid_to=START)
    assert imported.events("fhir/1", "A", [Version(START, (over,))]) == []


def test_a_limit_counts_for_every_item() -> None:
    limited = replace(OPEN, limit=Limit(None, START.date(), None))
    known = history.fold(Citizen("A"), imported.events("fhir/1", "A", [Version(START, (limited,))]))
    days = {day: rules.decide(known, replace(ASKED, item=Item(None, day)), START, START).reason for day in (
        START.date(), START.date() - timedelta(days=1), None)}  # fmt: skip
    assert list(days.values()) == ["grant", "default", "default"]
