"""A citizen of the demo with a device, for most tests of sync; and the table of bugs at the end of their hunt."""

import pytest

from tests.copy import Holder
from tests.house import House
from tests.sync import people
from tests.sync.machine.table import TABLE
from tests.sync.people import Somebody


@pytest.fixture
def karen(house: House) -> Somebody:
    people.with_demo(house)
    return Somebody(house)


@pytest.fixture
def holder(karen: Somebody) -> Holder:
    """A device of Karen's whose copy is whole."""
    holder = karen.holder()
    holder.sync()
    return holder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """pytest's hook."""
    if TABLE:
        terminalreporter.section(f"{len(TABLE)} seeded bugs, each told by an invariant")
        for line in TABLE:
            terminalreporter.write_line(line.text())
