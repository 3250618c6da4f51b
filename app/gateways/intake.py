"""Take in files and answers: tell the kind from the content, read it, and record it whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.access import service as access
from app.appointments import service as appointments
from app.consent import service as consent
from app.db.session import Database
from app.gateways import apd, fhir, fmk, xml
from app.gateways.facts import CitizenFacts, Facts
from app.grant import Action, Actor, Grant
from app.identity import citizens, people
from app.medication import record as medication
from app.records import service as records

# Larger than any card, document or bundle that a citizen's sources send, small enough to be read into memory.
MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Counts:
    """What was written, by kind. ``unchanged`` are items that said nothing new, ``ignored`` resources without use."""

    citizens: frozenset[str] = frozenset()
    medications: int = 0
    prescriptions: int = 0
    appointments: int = 0
    consents: int = 0
    unchanged: int = 0
    ignored: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.citizens | other.citizens,
            self.medications + other.medications,
            self.prescriptions + other.prescriptions,
            self.appointments + other.appointments,
            self.consents + other.consents,
            self.unchanged + other.unchanged,
            self.ignored + other.ignored,
        )


@dataclass
class Report:
    """The answer of `import`: the files that went in, what they brought, and those refused with the reason."""

    files: int = 0
    counts: Counts = field(default_factory=Counts)
    refused: list[dict[str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """As the contract prints it; ``citizens`` counts the different citizens that the files are about."""
        counts = {**self.counts.__dict__, "citizens": len(self.counts.citizens)}
        return {"files": self.files, **counts, "refused": self.refused}


def take_in_files(database: Database, actor: Actor, paths: Sequence[Path], now: Callable[[], datetime]) -> Report:
    """Take in each file in a transaction of its own: one that is refused leaves no trace and stops no other."""
    report = Report()
    for path in paths:
        try:
            facts = read(_bytes_of(path))
            with database.transaction() as session:
                counts = record(session, actor, facts, "record:import", now())
        except errors.DomainError as error:
            report.refused.append({"file": str(path), "reason": error.detail})
        else:
            report.files += 1
            report.counts += counts
    return report


def read(data: bytes) -> Facts:
    """The facts of one file or answer; raises Refused when it is of no known kind or wrong in any part."""
    if not data.strip():
        raise errors.Refused("The file is empty.")
    if looks_like_json(data):
        content = fhir.parse(data)
        if fhir.is_mine(content):
            return fhir.read(content)
        raise errors.Refused("The file is JSON, but no FHIR resource.")
    root = xml.parse(data)
    if fmk.is_mine(root):
        return fmk.read(root)
    if apd.is_mine(root):
        return apd.read(root)
    raise errors.Refused("The file is XML, but neither an answer of FMK 1.4.6 nor an appointment document (APD-DK).")


def record(session: Session, actor: Actor, facts: Facts, action: Action, now: datetime) -> Counts:
    """Record facts in this transaction, under grants that are logged; all citizens are locked first, sorted."""
    ids = [citizens.settle(session, each.person.numbers, now) for each in facts.citizens]
    grants = {each: access.open_record(session, actor, each, action, "operation", now) for each in sorted(set(ids))}
    total = Counts(ignored=facts.ignored)
    for citizen_id, each in sorted(zip(ids, facts.citizens, strict=True), key=lambda pair: pair[0]):
        total += _record_citizen(session, grants[citizen_id], facts.source, each, now)
    return total


def looks_like_json(data: bytes) -> bool:
    """Whether the first character that says anything opens a JSON value, in UTF-8, UTF-16 or UTF-32."""
    start = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return start[:1] in (b"{", b"[")


def _record_citizen(session: Session, grant: Grant, source: str, facts: CitizenFacts, now: datetime) -> Counts:
    personal = people.changes_of(source, facts.person, facts.relations)
    written = records.write(session, grant, personal, now)
    counts = Counts(citizens=frozenset({grant.citizen_id}))
    if source == "fhir":
        # A Patient or RelatedPerson is a resource of its own there, so one that says nothing new is an unchanged item.
        counts = replace(counts, unchanged=len(personal) - len(written))
    if facts.card is not None:
        recorded = medication.record_answer(session, grant, source, facts.card, now)
        counts += Counts(frozenset(), recorded.medications, recorded.prescriptions, unchanged=recorded.unchanged)
    new, same = appointments.record_appointments(session, grant, source, facts.appointments, now)
    counts += Counts(appointments=new, unchanged=same)
    new, same = consent.record_consents(session, grant, source, facts.consents, now)
    return counts + Counts(consents=new, unchanged=same)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise errors.Refused(f"The file cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise errors.Refused("The file is larger than 20 MB.")
    return data
