"""The app's own rules as the model's server asks them, each of which a seeded bug can bend."""

from dataclasses import replace
from datetime import datetime

from app.sync import rules
from app.sync.rules import Cursor, Known, Point, Stand, Told


class Decisions:
    """app.sync.rules, bent by whichever bugs are seeded."""

    def __init__(self, bugs: frozenset[str]) -> None:
        self._bugs = bugs

    def shows_restore(self, stand: Stand, point: Point, link: bytes | None, *, was_ended: bool) -> bool:
        """As the rule."""
        if "no_restore_check" in self._bugs:
            return False
        if "no_chain_check" in self._bugs and point.epoch == stand.point.epoch:
            return point.seq > stand.point.seq
        return rules.shows_restore(stand, point, link, was_ended=was_ended)

    def is_lost(self, mid: int, low_mid: int, *, is_known: bool, was_ended: bool) -> bool:
        """As the rule."""
        is_asked = "no_restore_check" not in self._bugs
        return is_asked and rules.is_lost(mid, low_mid, is_known=is_known, was_ended=was_ended)

    def tell(self, stand: Stand, cursor: Cursor | None, gen: str) -> Told:
        """As the rule."""
        return rules.tell(self._bent(stand), self._trusted(stand, cursor, gen), gen)

    def tell_limited(self, stand: Stand, cursor: Cursor | None, gen: str, view: bytes) -> Told:
        """As the rule."""
        trusted = self._trusted(stand, cursor, gen)
        if trusted is not None and "view_not_compared" in self._bugs:
            trusted = replace(trusted, view=view)
        return rules.tell_limited(self._bent(stand), trusted, gen, view)

    def moved(
        self, stand: Stand, cursor: Cursor | None, told: Told, gen: str, view: bytes, after: int | None, high: int
    ) -> Cursor:
        """As the rule."""
        moved = rules.moved(stand, cursor, told, gen, view, after, high)
        return replace(moved, point=stand.point) if "filling_moves_on" in self._bugs else moved

    def lease_until(self, now: datetime, horizon: datetime | None, *, is_own: bool) -> datetime:
        """As the rule."""
        return rules.lease_until(now, None if "no_horizon" in self._bugs else horizon, is_own=is_own)

    def is_at_rest(self, stand: Stand, cursor: Cursor | None, *, queued: int, is_confirmed: bool) -> bool:
        """As the rule."""
        queued = 0 if "queue_not_asked" in self._bugs else queued
        return rules.is_at_rest(stand, cursor, queued=queued, is_confirmed=is_confirmed)

    def outcome_of_known(self, known: Known | None, payload: bytes, mid: int, low_mid: int) -> str | None:
        """As the rule."""
        if "no_dedupe" in self._bugs:
            return None
        if known is not None and "payload_not_compared" in self._bugs:
            return known.outcome
        return rules.outcome_of_known(known, payload, mid, low_mid)

    def _bent(self, stand: Stand) -> Stand:
        return replace(stand, floor=0) if "no_floor_check" in self._bugs else stand

    def _trusted(self, stand: Stand, cursor: Cursor | None, gen: str) -> Cursor | None:
        if cursor is not None and "gen_not_compared" in self._bugs:
            cursor = replace(cursor, gen=gen)
        if cursor is not None and "no_epoch_check" in self._bugs:
            cursor = replace(cursor, point=replace(cursor.point, epoch=stand.point.epoch))
        return cursor
