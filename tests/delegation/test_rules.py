"""The state machine of an invitation: every right step, every wrong one with its code, and terms that cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delegation import codes, invitations, rules
from app.delegation.rules import Code, Stand, State, Step, WrongStep

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)
OFFERED = Stand("karen", "offered", NOW + timedelta(days=7))
OPENED = replace(OFFERED, state="opened", person_id="henrik")
STANDS: dict[str, Stand] = {
    "offered": OFFERED,
    "opened": OPENED,
    "accepted": replace(OPENED, state="accepted"),
    "refused": replace(OPENED, state="refused"),
    "withdrawn": replace(OPENED, state="withdrawn"),
    "closed": replace(OPENED, state="closed", misses=5),
    "expired": replace(OPENED, expires_at=NOW),
}
# What each step of each of three people comes to, in each state: the state after it, or the code of its refusal.
# karen invited, henrik opened it (where somebody has), line is somebody else.
RIGHT: dict[tuple[str, str, str], str] = {
    ("offered", "open", "henrik"): "opened",
    ("offered", "open", "line"): "opened",
    ("opened", "open", "henrik"): "opened",
    ("opened", "accept", "henrik"): "accepted",
    ("opened", "refuse", "henrik"): "refused",
    ("accepted", "accept", "henrik"): "accepted",
    ("refused", "refuse", "henrik"): "refused",
    ("offered", "withdraw", "karen"): "withdrawn",
    ("opened", "withdraw", "karen"): "withdrawn",
    ("withdrawn", "withdraw", "karen"): "withdrawn",
    **{("offered", "miss", who): "offered" for who in ("karen", "henrik", "line")},
    **{("opened", "miss", who): "opened" for who in ("karen", "henrik", "line")},
}


def code_of(state: str, step: str, who: str) -> str:
    if step in ("open", "accept", "refuse") and who == "karen":
        return "invitation_own"
    if step == "withdraw" and who != "karen":
        return "invitation_not_yours"
    if state not in ("offered", "opened"):
        return f"invitation_{state}"
    if step == "open":
        return "invitation_taken"
    return "invitation_not_opened" if state == "offered" else "invitation_not_yours"


@pytest.mark.parametrize("who", ["karen", "henrik", "line"])
@pytest.mark.parametrize("step", get_args(Step))
@pytest.mark.parametrize("state", get_args(State))
def test_every_step_in_every_state_is_taken_or_refused_with_its_code(state: str, step: Step, who: str) -> None:
    expected = RIGHT.get((state, step, who))
    if expected is not None:
        after = rules.take(STANDS[state], step, who, NOW)
        assert rules.state_at(after, NOW) == expected
        assert after.citizen_id == "karen"
        return
    with pytest.raises(WrongStep) as wrong:
        rules.take(STANDS[state], step, who, NOW)
    assert wrong.value.code == code_of(state, step, who)


def test_the_fifth_wrong_pair_closes_it_and_nothing_opens_it_again() -> None:
    stand = OFFERED
    for place in range(1, 6):
        assert stand.state == "offered"
        stand = rules.take(stand, "miss", "line", NOW)
        assert stand.misses == place
    assert stand.state == "closed"
    with pytest.raises(WrongStep, match="invitation_closed"):
        rules.take(stand, "open", "henrik", NOW)


def test_it_is_good_until_a_week_has_passed_and_not_a_moment_longer() -> None:
    last = OFFERED.expires_at - timedelta(microseconds=1)
    assert rules.take(OFFERED, "open", "henrik", last).state == "opened"
    with pytest.raises(WrongStep, match="invitation_expired"):
        rules.take(OPENED, "accept", "henrik", OFFERED.expires_at)


@given(st.lists(st.tuples(st.sampled_from(get_args(Step)), st.sampled_from(["karen", "henrik", "line"]))))
def test_whatever_is_tried_only_the_one_who_opened_it_has_accepted(tried: list[tuple[Step, str]]) -> None:
    stand, opened_by = OFFERED, set()
    for step, who in tried:
        before = stand
        try:
            stand = rules.take(stand, step, who, NOW)
        except WrongStep:
            assert stand == before
        if stand.person_id:
            opened_by.add(stand.person_id)
        if before.state == "accepted":
            assert stand == before
    assert len(opened_by) <= 1
    assert "karen" not in opened_by
    assert stand.state != "accepted" or opened_by


def test_every_code_has_its_sentence() -> None:
    assert set(invitations.STEPS) == set(get_args(Code))
    assert set(invitations.FLAWS) == set(get_args(rules.Flaw))


@pytest.mark.parametrize(
    ("actions", "last_day", "flaw"),
    [
        ({"medication:read"}, TODAY, None),
        ({"log:read"}, date(2031, 11, 24), None),
        ({"log:read"}, date(2031, 11, 25), "too_long"),
        ({"log:read"}, date(2026, 11, 24), "past"),
        (set(), TODAY, "nothing"),
        ({"offline:keep"}, TODAY, "nothing"),
        ({"offline:keep", "log:read"}, TODAY, "nothing_to_keep"),
        ({"offline:keep", "appointments:read"}, TODAY, None),
        ({"medication:mark"}, TODAY, "read_first"),
        ({"appointments:respond", "medication:read"}, TODAY, "read_first"),
        ({"consents:give"}, TODAY, "unknown"),
        ({"consent:status"}, TODAY, "unknown"),
    ],
)
def test_only_these_terms_can_be_given(actions: set[str], last_day: date, flaw: str | None) -> None:
    assert rules.flaw_of(actions, last_day, TODAY) == flaw


def test_the_longest_given_on_a_leap_day_ends_within_five_years() -> None:
    assert rules.longest(date(2028, 2, 29)) == date(2033, 2, 28)


@pytest.mark.parametrize("code", [*(codes.make() for _ in range(20)), "01010-ZZZ01"])
def test_a_code_is_read_as_people_write_it(code: str) -> None:
    assert len(code) == 11
    read = codes.read(code)
    assert read == code.replace("-", "")
    written = code.lower().replace("0", "o").replace("1", "l")
    assert codes.read(f" {written[:5]} {written[6:]} ") == read


@pytest.mark.parametrize("written", ["", "7KQ2M-9XD4", "7KQ2M-9XD4TT", "7KQ2M-9XD4U", "7KQ2M-9XD4Å"])
def test_what_is_no_code_is_read_as_none(written: str) -> None:
    assert codes.read(written) is None
