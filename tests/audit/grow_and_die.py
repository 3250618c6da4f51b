"""Run as a program: makes the log's tree grow again and again, killed (-9) at every statement and commit in turn.

``python -m tests.audit.grow_and_die DATA_DIR DATABASE_URL`` prints how often it was killed; a tree that is not right at
any time is an AssertionError.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.audit import growing, stored
from tests.audit.rows import ORIGIN, check
from tests.conftest import NOW
from tests.house import House, house_in

BITS = 1


def die_at(house: House, which: int) -> None:
    """From now on, the process is killed before its ``which``-th statement or commit."""
    seen = 0

    def step(*_arguments: Any, **_more: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == which:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(house.database.engine, "before_cursor_execute", step)
    event.listen(house.database.engine, "commit", step)


def grown_in_a_child(house: House, which: int) -> bool:
    """Whether a process of its own came to the end of it."""
    house.database.close()
    child = os.fork()
    if child == 0:
        die_at(house, which)
        growing.grow(house.database, ORIGIN, house.at)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    assert status == 0
    return True


def main(data_dir: str, url: str) -> None:
    stored.BITS = BITS
    with house_in(Path(data_dir), url, NOW) as house:
        anna, bodil = house.citizen("1501701234"), house.citizen("0202601234")
        killed, is_whole = 0, False
        while not is_whole:
            for each in (anna, bodil, anna):
                with house.open(each, "medication:read"):
                    pass
            is_whole = grown_in_a_child(house, killed + 1)
            killed += not is_whole
            check(house, BITS)
            growing.grow(house.database, ORIGIN, house.at)
            logged = 2 + 3 * (killed + is_whole)
            assert check(house, BITS) == logged
        print(killed)  # read by the test that began this process


if __name__ == "__main__":
    main(*sys.argv[1:])
