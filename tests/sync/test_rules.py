"""The pure rules: what a token shows of a restore, what is told, leases, and acts that were answered before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.sync import rules
from app.sync.rules import Cursor, Known, Point, Stand

NOW = datetime(2026, 3, 28, 23, tzinfo=UTC)
chains = st.sampled_from([b"a", b"b", b"c"])
points = st.builds(Point, st.integers(1, 3), st.integers(0, 6), chains)
stands = st.builds(Stand, points, st.integers(0, 6)).filter(lambda each: each.floor <= each.point.seq)
views = st.sampled_from([b"v", b"w"])
gens = st.sampled_from(["g", "h"])
cursors = st.builds(Cursor, points, gens, st.integers(0, 9), views, st.none() | st.integers(0, 6))


@given(stands, points, st.none() | chains)
def test_what_the_shelf_says_itself_never_shows_a_restore(stand: Stand, point: Point, link: bytes | None) -> None:
    assert not rules.shows_restore(stand, stand.point, link, was_ended=False)
    older = replace(point, epoch=stand.point.epoch, seq=min(point.seq, stand.point.seq - 1))
    assert not rules.shows_restore(stand, older, older.chain, was_ended=False)


@given(stands, points, st.none() | chains, st.booleans())
def test_a_point_shows_a_restore_when_the_shelf_cannot_have_given_it(
    stand: Stand, point: Point, link: bytes | None, was_ended: bool
) -> None:
    shows = rules.shows_restore(stand, point, link, was_ended=was_ended)
    if point.epoch != stand.point.epoch:
        assert shows is not was_ended
    elif point.seq > stand.point.seq:
        assert shows
    elif point.seq == stand.point.seq:
        assert shows is (point.chain != stand.point.chain)
    else:
        assert shows is (point.seq >= stand.floor and link != point.chain)


@given(st.integers(1, 9), st.integers(0, 9), st.booleans(), st.booleans())
def test_an_act_that_was_acknowledged_is_missed_unless_it_is_forgotten_or_the_restore_is_known(
    mid: int, low: int, is_known: bool, was_ended: bool
) -> None:
    lost = rules.is_lost(mid, low, is_known=is_known, was_ended=was_ended)
    assert lost is (mid > low and not is_known and not was_ended)


@given(stands, st.none() | cursors, gens)
def test_changes_alone_are_told_only_to_a_whole_copy_of_this_scope_and_epoch_above_the_floor(
    stand: Stand, cursor: Cursor | None, gen: str
) -> None:
    told = rules.tell(stand, cursor, gen)
    fits = cursor is not None and cursor.gen == gen and cursor.point.epoch == stand.point.epoch
    is_known = fits and cursor is not None and cursor.point.seq >= stand.floor
    assert (told == "start") is not is_known
    if cursor is not None and told != "start":
        assert (told == "page") is (cursor.after is not None)
        assert told != "up_to_date" or cursor.point == stand.point


@given(stands, st.none() | cursors, gens, views)
def test_a_copy_that_leaves_something_out_is_told_whole_or_not_at_all(
    stand: Stand, cursor: Cursor | None, gen: str, view: bytes
) -> None:
    told = rules.tell_limited(stand, cursor, gen, view)
    assert told != "delta"
    if cursor is not None and cursor.view != view:
        assert told == "start"
    other = replace(stand, point=replace(stand.point, seq=stand.point.seq + 1, chain=b"other"))
    assert rules.tell_limited(other, cursor, gen, view) == told  # what is out of sight leaves no trace


@given(st.booleans(), st.none() | st.integers(-10, 10**6).map(lambda passed: NOW + timedelta(seconds=passed)))
def test_a_lease_ends_with_its_time_or_before_with_what_it_rests_on(is_own: bool, horizon: datetime | None) -> None:
    until = rules.lease_until(NOW, horizon, is_own=is_own)
    longest = NOW + (timedelta(days=7) if is_own else timedelta(hours=24))
    assert until == (longest if horizon is None else min(longest, horizon))


def test_a_shelf_is_at_rest_only_when_its_own_device_has_said_everything() -> None:
    stand = Stand(Point(2, 5, b"a"), 0)
    whole = Cursor(Point(2, 3, b"b"), "g", 1, b"v")
    assert rules.is_at_rest(stand, whole, queued=0, is_confirmed=True)
    assert not rules.is_at_rest(stand, None, queued=0, is_confirmed=True)
    assert not rules.is_at_rest(stand, replace(whole, point=Point(1, 3, b"b")), queued=0, is_confirmed=True)
    assert not rules.is_at_rest(stand, replace(whole, after=2), queued=0, is_confirmed=True)
    assert not rules.is_at_rest(stand, whole, queued=1, is_confirmed=True)
    assert not rules.is_at_rest(stand, whole, queued=0, is_confirmed=False)


@given(
    st.none() | st.builds(Known, chains, st.sampled_from(["applied", "rejected:stale"])),
    chains,
    st.integers(1, 9),
    st.integers(0, 9),
)
def test_an_act_is_done_only_when_nothing_of_its_number_can_have_been_done(
    known: Known | None, payload: bytes, mid: int, low: int
) -> None:
    outcome = rules.outcome_of_known(known, payload, mid, low)
    if known is None:
        assert outcome == (rules.TOO_OLD if mid <= low else None)
    else:
        assert outcome == (known.outcome if known.payload_hash == payload else rules.PAYLOAD_CHANGED)
