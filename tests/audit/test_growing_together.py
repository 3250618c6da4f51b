"""Many who log while many make the tree grow: on PostgreSQL, where they do it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.audit import growing
from tests.audit.rows import ORIGIN, check
from tests.house import House

pytestmark = pytest.mark.postgresql
LOOKS, GROWTHS = 25, 12


def test_each_entry_stands_in_the_tree_once(served: House) -> None:
    citizens = [served.citizen(f"01017012{number:02}") for number in range(4)]

    def look(citizen_id: str) -> None:
        for _ in range(LOOKS):
            with served.open(citizen_id, "medication:read"):
                pass

    def grow(_number: int) -> int:
        return sum(growing.grow(served.database, ORIGIN, served.at).entries for _ in range(GROWTHS))

    with ThreadPoolExecutor(7) as pool:
        looking = [pool.submit(look, each) for each in citizens]
        growths = [pool.submit(grow, number) for number in range(3)]
        for each in looking:
            each.result()
        grown = sum(each.result() for each in growths)
    grown += growing.grow(served.database, ORIGIN, served.at).entries

    assert grown == check(served) == 4 * (LOOKS + 1)
