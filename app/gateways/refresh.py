"""Ask the sources about a citizen and record what they say, or since when they could not be asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app import clock, errors
from app.access import service as access
from app.db.session import Database
from app.gateways import intake
from app.gateways.intake import Counts
from app.grant import Actor
from app.identity import citizens
from app.records import freshness
from app.records.source import Answer, Source

# A source that failed for this many citizens in a row is not asked about the rest: it is down, not they.
GIVE_UP_AFTER = 3


@dataclass
class Tally:
    """What one source answered over all citizens asked about."""

    asked: int = 0
    answered: int = 0
    failed: int = 0
    not_asked: int = 0
    counts: Counts = field(default_factory=Counts)
    not_fetched_since: datetime | None = None
    reason: str | None = None
    in_a_row: int = 0

    def to_json(self, source: str) -> dict[str, Any]:
        """As `refresh` prints it."""
        counts = {**self.counts.__dict__, "citizens": len(self.counts.citizens)}
        since = clock.utc_text(self.not_fetched_since) if self.not_fetched_since else None
        return {
            "source": source,
            "asked": self.asked,
            "answered": self.answered,
            "failed": self.failed,
            "not_asked": self.not_asked,
            **counts,
            "not_fetched_since": since,
            "reason": self.reason,
        }


def refresh(
    database: Database,
    actor: Actor,
    sources: Sequence[Source],
    citizen_ids: Sequence[str],
    now: Callable[[], datetime],
) -> list[dict[str, Any]]:
    """Ask every source about every citizen. A source that fails leaves what we know as it is, and its clock says so."""
    tallies = []
    for source in sources:
        tally = Tally()
        for citizen_id in citizen_ids:
            if tally.in_a_row >= GIVE_UP_AFTER:
                tally.not_asked += 1
                continue
            _ask_one(database, actor, source, citizen_id, now, tally)
        tallies.append(tally.to_json(source.name))
    return tallies


def _ask_one(
    database: Database, actor: Actor, source: Source, citizen_id: str, now: Callable[[], datetime], tally: Tally
) -> None:
    tally.asked += 1
    try:
        # No transaction is open while the source is waited for: a slow source holds up nobody's lock.
        answers = source.fetch(_number_of(database, actor, citizen_id, now()))
        tally.counts += _record(database, actor, source, citizen_id, answers, now())
    except (errors.SourceFailed, errors.Invalid, errors.Conflict) as error:
        tally.failed, tally.in_a_row, tally.reason = tally.failed + 1, tally.in_a_row + 1, error.detail
        since = _record_failure(database, actor, source, citizen_id, now())
        tally.not_fetched_since = min(tally.not_fetched_since or since, since)
    else:
        tally.answered, tally.in_a_row = tally.answered + 1, 0


def _number_of(database: Database, actor: Actor, citizen_id: str, now: datetime) -> str:
    with database.transaction() as session:
        grant = access.open_record(session, actor, citizen_id, "record:refresh", "operation", now)
        return citizens.read_numbers(session, grant)[0].value


def _record(
    database: Database, actor: Actor, source: Source, citizen_id: str, answers: Sequence[Answer], now: datetime
) -> Counts:
    facts = [intake.read(answer.body) for answer in answers]
    total = Counts()
    with database.transaction() as session:
        for each in facts:
            if any(citizens.find(session, n) != citizen_id for c in each.citizens for n in c.person.numbers[:1]):
                raise errors.SourceFailed("The source answered about somebody else. Nothing of it was kept.")
            total += intake.record(session, actor, each, "record:refresh", now)
        grant = access.open_record(session, actor, citizen_id, "record:refresh", "operation", now)
        freshness.record_answer(session, grant, source.name, now)
    return total


def _record_failure(database: Database, actor: Actor, source: Source, citizen_id: str, now: datetime) -> datetime:
    with database.transaction() as session:
        grant = access.open_record(session, actor, citizen_id, "record:refresh", "operation", now)
        freshness.record_failure(session, grant, source.name, now)
        return freshness.read(session, grant)[source.name].failing_since or now
