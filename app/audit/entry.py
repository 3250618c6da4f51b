"""What one line of the access log says, and its hash in the citizen's chain."""

import hashlib
import json
from dataclasses import asdict, dataclass

from app.grant import Actor
from app.vault import envelope

# The head of a log in which nothing has been written.
EMPTY = b"\0" * 32


@dataclass(frozen=True)
class AccessEntry:
    """Who did what to whose data, why, on which basis, and whether they were let.

    Names of MinLog 2 and FHIR AuditEvent in brackets: ``actor`` (UserPersonIdentifier, agent.who), ``role`` (UserRole),
    ``organisation`` (OrganisationId), ``action`` (Activity), ``category`` (entity.what), ``purpose`` (Reason,
    purposeOfEvent), ``basis`` (policy), ``outcome`` permitted or refused, ``system`` (SystemName).
    ``at`` is ISO 8601 in UTC. ``case_number`` is the authority's own and ``about`` the id of the text that a question
    was about; None where there is none, as in all entries from before entries had them.
    """

    at: str
    actor: str
    role: str
    organisation: str | None
    action: str
    category: str
    purpose: str
    basis: str
    outcome: str
    system: str = "Nærblik"
    case_number: str | None = None
    about: str | None = None


def entry_of(
    actor: Actor,
    action: str,
    purpose: str,
    basis: str,
    outcome: str,
    at: str,
    *,
    case_number: str | None = None,
    about: str | None = None,
) -> AccessEntry:
    """The entry for one access; the category is the action's collection, as ``medication`` of ``medication:read``."""
    return AccessEntry(
        at=at,
        actor=actor.id,
        role=actor.role,
        organisation=actor.organisation,
        action=action,
        category=action.partition(":")[0],
        purpose=purpose,
        basis=basis,
        outcome=outcome,
        case_number=case_number,
        about=about,
    )


def to_bytes(entry: AccessEntry, salt: bytes) -> bytes:
    """Entry and salt as canonical JSON, ready to be sealed."""
    content = {"salt": salt.hex(), "entry": asdict(entry)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> tuple[AccessEntry, bytes]:
    """The inverse of to_bytes."""
    read = json.loads(content)
    return AccessEntry(**read["entry"]), bytes.fromhex(read["salt"])


def leaf_of(content: bytes, tag: bytes, seq: int, prev: bytes) -> bytes:
    """The chain's hash: H(0x00, H(salt, tag, seq, prev, entry)); salt and entry are both in ``content``."""
    inner = hashlib.sha256(envelope.context(content, tag, seq, prev)).digest()
    return hashlib.sha256(b"\x00" + inner).digest()
