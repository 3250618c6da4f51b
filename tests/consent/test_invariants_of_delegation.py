"""What holds of relatives, guardians and authorities: nobody has more than the citizen gave."""

from datetime import UTC, date, datetime
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.consent import made
from tests.consent.asking import COPENHAGEN, MICROSECOND, answer, by, delegation, instants, outcome, randoms


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
@example(date(2011, 1, 2), datetime(2026, 3, 20, tzinfo=UTC))
def test_nobody_is_a_guardian_from_midnight_of_the_15th_birthday(born: date, at: datetime) -> None:
    # Over before anybody here was born: on no birthday may it be the grant that permits.
    case = delegation(datetime(1989, 1, 1, tzinfo=UTC), datetime(1989, 1, 2, tzinfo=UTC))
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
