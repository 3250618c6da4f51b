"""What holds of decisions in time: to the microsecond, over both changes of the clock, and of what was known when."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.consent import made
from tests.consent.asking import COPENHAGEN, MICROSECOND, answer, delegation, instants, new_event, outcome, randoms


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
