"""A PostgreSQL of its own for a benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgresql import start


@contextmanager
def served() -> Iterator[str]:
    """The address of an empty database, which ends with the benchmark."""
    cluster = start()
    try:
        yield cluster.create()
    finally:
        cluster.stop()
