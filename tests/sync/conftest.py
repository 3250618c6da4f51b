"""Prints the table of seeded bugs at the end of the run that hunts them."""

import pytest

from tests.sync.machine.table import TABLE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """pytest's hook."""
    if TABLE:
        terminalreporter.section(f"{len(TABLE)} seeded bugs, each told by an invariant")
        for line in TABLE:
            terminalreporter.write_line(line.text())
