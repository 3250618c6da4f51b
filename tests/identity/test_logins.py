from app.identity import logins
from tests.conftest import Raw
from tests.house import House


def begin(house: House) -> str:
    citizen_id = house.citizen()
    with house.database.transaction() as session:
        return logins.begin(session, citizen_id, house.at)


def holds(house: House, token: str) -> bool:
    with house.database.transaction() as session:
        return logins.find(session, token, house.at) is not None


def test_a_token_finds_its_login_and_no_other_does(house: House) -> None:
    token = begin(house)

    assert holds(house, token)
    assert not holds(house, token + "x")


def test_an_idle_login_ends(house: House) -> None:
    token = begin(house)
    house.wait(minutes=29)
    assert holds(house, token)
    house.wait(minutes=29)
    assert holds(house, token)
    house.wait(minutes=30)

    assert not holds(house, token)


def test_no_login_outlives_its_absolute_end(house: House) -> None:
    token = begin(house)
    for _ in range(28):
        house.wait(minutes=25)
        assert holds(house, token)
    house.wait(minutes=25)

    assert not holds(house, token)


def test_an_ended_login_is_gone(house: House) -> None:
    token = begin(house)
    with house.database.transaction() as session:
        logins.end(session, token)

    assert not holds(house, token)


def test_the_database_does_not_hold_the_token(house: House, raw: Raw) -> None:
    token = begin(house)

    stored = raw.run("SELECT * FROM login_session")

    assert len(stored) == 1
    assert token not in str(stored)
