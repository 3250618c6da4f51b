"""What is in the database while it is measured: items of a known size on one shelf, and very many other citizens."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import insert

from app.medication.marks import DOSE_MARK
from app.records import item as items
from app.records import service as records
from app.records.item import OpenItem, Put
from app.records.models import SpaceHead
from tests.house import House

SIZE = 420
AT_ONCE = 10_000
DEVICE = secrets.token_hex(16)
SLOTS = ("morning", "noon", "evening", "night")


def fill(house: House, citizen_id: str, many: int) -> None:
    """Let so many items of 420 bytes stand on a shelf: marked doses, what a citizen gathers most of."""
    changes = [_mark(house, citizen_id, number) for number in range(many)]
    with house.open(citizen_id, "record:import") as (session, grant):
        assert len(records.write(session, grant, changes, house.at)) == many


def change(house: House, citizen_id: str, number: int) -> None:
    """Let one more dose be marked."""
    with house.open(citizen_id, "record:import") as (session, grant):
        records.write(session, grant, [_mark(house, citizen_id, number)], house.at)


def add_citizens(house: House, many: int) -> None:
    """Let the database know so many citizens more, each by the head of their shelf alone."""
    for start in range(0, many, AT_ONCE):
        rows = [_head() for _ in range(min(AT_ONCE, many - start))]
        with house.database.engine.begin() as connection:
            connection.execute(insert(SpaceHead), rows)


def _head() -> dict[str, object]:
    return {
        "citizen_id": secrets.token_hex(16),
        "epoch": secrets.randbits(63),
        "seq": 0,
        "chain": secrets.token_bytes(32),
        "floor": 0,
        "count": 0,
        "digest": bytes(16),
    }


def _mark(house: House, citizen_id: str, number: int) -> Put:
    """A dose that was marked: every fourth of another day, and all of four medicines."""
    day = house.at - timedelta(days=1 + number // 16, minutes=number % 60)
    content = {
        "medication": f"{number // 4 % 4:032x}",
        "date": day.date().isoformat(),
        "slot": SLOTS[number % 4],
        "ordinal": 1,
        "said": "taken",
        "at": day.isoformat(timespec="microseconds"),
        "undoes": None,
        "by": citizen_id,
        "made_at": day.isoformat(timespec="microseconds"),
    }
    # As long as it takes to 420 bytes; a mark's id is its device's, always the same, and a number.
    short = SIZE - _length(content, f"-{number:06}", house.at)
    assert short > 0, short
    return Put(DOSE_MARK, f"{(DEVICE * 4)[:short]}-{number:06}", "self", content)


def _length(content: dict[str, object], mark_id: str, at: datetime) -> int:
    return len(items.to_bytes(OpenItem(mark_id, "self", content, at)))
