"""Several workers that forget old acts at once (PostgreSQL): what is forgotten is never done again."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress

import pytest

from app.identity import device as devices
from tests.house import House
from tests.sync import people
from tests.sync.people import Somebody

pytestmark = pytest.mark.postgresql
PATIENCE = 60


def test_of_two_workers_the_one_that_forgot_more_counts(served: House) -> None:
    people.with_demo(served)
    device = Somebody(served).holder().device.id

    def forget_more() -> None:
        with served.database.transaction() as session:
            devices.raise_low_mid(session, device, 10)

    with ThreadPoolExecutor(1) as threads:
        with served.database.transaction() as session:
            devices.raise_low_mid(session, device, 8)
            other = threads.submit(forget_more)
            with suppress(NotYet):
                other.result(0.5)  # it goes first, or it waits
        other.result(PATIENCE)

    with served.database.reading() as session:
        found = devices.find(session, device)
    assert found is not None
    assert found.low_mid == 10
