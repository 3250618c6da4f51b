"""A PostgreSQL of its own for a benchmark."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class Absent(Exception):
    """There is no PostgreSQL that could be started here; the text says why."""


@contextmanager
def served() -> Iterator[str]:
    """The address of an empty database, which ends with the benchmark. Raises Absent."""
    try:
        # Its server comes in a package of its own, which not every machine can install.
        from tests.postgresql import start

        cluster = start()
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise Absent(f"PostgreSQL did not start: {error}") from error
    try:
        yield cluster.create()
    finally:
        cluster.stop()
