"""Hand out what is signed of the tree, with proofs, and take the cosignatures of witnesses that are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import signed_note, tree
from app.audit.models import CheckpointRow, Cosignature, LogTree
from app.audit.signed_note import Key, SignedNote
from app.audit.stored import StoredTree
from app.audit.tree_fault import TreeFault
from app.vault import service as vault


@dataclass(frozen=True)
class Published:
    """A checkpoint that was signed: its size, its root, and the note with the cosignatures that there are by now."""

    size: int
    root: bytes
    note: bytes


def known(texts: Sequence[str]) -> list[Key]:
    """The witnesses of these keys. Raises NotReady that names one which is no key of a witness."""
    found = []
    for each in texts:
        try:
            key = signed_note.key(each)
        except errors.NotVerified:
            key = None
        if key is None or key.kind != signed_note.COSIGNATURE:
            raise errors.NotReady(f"NAERBLIK_WITNESSES: {each} is no key of a witness, as naerblik witness prints it.")
        found.append(key)
    return found


def newest(session: Session) -> Published:
    """The newest checkpoint. Raises NotFound when nothing was signed yet."""
    row = session.scalars(select(CheckpointRow).order_by(CheckpointRow.size.desc()).limit(1)).one_or_none()
    if row is None:
        raise errors.NotFound("Nothing is signed of the log yet. Ask again in a minute.")
    lines = session.scalars(
        select(Cosignature.line).where(Cosignature.size == row.size).order_by(Cosignature.witness)
    ).all()
    note = signed_note.read(row.note.encode())
    whole = SignedNote(note.text, (*note.lines, *map(signed_note.line, lines)))
    return Published(row.size, row.root, whole.to_bytes())


def log_key(session: Session) -> Key:
    """The key under which the log signs. Raises NotFound while it has no name."""
    origin = session.scalar(select(LogTree.origin))
    if origin is None:
        raise errors.NotFound("Nothing is signed of the log yet. Run: naerblik worker --once")
    return checkpoints.log_key(origin, vault.of(session).checkpoints)


def consistency(session: Session, old: int, size: int) -> list[bytes]:
    """What proves that the tree of ``size`` begins with the one of ``old``; both were signed or lie below what was.

    Raises Invalid for sizes between which there is no proof, 0 among them.
    """
    if not 0 < old <= size <= newest(session).size:
        raise errors.Invalid("There is no proof between these sizes.")
    return tree.consistency(old, size, StoredTree(session).node)


def take(session: Session, witnesses: Sequence[Key], size: int, text: str, now: datetime) -> None:
    """Keep a witness's line under the checkpoint of this size; the same again is one.

    Raises NotFound when there is no such checkpoint, NotVerified when none of these witnesses made the line.
    """
    row = session.get(CheckpointRow, size)
    if row is None:
        raise errors.NotFound("No checkpoint of this size was signed.")
    line = signed_note.line(text)
    for key in witnesses:
        if line.is_by(key):
            checkpoints.cosigned_at(signed_note.read(row.note.encode()).text, line, key)
            if session.get(Cosignature, (size, key.name)) is None:
                session.add(Cosignature(size=size, witness=key.name, line=line.text(), made_at=now))
            return
    raise errors.NotVerified("This witness is not known here.")


def faults(session: Session, witnesses: Sequence[Key]) -> Iterator[TreeFault]:
    """The first cosignature that is not under what it says. Of a witness that is not known any more, only its place."""
    keys = {key.name: key for key in witnesses}
    for row in session.scalars(select(Cosignature).order_by(Cosignature.size, Cosignature.witness)):
        if not _holds(session.get(CheckpointRow, row.size), row, keys.get(row.witness)):
            yield TreeFault("cosignature", row.size, f"{row.witness} did not cosign the checkpoint of this size")
            return


def _holds(under: CheckpointRow | None, row: Cosignature, key: Key | None) -> bool:
    try:
        line = signed_note.line(row.line)
        if under is not None and key is not None:
            checkpoints.cosigned_at(signed_note.read(under.note.encode()).text, line, key)
    except errors.NotVerified:
        return False
    return under is not None and line.name == row.witness
