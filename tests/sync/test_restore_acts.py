"""What acknowledged acts and their tokens show of a restore, and what acts do while a shelf is closed after one."""

import pytest

from tests.copy import Holder
from tests.house import House
from tests.sync import people
from tests.sync.backup import Backup
from tests.sync.people import KEEPING, Somebody
from tests.sync.test_lent import told_of
from tests.sync.test_pull import put, view_of
from tests.sync.test_push import dose
from tests.sync.test_restore import alarms, is_closed, settle, texts, write


@pytest.fixture
def helper(karen: Somebody, house: House) -> Holder:
    """A phone of somebody who may keep Karen's card and mark her doses."""
    henrik = Somebody(house, 2)
    people.grant(house, karen.id, henrik.id, KEEPING | {"medication:mark"})
    holder = henrik.holder()
    holder.sync()
    return holder


def test_a_withdrawal_that_a_restore_lost_is_missed_and_done_again(
    karen: Somebody, holder: Holder, helper: Holder, house: House
) -> None:
    backup = Backup(house)
    house.wait(minutes=1)
    head = holder.spaces[karen.id].head
    holder.act(karen.id, "consent:withdraw", {"grant_id": "g"})
    holder.sync()
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)
    backup.put_back(house)
    [told] = holder.pull()["spaces"]
    assert (told["answer"], told["epoch"] != head["epoch"]) == ("snapshot", True)
    settle(holder)
    assert told_of(helper.pull(), karen.id)["answer"] == "wipe"


def test_an_act_that_left_nothing_on_the_shelf_is_missed_by_its_number(
    karen: Somebody, holder: Holder, house: House
) -> None:
    write(holder, karen.id, "same")
    settle(holder)
    backup = Backup(house)
    mid = write(holder, karen.id, "same")
    settle(holder)
    assert holder.outcomes[mid] == "applied"
    assert holder.spaces[karen.id].head["to"] == 2
    backup.put_back(house)
    settle(holder)
    assert alarms(house) == 1
    assert (holder.outcomes[mid], is_closed(house, karen.id)) == ("applied", False)


def test_a_copy_that_was_lost_does_not_take_with_it_what_shows_a_restore(
    karen: Somebody, holder: Holder, house: House
) -> None:
    backup = Backup(house)
    write(holder, karen.id, "lost")
    holder.sync()
    backup.put_back(house)
    holder.lose_copy(karen.id)
    settle(holder)
    assert alarms(house) == 1
    assert texts(holder, karen.id) == {"lost"}


def test_a_device_out_of_an_epoch_that_the_backup_lacks_raises_one_alarm_for_all(
    karen: Somebody, holder: Holder, house: House
) -> None:
    other = karen.holder()
    other.sync()
    backup = Backup(house)
    people.record(house, karen.id, put("a"))
    holder.pull()
    backup.put_back(house)
    settle(holder)
    settle(other)
    backup.put_back(house)  # it knows neither of the epoch in which both stand, nor that it noticed
    settle(holder)
    settle(other)
    assert (alarms(house), is_closed(house, karen.id)) == (1, False)
    assert other.spaces[karen.id].rows == holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_an_act_about_a_shelf_that_its_own_phone_shows_to_be_old_waits_until_the_citizen_has_spoken(
    karen: Somebody, holder: Holder, helper: Holder, house: House
) -> None:
    backup = Backup(house)
    people.record(house, karen.id, put("a"))
    holder.act(karen.id, "dose:mark", dose(holder, karen.id))
    settle(holder)
    settle(helper)
    backup.put_back(house)
    mid = helper.act(karen.id, "dose:mark", {**dose(helper, karen.id), "slot": "noon"})
    assert helper.push()["outcomes"] == []
    settle(helper)
    assert (is_closed(house, karen.id), [act["mid"] for act in helper.outbox]) == (True, [mid])
    assert helper.spaces[karen.id].is_closed

    settle(holder)
    settle(helper)
    assert (helper.outcomes[mid], helper.outbox) == ("applied", [])
    settle(holder)
    assert len(holder.spaces[karen.id].contents("dose_mark")) == 2


def test_shelves_of_two_who_help_each_other_open_again_though_each_phone_has_acts_for_the_other(
    karen: Somebody, holder: Holder, helper: Holder, house: House
) -> None:
    henrik = next(space for space, held in helper.spaces.items() if held.head["relation"] == "self")
    people.grant(house, henrik, karen.id, KEEPING | {"medication:mark"}, name="h")
    settle(holder)
    backup = Backup(house)
    mine = {one: {**dose(one, one_for), "slot": "noon"} for one, one_for in ((holder, henrik), (helper, karen.id))}
    for one, one_for in ((holder, henrik), (helper, karen.id)):
        one.act(one_for, "dose:mark", mine[one])
        settle(one)
    backup.put_back(house)
    for one, one_for in ((holder, henrik), (helper, karen.id)):
        one.act(one_for, "dose:mark", {**mine[one], "ordinal": 2})
    for _ in range(3):
        settle(holder)
        settle(helper)
    assert [is_closed(house, each) for each in (karen.id, henrik)] == [False, False]
    assert (holder.outbox, helper.outbox) == ([], [])
    assert len(helper.spaces[karen.id].contents("dose_mark")) == 2
    assert len(holder.spaces[henrik].contents("dose_mark")) == 2


def test_a_wipe_whose_confirmation_a_restore_lost_is_ordered_and_confirmed_once_more(
    karen: Somebody, helper: Holder, house: House
) -> None:
    people.withdraw(house, karen.id)
    assert told_of(helper.pull(), karen.id)["answer"] == "wipe"
    backup = Backup(house)
    helper.sync()
    backup.put_back(house)
    assert told_of(helper.pull(), karen.id)["answer"] == "wipe"
    helper.sync()
    assert helper.leaving == []
    assert helper.answers == ["up_to_date"]


def test_what_was_done_for_somebody_whose_consent_a_restore_lost_does_not_go_unseen(
    karen: Somebody, holder: Holder, helper: Holder, house: House
) -> None:
    backup = Backup(house)
    mid = helper.act(karen.id, "dose:mark", dose(helper, karen.id))
    settle(helper)
    assert helper.outcomes[mid] == "applied"
    backup.put_back(house)
    people.withdraw(house, karen.id)
    for one in (helper, holder, helper):
        settle(one)
    assert (helper.outcomes[mid], helper.journal, helper.outbox) == ("rejected:not_allowed", [], [])
    assert karen.id not in helper.spaces
