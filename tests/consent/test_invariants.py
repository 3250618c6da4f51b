"""What holds of every decision, whatever was recorded and asked: properties over made-up cases."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.consent import cases
from tests.consent import made

Json = dict[str, Any]

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MICROSECOND = timedelta(microseconds=1)
# A seed and not hypothesis' own draws: those avoid what is rare, and here it is the rare that matters.
randoms = st.builds(Random, st.integers(0, 2**32 - 1))
# Spring and autumn of 2026 to the microsecond, with both changes of the clock.
instants = st.integers(0, 230 * 24 * 3600 * 10**6).map(
    lambda passed: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(microseconds=passed)
)


def answer(case: Json, **changed: Any) -> Json:
    """The answer to a case in which something is different; an unreadable case is no answer."""
    said = cases.answer({**case, **changed})
    assert "error" not in said, said
    return said


def asked(case: Json, **changed: Any) -> Json:
    return {**case, "request": {**case["request"], **changed}}


def by(case: Json, **changed: Any) -> Json:
    return asked(case, actor={**case["request"]["actor"], **changed})


def kinds(case: Json, answered: Json) -> set[str]:
    said = {each["id"]: each["kind"] for each in case["events"]}
    return {said[name] for name in answered["events"]}


def new_event(random: Random, kind: str, name: str = "new", **changed: Any) -> Json:
    """A further event of a kind."""
    maybe = made.Maybe(random)
    while True:
        event = made.event(maybe, 0)
        if event["kind"] == kind:
            return {**event, "id": name, **changed}


@given(randoms)
def test_without_events_only_the_citizen_the_law_and_a_guardian_may(random: Random) -> None:
    answered = answer(made.case(random), events=[])

    assert answered["decision"] == "deny" or answered["reason"] in ("self", "statute", "guardian")


@settings(max_examples=500)
@given(randoms)
def test_adding_a_deny_never_permits(random: Random) -> None:
    case = made.case(random)
    more = [*case["events"], new_event(random, "deny")]

    assert answer(case)["decision"] == "permit" or answer(case, events=more)["decision"] == "deny"


@settings(max_examples=500)
@given(randoms)
def test_adding_a_grant_never_denies(random: Random) -> None:
    case = made.case(random)
    more = [*case["events"], new_event(random, "grant"), new_event(random, "accept", "yes")]

    assert answer(case)["decision"] == "deny" or answer(case, events=more)["decision"] == "permit"


@given(randoms)
def test_neither_order_nor_duplicates_matter(random: Random) -> None:
    case = made.case(random)
    events = case["events"]
    shuffled = [*deepcopy(events), *random.choices(events, k=3)] if events else []
    random.shuffle(shuffled)

    assert answer(case, events=shuffled) == answer(case)


@given(randoms)
def test_what_another_citizen_did_does_not_matter(random: Random) -> None:
    case = made.case(random)
    others = [{**each, "id": f"z{each['id']}", "citizen": "Z", "given_by": "Z"} for each in case["events"]]

    assert answer(case, events=[*others, *case["events"]]) == answer(case)


@given(randoms, st.sampled_from(["action", "purpose"]), st.text("abcdefgmr:*", min_size=1))
def test_unknown_words_are_refused_even_when_everything_names_them(random: Random, part: str, word: str) -> None:
    case = made.case(random)
    events = [
        {**each, "actions": [*each["actions"], word], "purposes": [*each["purposes"], word]}
        if "actions" in each
        else each
        for each in case["events"]
    ]

    answered = answer(asked(case, **{part: word}), events=events)

    assert (answered["decision"], answered["reason"], answered["events"]) == ("deny", "auth", [])


@settings(max_examples=500)
@given(randoms)
def test_every_decision_names_its_reasons(random: Random) -> None:
    case = made.case(random)
    answered = answer(case)

    if answered["reason"] == "grant":
        assert "grant" in kinds(case, answered) <= {"grant", "accept"}
    elif answered["reason"] == "blocked":
        assert kinds(case, answered) == {"deny"}
    else:
        assert answered["events"] == []
    assert (
        answered["reason"]
        in {
            "permit": ("self", "statute", "guardian", "grant"),
            "deny": ("auth", "locked", "blocked", "default"),
        }[answered["decision"]]
    )


def delegation(begins: datetime, ends: datetime, *more: Json, **changed: Any) -> Json:
    """A case with one accepted grant to B, about which B asks."""
    grant = {
        "id": "g",
        "kind": "grant",
        "grant_id": "G",
        "grantee": {"type": "person", "id": "B"},
        "actions": ["medication:read"],
        "purposes": ["relative"],
        "valid_from": begins.isoformat(),
        "valid_to": ends.isoformat(),
        "recorded_at": "2026-01-01T00:00:00Z",
        "given_by": "A",
    }
    accept = {"id": "a", "kind": "accept", "grant_id": "G", "recorded_at": "2026-01-02T00:00:00Z", "given_by": "B"}
    return {
        "id": "delegation",
        "citizen": {"id": "A", "born": "1950-01-01"},
        "events": [grant, accept, *more],
        "request": {
            "actor": {"id": "B", "level": "high"},
            "action": "medication:read",
            "purpose": "relative",
        },
        "valid_at": "2026-06-01T00:00:00Z",
        "known_at": "2027-01-01T00:00:00Z",
        **changed,
    }


def outcome(case: Json, valid_at: datetime, known_at: datetime | None = None) -> str:
    changed = {"known_at": known_at.isoformat()} if known_at else {}
    said: str = answer(case, valid_at=valid_at.isoformat(), **changed)["decision"]
    return said


@given(instants, instants)
def test_a_grant_opens_at_its_start_and_is_shut_at_its_end(one: datetime, other: datetime) -> None:
    begins, ends = sorted((one, other))
    assume(begins < ends)
    case = delegation(begins.astimezone(COPENHAGEN), ends.astimezone(COPENHAGEN))

    assert outcome(case, begins - MICROSECOND) == "deny"
    assert outcome(case, begins) == "permit"
    assert outcome(case, ends - MICROSECOND) == "permit"
    assert outcome(case, ends) == "deny"


@given(instants, instants, instants)
def test_a_withdrawal_ends_it_from_its_recording_and_not_before(at: datetime, valid: datetime, known: datetime) -> None:
    wide = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    withdrawal = {"id": "w", "kind": "withdraw", "grant_id": "G", "recorded_at": at.isoformat(), "given_by": "A"}

    ended = outcome(delegation(*wide, withdrawal), valid, known)

    assert ended == ("deny" if at <= valid and at <= known else "permit")


@settings(max_examples=500)
@given(randoms, st.sampled_from(["withdraw", "supersede"]))
def test_a_withdrawal_changes_no_answer_about_an_earlier_instant(random: Random, kind: str) -> None:
    case = made.case(random)
    end = new_event(random, kind)
    at, valid, known = (
        datetime.fromisoformat(each) for each in (end["recorded_at"], case["valid_at"], case["known_at"])
    )

    if at > valid or at > known:
        assert answer(case, events=[*case["events"], end]) == answer(case)


@settings(max_examples=500)
@given(randoms, st.integers(1, 8))
def test_what_is_recorded_later_changes_nothing_that_was_known_and_so_every_decision_replays(
    random: Random, more: int
) -> None:
    case = made.case(random)
    stored = answer(case)
    known = datetime.fromisoformat(case["known_at"])
    later = [made.event(made.Maybe(random), 100 + number) for number in range(more)]
    for number, each in enumerate(later):
        each["recorded_at"] = (known + timedelta(microseconds=1 + number)).isoformat()

    assert answer(case, events=[*later, *case["events"]]) == stored


@settings(max_examples=500)
@given(randoms)
def test_an_unaccepted_delegation_opens_nothing(random: Random) -> None:
    case = made.case(random)
    answered = answer(case, events=[each for each in case["events"] if each["kind"] != "accept"])

    if answered["reason"] == "grant":
        said = {each["id"]: each for each in case["events"]}
        assert all(said[name]["grantee"]["type"] != "person" for name in answered["events"])


@settings(max_examples=500)
@given(randoms)
def test_only_the_citizen_and_a_paper_to_an_authority_give_anything(random: Random) -> None:
    case = made.case(random)
    answered = answer(case)

    if answered["reason"] == "grant":
        for each in case["events"]:
            if each["id"] in answered["events"] and each["kind"] == "grant" and each["given_by"] != "A":
                assert each["capacity"] == "paper"
                assert each["grantee"]["type"] in ("organisation", "role")


@settings(max_examples=500)
@given(randoms)
def test_what_a_delegate_or_a_guardian_may_the_citizen_may(random: Random) -> None:
    case = made.case(random)
    answered = answer(case)
    said = {each["id"]: each for each in case["events"]}
    is_delegate = answered["reason"] == "grant" and any(said[name]["kind"] == "accept" for name in answered["events"])

    if is_delegate or answered["reason"] == "guardian":
        assert answer(by(case, id="A", role=None, organisation=None))["decision"] == "permit"


@given(st.dates(date(1990, 1, 1), date(2020, 12, 31)), instants)
def test_nobody_is_a_guardian_from_midnight_of_the_15th_birthday(born: date, at: datetime) -> None:
    case = delegation(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
    case["citizen"] = {"id": "A", "born": born.isoformat(), "custody": ["B"]}
    day = date(born.year + 15, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 15)
    midnight = datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN).astimezone(UTC)

    answered = answer(case, valid_at=at.isoformat())

    assert answered["reason"] == ("guardian" if at < midnight else "default")
    assert outcome(case, midnight - MICROSECOND) == "permit"
    assert outcome(case, midnight) == "deny"


@settings(max_examples=500)
@given(randoms, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_death_ends_delegations_and_custody_and_nothing_else(random: Random, died: date) -> None:
    case = made.case(random)
    alive = answer({**case, "citizen": {**case["citizen"], "died": None}})
    dead = answer({**case, "citizen": {**case["citizen"], "died": died.isoformat()}})
    said = {each["id"]: each for each in case["events"]}

    if datetime.fromisoformat(case["valid_at"]).astimezone(COPENHAGEN).date() < died:
        assert dead == alive
    elif alive["reason"] == "self":
        assert dead["reason"] == "locked"
    elif alive["reason"] in ("grant", "guardian"):
        assert dead["reason"] in ("grant", "default")
        assert set(dead["events"]) == {
            name for name in alive["events"] if said[name].get("grantee", {"type": "person"})["type"] != "person"
        }
    else:
        assert dead == alive


@given(randoms)
def test_somebody_of_another_municipality_has_nothing_of_what_is_given_to_this_one(random: Random) -> None:
    case = made.case(random)
    meant = (
        {"type": "role", "id": "caseworker", "organisation": "cvr:1"},
        {"type": "organisation", "organisation": "cvr:1"},
    )
    events = [{**each, "grantee": random.choice(meant)} if "grantee" in each else each for each in case["events"]]
    stranger = by(case, id="W", role="caseworker", organisation="cvr:2")

    answered = answer(stranger, events=events, statutes=[])

    assert answered["reason"] in ("default", "auth", "locked")


@settings(max_examples=500)
@given(randoms)
def test_an_emergency_only_goes_past_blocks_and_says_which(random: Random) -> None:
    case = made.case(random)
    usual = answer(asked(case, emergency=None))

    listed = cases.decide(cases.read(asked(case, emergency={"reason": "unconscious", "role_listed": True})))

    if usual["reason"] != "blocked":
        assert (listed.outcome, listed.reason, list(listed.events)) == (
            usual["decision"],
            usual["reason"],
            usual["events"],
        )
        assert not listed.is_emergency
    else:
        assert listed.reason in ("statute", "grant", "guardian", "default")
        assert list(listed.overrode) == (usual["events"] if listed.outcome == "permit" else [])
    for nobody in ({"reason": "unconscious", "role_listed": False}, {"reason": "\t", "role_listed": True}, {}):
        assert answer(asked(case, emergency=nobody)) == usual


@pytest.mark.parametrize("level", ["low", "Substantial", "", None, "substantial "])
def test_no_other_level_than_substantial_and_high_is_enough(level: str | None) -> None:
    case = by(delegation(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)), level=level)

    assert cases.answer(case).get("decision") != "permit"
