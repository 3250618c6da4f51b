"""A phone of the model: its copies, its outbox and journal, its clock, and what it makes of an answer."""

from datetime import datetime, timedelta

from tests.sync.machine.held import Beside, Copy
from tests.sync.machine.shelf import Act, Token
from tests.sync.machine.words import Answer, Ask, Named, Pull, Push, Told

# How long acknowledged acts are kept to be sent again, and how long a request may take.
JOURNAL, TIME_OUT = timedelta(days=14), timedelta(seconds=30)


class Phone:
    """One device. ``done`` is every act of its person, ``told`` what they were told of each, and when first.

    ``let_go`` are acts that were answered after their copy had gone, and of which nothing may be kept.
    """

    def __init__(self, name: str, person: str, bugs: frozenset[str]) -> None:
        self.name, self.person, self.bugs = name, person, bugs
        self.copies: dict[str, Copy] = {}
        self.beside: dict[str, Beside] = {}
        self.outbox: list[Act] = []
        self.journal: list[tuple[Act, datetime]] = []
        self.done: dict[int, Act] = {}
        self.told: dict[int, tuple[str, datetime]] = {}
        self.provisional: set[int] = set()
        self.let_go: set[int] = set()
        self.leaving: dict[str, str] = {}
        self.waiting: dict[int, tuple[Ask, datetime]] = {}
        self.confirmed = self.mid = self.nonce = 0
        self.is_ended = self.is_waiting = False
        # Its clock: how far it is off, the latest it showed, and how far behind the server it was at the last contact.
        self.off = self.behind = timedelta(0)
        self.seen: datetime | None = None
        self.went_back = False

    def act(self, space: str, kind: str, said: str) -> None:
        """Do something about a citizen, whose copy is at hand."""
        self.mid += 1
        on = self.copies[space].rows.get("c1") if kind == "edit" else None
        act = Act(self.mid, space, kind, "c1", said, on)
        self.done[act.mid] = act
        self.outbox.append(act)

    def ask_push(self, now: datetime) -> Push | None:
        """The request for what waits; acts about a closed copy stay. None: nothing to send."""
        acts = [act for act in self.outbox if act.space not in self.copies or not self.copies[act.space].is_closed]
        if not acts:
            return None
        self.confirmed = min(self.confirmed, acts[0].mid - 1)
        tokens = [token for space in sorted({act.space for act in acts}) for token in self._tokens(space)]
        ask = Push(self.name, self._next(), tuple(tokens), tuple(acts))
        self._send(ask, now)
        return ask

    def ask_pull(self, now: datetime) -> Pull:
        """The request for what is new."""
        named = tuple(Named(space, copy.cursor, self._acked(space)) for space, copy in sorted(self.copies.items()))
        busy = {act.space for act in self.outbox}
        wiped = tuple((space, gen) for space, gen in sorted(self.leaving.items()) if space not in busy)
        is_told = "wipes_not_confirmed" not in self.bugs
        counted = busy if "queue_counts_all" in self.bugs else {self.person}
        queued = sum(1 for act in self.outbox if act.space in counted)
        ask = Pull(self.name, self._next(), named, wiped if is_told else (), self.confirmed, queued)
        self._send(ask, now)
        return ask

    def give_up(self) -> None:
        """No answer counts any more that did not come yet."""
        self.waiting.clear()

    def take(self, answer: Answer, now: datetime) -> list[Told] | None:
        """Take an answer; gives what was applied of it, None when it was refused."""
        started = self.waiting.pop(answer.ask.nonce, None)
        is_late = started is not None and now - started[1] > TIME_OUT and "no_time_out" not in self.bugs
        if (started is None and "no_nonce_check" not in self.bugs) or is_late:
            return None
        if answer.problem is not None:
            return []
        clock = now + self.off
        self.seen, self.behind, self.went_back = clock, answer.at - clock, False
        self._take_outcomes(answer, now)
        if not isinstance(answer.ask, Pull):
            self._let_wait(answer, answer.ask)
            return []
        self.leaving = {each: gen for each, gen in self.leaving.items() if (each, gen) not in answer.ask.wiped}
        self.is_ended = answer.ended
        self.is_waiting = any(each.answer == "waiting" or each.more for each in answer.spaces)
        return [each for each in answer.spaces if self._take_space(each, answer.ask)]

    def may_read(self, space: str, now: datetime) -> bool:
        """Whether its copy would open, if its person looked now."""
        copy, clock = self.copies[space], now + self.off
        if copy.lease is None or copy.is_closed:
            return False
        is_back = self.went_back or (self.seen is not None and clock < self.seen)
        if is_back and "clock_not_watched" not in self.bugs:
            return False
        return clock + self.behind <= copy.lease or "no_lease" in self.bugs

    def look(self, now: datetime) -> None:
        """Its person looks, and it sees its clock."""
        clock = now + self.off
        if self.seen is not None and clock < self.seen:
            self.went_back = True
        self.seen = clock if self.seen is None else max(clock, self.seen)

    def lose(self, space: str) -> None:
        """A copy is found to be wrong, or is gone: it is filled anew."""
        if space in self.copies:
            self.copies[space] = Copy(is_closed=self.copies[space].is_closed)
            if "lost_with_the_copy" in self.bugs:
                self.beside.pop(space, None)

    def _next(self) -> int:
        self.nonce += 1
        return self.nonce

    def _send(self, ask: Ask, now: datetime) -> None:
        if "tabs_drain_together" not in self.bugs:
            self.give_up()
        self.waiting[ask.nonce] = (ask, now)
        self.look(now)
        self.journal = [(act, at) for act, at in self.journal if now - at <= JOURNAL or self._is_open(act)]

    def _is_open(self, act: Act) -> bool:
        return act.mid in self.provisional and "journal_cut_short" not in self.bugs

    def _acked(self, space: str) -> Token | None:
        beside = self.beside.get(space)
        return beside.acked if beside is not None and "ack_not_named" not in self.bugs else None

    def _tokens(self, space: str) -> list[Token]:
        if "push_names_nothing" in self.bugs:
            return []
        cursor = self.copies[space].cursor if space in self.copies else None
        named = None if "push_names_no_cursor" in self.bugs else cursor
        return [token for token in (named, self._acked(space)) if token is not None]

    def _take_outcomes(self, answer: Answer, now: datetime) -> None:
        for each in answer.outcomes:
            sent = next((act for act in self.outbox if act.mid == each.mid), None)
            at = now if sent is not None or each.mid not in self.told else self.told[each.mid][1]
            self.told[each.mid] = (each.outcome, at)
            if sent is not None:
                self.outbox.remove(sent)
            is_kept = sent is not None and self._is_kept(each.outcome) and each.space in self.copies
            if sent is not None and is_kept:
                self.journal.append((sent, now))
            elif sent is not None:
                self.let_go.add(each.mid)
            if each.acked is not None and each.space in self.copies:
                self.beside.setdefault(each.space, Beside()).acked = each.acked
            if isinstance(answer.ask, Pull):
                self.provisional.discard(each.mid)
                self.confirmed = self._confirmable(each.mid)
            elif is_kept:
                self.provisional.add(each.mid)

    def _is_kept(self, outcome: str) -> bool:
        return outcome == "applied" or "refused_go_again" in self.bugs

    def _confirmable(self, mid: int) -> int:
        return min([mid, *(act.mid - 1 for act in self.outbox)]) if "waiting_holds_up" in self.bugs else mid

    def _let_wait(self, answer: Answer, ask: Push) -> None:
        """An act without an outcome is about a shelf that is closed after a restore."""
        decided = {each.mid for each in answer.outcomes}
        for act in ask.acts:
            if act.mid not in decided and act.space in self.copies:
                self.copies[act.space].is_closed = True

    def _take_space(self, told: Told, ask: Pull) -> bool:
        if told.answer == "waiting":
            return False
        copy = self.copies.get(told.space)
        if told.answer == "wipe":
            self._leave(told)
            return True
        if told.answer == "closed":
            if copy is not None:
                copy.is_closed = True
            return True
        if (copy.cursor if copy else None) != ask.cursor_of(told.space) and "answer_fits_all" not in self.bugs:
            return False
        copy = self.copies.setdefault(told.space, Copy())
        copy.is_closed = False
        beside = self.beside.setdefault(told.space, Beside())
        if beside.epoch not in (None, told.epoch):
            self._send_again(told.space)
        beside.epoch = told.epoch
        return self._take_rows(copy, told)

    def _leave(self, told: Told) -> None:
        """Destroy a copy. What was done about it is offered once more before its memory goes, so that nothing is lost
        that its person believes done.
        """
        self.copies.pop(told.space, None)
        self.beside.pop(told.space, None)
        self.leaving[told.space] = told.gen
        if "wipe_takes_journal" in self.bugs:
            self.journal = [(act, at) for act, at in self.journal if act.space != told.space]
        self._send_again(told.space)
        if "wipe_takes_outbox" in self.bugs:
            self.outbox = [act for act in self.outbox if act.space != told.space]

    def _take_rows(self, copy: Copy, told: Told) -> bool:
        if told.answer == "delta" and told.base != copy.number and "no_base_check" not in self.bugs:
            copy.cursor = None
            return False
        is_snapshot = told.answer == "snapshot"
        if is_snapshot and told.told == "start" and "staging_kept" not in self.bugs:
            copy.staged = {}
        into = copy.staged if is_snapshot else dict(copy.rows)
        for key, row in told.rows:
            into.pop(key, None)
            if row.body is not None:
                into[key] = row.body
        copy.cursor = told.cursor
        if told.more:
            if "shown_half" in self.bugs:
                copy.rows = dict(into)
            if "lease_from_first_page" in self.bugs:
                copy.lease = told.lease
            return True
        copy.rows, copy.staged, copy.number = into, {}, told.to
        copy.gen, copy.lease, copy.locks_at = told.gen, told.lease, told.truth.locks_at
        # The whole copy is of their epoch, and of a later instant: it holds what they did.
        self.provisional -= {act.mid for act, _ in self.journal if act.space == told.space}
        return True

    def _send_again(self, space: str) -> None:
        """What was acknowledged goes again under its number."""
        if "no_journal" in self.bugs:
            return
        again = [act for act, _ in self.journal if act.space == space]
        self.journal = [(act, at) for act, at in self.journal if act.space != space]
        self.outbox = sorted({*again, *self.outbox}, key=lambda act: act.mid)
        self.provisional -= {act.mid for act in again}
