"""An older backup is put back without a word: devices notice it, once each time, and nothing acknowledged is lost."""

from typing import Any

import pytest

from app.records import restores
from app.records.item import Put, Remove
from tests.copy import Holder
from tests.house import House
from tests.sync import people
from tests.sync.backup import Backup
from tests.sync.people import Somebody
from tests.sync.test_pull import put, view_of
from tests.sync.test_push import note


def alarms(house: House) -> int:
    with house.database.reading() as session:
        return len(restores.read_alarms(session))


def is_closed(house: House, citizen_id: str) -> bool:
    with house.database.reading() as session:
        return restores.is_closed(session, citizen_id)


def texts(holder: Holder, space: str) -> set[str]:
    return {str(each["text"]) for each in holder.spaces[space].contents("note").values()}


def write(holder: Holder, space: str, text: str) -> int:
    return holder.act(space, "note:write", note(text, f"note-{text:0>16}"))


def settle(holder: Holder) -> None:
    holder.sync()
    holder.sync()


def test_a_copy_that_is_ahead_of_the_shelf_shows_a_restore_and_is_filled_anew(
    karen: Somebody, holder: Holder, house: House
) -> None:
    backup = Backup(house)
    people.record(house, karen.id, put("a"))
    holder.pull()
    epoch = holder.spaces[karen.id].head["epoch"]
    backup.put_back(house)
    [told] = holder.pull()["spaces"]

    assert (told["answer"], told["epoch"] != epoch) == ("snapshot", True)
    assert (alarms(house), is_closed(house, karen.id)) == (1, True)
    settle(holder)
    assert (alarms(house), is_closed(house, karen.id)) == (1, False)
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_shelf_that_was_written_past_the_copy_after_a_restore_is_told_apart_by_its_chain(
    karen: Somebody, holder: Holder, house: House
) -> None:
    backup = Backup(house)
    people.record(house, karen.id, put("a"))
    holder.pull()
    backup.put_back(house)
    people.record(house, karen.id, put("b"))
    people.record(house, karen.id, put("c"))
    assert holder.pull()["spaces"][0]["answer"] == "snapshot"
    assert alarms(house) == 1
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_the_same_backup_put_back_twice_is_noticed_twice(karen: Somebody, holder: Holder, house: House) -> None:
    other = karen.holder()
    other.sync()
    backup = Backup(house)
    people.record(house, karen.id, put("a"))
    holder.pull()
    for _ in range(2):
        backup.put_back(house)
        assert holder.pull()["spaces"][0]["answer"] == "snapshot"
        assert alarms(house) == 1  # the backup holds none
        settle(holder)
    other.sync()  # it stands where the backup does, in an epoch that was ended
    assert alarms(house) == 1
    assert other.spaces[karen.id].rows == holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_an_act_that_was_acknowledged_is_done_once_more_and_once_only(
    karen: Somebody, holder: Holder, house: House
) -> None:
    write(holder, karen.id, "before")
    holder.sync()
    backup = Backup(house)
    write(holder, karen.id, "lost")
    holder.push()
    backup.put_back(house)
    settle(holder)

    assert alarms(house) == 1
    assert texts(holder, karen.id) == {"before", "lost"}
    settle(holder)
    assert sorted(texts(holder, karen.id)) == ["before", "lost"]
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_an_act_sent_after_the_restore_does_not_hide_the_one_that_it_lost(
    karen: Somebody, holder: Holder, house: House
) -> None:
    backup = Backup(house)
    write(holder, karen.id, "lost")
    holder.push()
    backup.put_back(house)
    write(holder, karen.id, "later")
    holder.push()
    assert alarms(house) == 1
    settle(holder)

    assert texts(holder, karen.id) == {"lost", "later"}
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_restore_while_a_copy_is_filled_makes_it_begin_anew(karen: Somebody, house: House) -> None:
    people.record(house, karen.id, *(put(f"n{number}") for number in range(2_500)))
    backup = Backup(house)
    people.record(house, karen.id, put("a"), Remove("note", "n2400"))
    late = karen.holder()
    late.device.counter = 1_000  # the backup does not know this device
    late.pull()
    backup.put_back(house)
    with pytest.raises(Exception, match="device_unknown"):
        late.pull()


def test_a_restore_between_the_pages_is_noticed(karen: Somebody, holder: Holder, house: House) -> None:
    people.record(house, karen.id, *(put(f"n{number}") for number in range(2_500)))
    backup = Backup(house)
    people.record(house, karen.id, put("a"), Remove("note", "n2400"))
    assert holder.pull()["spaces"][0]["more"]
    backup.put_back(house)
    [told] = holder.pull()["spaces"]
    assert (told["answer"], told["start"]) == ("snapshot", True)
    settle(holder)
    assert alarms(house) == 1
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)


def test_a_consent_that_was_withdrawn_since_the_backup_opens_nothing_after_it(
    karen: Somebody, holder: Holder, house: House
) -> None:
    helper = Somebody(house, 2)
    people.grant(house, karen.id, helper.id)
    his = helper.holder()
    his.sync()
    backup = Backup(house)
    house.wait(minutes=1)
    holder.act(karen.id, "consent:withdraw", {"grant_id": "g"})
    holder.sync()
    backup.put_back(house)
    holder.pull()  # it notices, and has not yet sent again what was withdrawn

    def told(head: dict[str, Any]) -> str:
        return str(next(each["answer"] for each in head["spaces"] if each["space"] == karen.id))

    assert told(his.pull()) == "closed"
    settle(holder)
    assert told(his.pull()) == "wipe"
    people.record(house, karen.id, Put("note", "x", "self", {}))
    assert his.spaces.keys() == {helper.id}
