"""A counter is used once, whatever order counters come in; too old to tell is refused."""

from hypothesis import given
from hypothesis import strategies as st

from app.identity import nonces


@given(st.lists(st.integers(1, 200), max_size=200))
def test_a_counter_is_taken_once_and_always_when_it_is_new_and_inside_the_window(counters: list[int]) -> None:
    high, seen = 0, nonces.NONE_SEEN
    used: set[int] = set()
    for counter in counters:
        state = nonces.taken(high, seen, counter)
        is_fresh = counter not in used and counter >= high - nonces.WINDOW
        assert (state is not None) == is_fresh
        if state is not None:
            high, seen = state
            used.add(counter)
        assert high == max(used, default=0)
        assert len(seen) == 8


def test_what_is_no_counter_is_refused() -> None:
    assert nonces.taken(0, nonces.NONE_SEEN, 0) is None
    assert nonces.taken(0, nonces.NONE_SEEN, -1) is None
    assert nonces.taken(0, nonces.NONE_SEEN, nonces.HIGHEST + 1) is None
    assert nonces.taken(0, nonces.NONE_SEEN, nonces.HIGHEST) is not None
