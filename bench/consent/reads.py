"""A decision with its fetch, and a logged read by a caseworker, at 50 events, on both databases."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.access import service as access
from app.consent import giving, ledger, requests
from app.consent.ledger import Issuer
from app.consent.receipt import Controller
from app.consent.requests import ConsentRequest
from app.grant import Actor
from app.medication import service as medication
from bench.consent.rate import reads_per_second
from bench.shared.postgresql import served
from tests.house import House, house_in

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
CITIZENS, EVENTS = 16, 50
DECISIONS, READS = 600, 600
CASEWORKER = Actor("staff:bench", "caseworker", "cvr:11111111")
ISSUER = Issuer("https://naerblik.example", Controller("Bench"))
# What design/consent.md asks for, in milliseconds and reads a second.
FETCH_P99_MS, READ_P95_MS, READ_RATE = 5.0, 15.0, 300


def measure() -> dict[str, Any]:
    """Milliseconds and reads per second on each database, and whether PostgreSQL keeps what was promised."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = _on(Path(folder) / "sqlite", f"sqlite:///{folder}/bench.db")
        with served() as url:
            postgresql = _on(Path(folder) / "postgresql", url)
    holds = (
        postgresql["fetch_ms"]["p99"] <= FETCH_P99_MS
        and postgresql["read_ms"]["p95"] <= READ_P95_MS
        and postgresql["reads_per_second"] >= READ_RATE
    )
    budget = f"fetch p99 <= {FETCH_P99_MS:g} ms, read p95 <= {READ_P95_MS:g} ms, >= {READ_RATE} reads/s on PostgreSQL"
    return {"events": EVENTS, "sqlite": sqlite, "postgresql": postgresql, "budget": budget, "holds": holds}


def _on(data_dir: Path, url: str) -> dict[str, Any]:
    with house_in(data_dir, url, NOW) as house:
        citizens = [_citizen(house, number) for number in range(CITIZENS)]
        fetch = _times(DECISIONS, lambda turn: _decide(house, citizens[turn % CITIZENS]))
        read = _times(READS, lambda turn: _read(house, citizens[turn % CITIZENS]))
        rate = reads_per_second(data_dir, url, citizens, CASEWORKER, NOW)
    return {"fetch_ms": fetch, "read_ms": read, "reads_per_second": round(rate)}


def _citizen(house: House, number: int) -> str:
    """A citizen with 50 events: consents, most of them withdrawn again, and one that stands."""
    citizen_id = house.citizen(f"150170{1000 + number}", f"Borger {number}")
    for turn in range(EVENTS // 2):
        request_id, event_id = f"request-{turn:010}", f"event-{turn:014}"
        asked = ConsentRequest(
            request_id,
            CASEWORKER.organisation or "",
            "Bench",
            "medicin-hjemmehjaelp",
            1,
            "casework",
            "1",
            date(2027, 6, 30),
            CASEWORKER.id,
            NOW,
        )
        with house.open(citizen_id, "consents:ask", CASEWORKER) as (session, grant):
            requests.ask(session, grant, asked)
        with house.open(citizen_id, "consents:give", Actor(citizen_id, "citizen")) as (session, grant):
            giving.accept_request(session, grant, request_id, event_id, "da", ISSUER)
        if turn < EVENTS // 2 - 1:
            with house.open(citizen_id, "consents:withdraw", Actor(citizen_id, "citizen")) as (session, grant):
                giving.withdraw(session, grant, event_id, f"end-{turn:016}", ISSUER)
    with house.open(citizen_id, "consents:read", Actor(citizen_id, "citizen")) as (session, grant):
        assert len(ledger.read_events(session, grant)) == EVENTS - 1
    return citizen_id


def _decide(house: House, citizen_id: str) -> None:
    with house.database.reading() as session:
        decided = access.decide(session, CASEWORKER, citizen_id, "medication:read", "casework", NOW)
        assert decided.decision.reason == "grant"


def _read(house: House, citizen_id: str) -> None:
    with house.open(citizen_id, "medication:read", CASEWORKER) as (session, grant):
        medication.read_card(session, grant)


def _times(times: int, call: Callable[[int], None]) -> dict[str, float]:
    for turn in range(20):
        call(turn)
    taken = []
    for turn in range(times):
        begun = time.perf_counter()
        call(turn)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {f"p{part}": round(taken[times * part // 100], 2) for part in (50, 95, 99)}
