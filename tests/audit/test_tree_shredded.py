"""A citizen who is shredded leaves only hashes in the tree, and every proof holds."""

import pytest

from app.audit import growing, shredding
from tests.audit.rows import ORIGIN, check, defined, leaves_of, rows
from tests.conftest import Raw
from tests.house import House
from tests.shell import Shell


def test_the_hashes_stay_and_whose_they_are_goes(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    anna, bodil = house.citizen("1501701234", "Anna"), house.citizen("0202601234", "Bodil")
    for each in (anna, bodil, anna):
        with house.open(each, "medication:read"):
            pass
    growing.grow(house.database, ORIGIN, house.at)
    before = leaves_of(house.database)

    assert Shell(house, capsys).said("keys", "shred", "1501701234", "--for-ever")[0] == 0

    assert leaves_of(house.database) == before
    shredded = rows(house.database, "SELECT position, hash, shredded FROM log_leaf WHERE citizen_id IS NULL")
    with house.database.reading() as session:
        for position, leaf, sign in shredded:
            assert sign == shredding.sign_of(session, position, leaf)
    assert len(shredded) == 3
    assert anna not in str(rows(house.database, "SELECT * FROM log_leaf"))
    with house.open(bodil, "medication:read"):
        pass
    growing.grow(house.database, ORIGIN, house.at)
    assert rows(house.database, "SELECT root FROM checkpoint WHERE size = 5") == [(defined(before),)]
    assert leaves_of(house.database)[:5] == before


def test_an_entry_that_is_not_in_the_tree_yet_never_comes_in(
    house: House, raw: Raw, capsys: pytest.CaptureFixture[str]
) -> None:
    house.citizen("1501701234", "Anna")

    assert Shell(house, capsys).said("keys", "shred", "1501701234", "--for-ever")[0] == 0

    assert growing.grow(house.database, ORIGIN, house.at).entries == 0
    assert raw.run("SELECT count(*) FROM log_leaf") == [(0,)]
    assert check(house) == 0
