"""Two processes that make or rotate the signing key at the same instant: shown on PostgreSQL, where they can."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.vault import signing_keys
from tests.house import House

pytestmark = pytest.mark.postgresql
MANY = 6


def together(house: House, act: Callable[[Session, datetime], str]) -> list[str]:
    """What each of many gets who begin at once."""
    barrier = Barrier(MANY)

    def one(_number: int) -> str:
        with house.database.transaction() as session:
            session.execute(text("SELECT 1"))
            barrier.wait()
            return act(session, house.at)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def test_many_who_find_no_key_make_one(served: House) -> None:
    with served.database.transaction() as session:
        session.execute(text("DELETE FROM signing_key"))

    made = together(served, signing_keys.prepare)

    assert len(set(made)) == 1
    with served.database.reading() as session:
        assert [key.kid for key in signing_keys.public_keys(session)] == made[:1]


def test_many_who_rotate_each_make_a_key_and_the_last_one_signs(served: House) -> None:
    made = together(served, signing_keys.rotate)

    with served.database.reading() as session:
        known = signing_keys.public_keys(session)
        active = signing_keys.demand_active(session)
    assert len(set(made)) == MANY
    assert set(made) <= {key.kid for key in known}
    assert len(known) == MANY + 1
    assert [key.kid for key in known if key.retired_at is None] == [active]
