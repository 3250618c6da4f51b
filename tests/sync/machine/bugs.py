"""The bugs that can be seeded into the model: what each forgets, which invariants tell it, and when."""

from dataclasses import dataclass

from tests.sync.machine.watch import INVARIANTS
from tests.sync.machine.world import Step, steps_of


@dataclass(frozen=True)
class Bug:
    """A bug by the name of its switch. ``told_by`` are the invariants of which one has to tell it.

    ``history`` is a short one that shows it. ``without``: other defences that hide it, and so are taken away with it;
    then only ``told_by`` is watched, and what is told of their absence alone does not count.
    """

    name: str
    forgets: str
    told_by: frozenset[str]
    history: tuple[Step, ...]
    without: frozenset[str] = frozenset()

    @property
    def switches(self) -> frozenset[str]:
        """All that is seeded."""
        return self.without | {self.name}

    @property
    def watched(self) -> frozenset[str]:
        """The invariants that are watched."""
        return self.told_by if self.without else frozenset(INVARIANTS)


def _bug(name: str, told_by: str, forgets: str, history: str, without: str = "") -> Bug:
    return Bug(name, forgets, frozenset(told_by.split()), steps_of(history), frozenset(without.split()))


_LOST_ACT = "act k1 k mark, push k1 ok, restore 0"
# What two phones of two citizens did for each other is lost, and will be noticed by both.
_BOTH_CLOSED = "end k2, act k1 h mark, push k1 ok, act h1 k mark, push h1 ok, restore 0"

ABOUT_ACTS = (
    _bug("no_dedupe", "1", "that an act of this number was done", "act h1 k mark, push h1 lost"),
    _bug(
        "payload_not_compared",
        "1",
        "that a number may come again with other content",
        "act k1 k mark, sync k1, twist k1",
    ),
    _bug("outcome_apart", "1", "to keep an outcome in the transaction of its effect", "act k1 k mark, push k1 cut"),
    _bug(
        "low_mid_not_raised",
        "1 8",
        "up to which number outcomes are forgotten",
        "act k1 k mark, push k1 lost, wait 4344, sweep",
    ),
    _bug("no_auth_in_push", "6", "to ask whether an act is allowed when it comes", "act h1 k mark, revoke k"),
    _bug("no_stamp_check", "6", "that a phone acts for 30 days after a login", "act k1 k mark, wait 744, push k1 ok"),
    _bug("poison_blocks", "alive", "to go on after an act that cannot be understood", "act k1 k poison"),
    # A refused act comes once more by a slow way, when it would be allowed.
    _bug(
        "rejections_forgotten",
        "7",
        "the outcomes that were refusals",
        "grant k narrow 0, act h1 k edit, push h1 slow, push h1 ok, grant k wide 0, arrive 0",
    ),
    _bug("outcomes_not_told", "alive", "to tell outcomes in a pull", "act h1 h mark, push h1 ok, restore 0"),
)
ABOUT_COPIES = (
    _bug("silent_revoke", "4", "to order a wipe", "revoke k"),
    # The confirmation came after the backup.
    _bug(
        "wipes_not_ordered_anew",
        "alive",
        "copies that a phone does not name",
        "revoke k, pull h1 ok, backup, sync h1, restore 0",
    ),
    _bug("gen_not_compared", "4", "that the scope is another", "grant k narrow 0, sync h1", "view_not_compared"),
    _bug("view_not_compared", "2", "that a lent copy holds something else by now", "write k c1"),
    _bug("no_floor_check", "2 13", "that removals below the floor are forgotten", "remove k c1, wait 744, sweep"),
    _bug("no_epoch_check", "2", "that a cursor is of another epoch", "write k c1, sync k2, restore 0"),
    # What was told on the first page is removed, and that is forgotten, before the last page comes.
    _bug(
        "filling_moves_on",
        "2",
        "at which head the filling of a copy began",
        "write k c3, lose k1 k, pull k1 ok, remove k c1, pull k1 ok, wait 744, sweep, login k1, sync k1",
    ),
    _bug("no_horizon", "5", "that a grant ends by itself", "grant k wide 5, sync h1, wait 20"),
)
ABOUT_RESTORES = (
    _bug("no_restore_check", "2 7 8", "that an older backup may have been put back", _LOST_ACT),
    # The shelf has as many numbers again as it had before, but others.
    _bug(
        "no_chain_check",
        "2 8",
        "that a number may have had another past",
        "write k n1, sync k1, restore 0, write k n1, sync k1",
    ),
    _bug(
        "strange_epochs_forgotten",
        "8",
        "epochs of which it has noticed that they are gone",
        "write k c1, sync k1, restore 0, sync k1, sync k2, restore 0",
    ),
    _bug("closed_not_checked", "8", "that a shelf is closed to others", "act h1 k mark, push h1 ok, restore 0"),
    # The phone has filled its copy in the new epoch, and has not yet sent its withdrawal again.
    _bug(
        "queue_not_asked",
        "8",
        "that the citizen's own phone still has acts to send",
        "act k1 k withdraw, push k1 ok, restore 0, pull k1 ok" + 5 * ", pull k1 ok",
    ),
    _bug(
        "closed_refuses",
        "7",
        "that nobody knows yet what is allowed",
        "act h1 k mark, push h1 ok, restore 0, act h1 k mark",
    ),
    _bug("token_names_no_act", "8", "about which act a token is", "act k1 k withdraw, push k1 ok, restore 0"),
)
OF_PHONES_ABOUT_ANSWERS = (
    _bug("no_nonce_check", "12", "for which answer it waits", "pull k1 late, deliver 0, deliver 0"),
    _bug("no_time_out", "12", "for how long it waits", "pull k1 late, wait 1, deliver 0"),
    _bug("answer_fits_all", "2", "with which cursor it asked", "pull k1 late, lose k1 k, deliver 0"),
    _bug(
        "no_base_check",
        "2",
        "on what a change is built",
        "write k c1, pull k1 late, write k c1, write k c2, sync k1, deliver 0",
        "no_nonce_check answer_fits_all",
    ),
    _bug(
        "staging_kept",
        "2",
        "to empty what was staged before",
        "lose k1 k, pull k1 ok, remove k c1, wait 744, sweep, login k1, sync k1",
    ),
    _bug("shown_half", "2 4", "to show a copy only when it is whole", "lose k1 k, pull k1 ok"),
    _bug("lease_from_first_page", "5", "that a page is not yet a copy", "lose k1 k, pull k1 ok"),
    _bug("no_lease", "5", "its lease", "wait 192"),
    _bug("clock_not_watched", "5", "that its clock went back", "wait 30, set_back h1 48, look h1"),
)
OF_PHONES_ABOUT_ACTS = (
    _bug("ack_not_named", "8", "to name the newest act that was acknowledged", _LOST_ACT),
    # The later act's token takes the place of the one that shows that the earlier act is lost.
    _bug("push_names_nothing", "8", "to say in a push what it knows", f"{_LOST_ACT}, act k1 k mark, push k1 ok"),
    _bug(
        "push_names_no_cursor",
        "8",
        "to say in a push where its copy stands",
        "write k c1, sync h1, restore 0, act h1 k mark, push h1 ok",
    ),
    _bug("lost_with_the_copy", "8", "what it knows when a copy is lost", f"{_LOST_ACT}, lose k1 k"),
    _bug("no_journal", "7 8", "to send acts again after a restore", _LOST_ACT),
    _bug("wipe_takes_outbox", "7 8", "acts about a copy that has to go", "act h1 k mark, revoke k, pull h1 ok"),
    # The grant went with a restore; the helper's act went too, and must not go unseen.
    _bug(
        "wipe_takes_journal",
        "7 8",
        "what was acknowledged about a copy that has to go",
        "act h1 k mark, push h1 ok, restore 0, revoke k, sync h1",
    ),
    _bug("wipes_not_confirmed", "alive", "to say that a copy is destroyed", "revoke k, sync h1"),
    # Both shelves are closed, and each waits for a phone that has something to say about the other.
    _bug(
        "queue_counts_all",
        "alive",
        "that acts about others wait for others",
        f"{_BOTH_CLOSED}, act k1 h mark, act h1 k mark",
    ),
    _bug(
        "waiting_holds_up",
        "alive",
        "that what waits for others is no reason not to confirm",
        f"{_BOTH_CLOSED}, act k1 h mark, act k1 k mark, act h1 k mark, act h1 h mark",
    ),
    _bug("journal_cut_short", "7", "acts that no pull has shown yet", f"{_LOST_ACT}, wait 744"),
    _bug(
        "refused_go_again",
        "7",
        "that a person was told no",
        "act h1 k mark, push h1 ok, grant k narrow 0, act h1 k edit, push h1 ok, restore 0",
    ),
    _bug("tabs_drain_together", "16", "that another tab is sending", "act k1 k mark, push k1 lost, push k1 ok"),
)
BUGS = (*ABOUT_ACTS, *ABOUT_COPIES, *ABOUT_RESTORES, *OF_PHONES_ABOUT_ANSWERS, *OF_PHONES_ABOUT_ACTS)
