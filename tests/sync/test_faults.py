"""A cut after every SQL statement of a pull and of a push: nothing is half done, lost, or done twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.copy import PULL, PUSH, Holder
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody
from tests.sync.test_pull import put, view_of
from tests.sync.test_push import dose, note

MOST = 200


@contextmanager
def cut_after(house: House, statements: int) -> Iterator[list[str]]:
    """The database goes away after so many statements; gives those that were run."""
    run: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if len(run) >= statements:
            raise OperationalError(statement, {}, Exception("away"))
        run.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", count)
    try:
        yield run
    finally:
        event.remove(house.database.engine, "before_cursor_execute", count)


def test_a_pull_that_was_cut_anywhere_changes_nothing_and_the_next_one_tells_all(
    karen: Somebody, holder: Holder, house: House
) -> None:
    helper = Somebody(house, 2)
    people.grant(house, helper.id, karen.id)
    people.record(house, karen.id, put("a"))
    body = holder.pull_body()
    for statements in range(MOST):
        with cut_after(house, statements):
            status, problem, _ = holder.device.ask(PULL, body)
        if status == 200:
            break
        assert (status, problem["code"]) == (503, "not_ready")
        assert people.logged(house, helper.id, "record:copy") == []
    else:
        pytest.fail("the pull never ended")
    assert statements > 15
    holder.sync()
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)
    assert holder.spaces[helper.id].keys("medication") != []


def test_a_push_that_was_cut_anywhere_is_done_once_when_it_is_sent_again(
    karen: Somebody, holder: Holder, house: House
) -> None:
    done = 0
    for statements in range(MOST):
        day = dose(holder, karen.id, ordinal=1 + statements % 100, slot="morning" if statements < 100 else "noon")
        holder.act(karen.id, "dose:mark", day)
        holder.act(karen.id, "note:remove", {"id": note()["id"]}, "0" * 32)
        with cut_after(house, statements):
            status, problem, _ = holder.device.ask(PUSH, holder.push_body())
        done += 1
        assert status in (200, 503), problem
        holder.drain()
        if status == 200:
            break
    else:
        pytest.fail("the push never ended")

    assert statements > 15
    holder.sync()
    assert len(holder.spaces[karen.id].contents("dose_mark")) == done
    assert set(holder.outcomes.values()) == {"applied"}
    assert people.logged(house, karen.id, "medication:mark") == [(karen.id, "permitted")] * done
    assert holder.spaces[karen.id].rows == view_of(house, karen.id)
