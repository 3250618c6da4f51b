"""What the log says of its tree, signed (C2SP tlog-checkpoint), and what witnesses say of that (cosignature/v1).

Invariant: of one origin and size there is one root that this installation signs.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from app import errors
from app.audit import signed_note, tree
from app.audit.signed_note import Key, Line, SignedNote
from app.vault import note_keys
from app.vault.note_keys import NoteSigner

_TIME_LENGTH, _SIGNATURE_LENGTH = 8, 64
_ROOM = 1 << 53


@dataclass(frozen=True)
class Checkpoint:
    """The log's name, how many leaves its tree has, and the tree's root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Opened:
    """A checkpoint that its log has signed, with the note it came in."""

    checkpoint: Checkpoint
    note: SignedNote


def log_key(origin: str, signer: NoteSigner) -> Key:
    """The key under which the log of this name signs."""
    return Key(origin, signed_note.SIGNATURE, signer.public_key)


def sign(checkpoint: Checkpoint, signer: NoteSigner) -> SignedNote:
    """The checkpoint as its log signs it."""
    key, text = log_key(checkpoint.origin, signer), checkpoint.text()
    return SignedNote(text, (Line(key.name, key.id, signer.sign(text.encode())),))


def read(content: bytes, key: Key) -> Opened:
    """The checkpoint in these bytes, if the log of this key signed it as its own. Raises NotVerified."""
    found = signed_note.read(content)
    checkpoint = _of_text(found.text)
    if checkpoint.origin != key.name or key.kind != signed_note.SIGNATURE:
        raise errors.NotVerified("This checkpoint is of another log.")
    note_keys.verify(key.public, signed_note.of_key(found.lines, key).signature, found.text.encode())
    return Opened(checkpoint, found)


def cosign(text: str, name: str, signer: NoteSigner, at: datetime) -> Line:
    """The line by which a witness says that at this time it saw this text, and nothing that contradicts it."""
    key, seconds = witness_key(name, signer), int(at.timestamp())
    made = signer.sign(_cosigned(text, seconds))
    return Line(key.name, key.id, seconds.to_bytes(_TIME_LENGTH, "big") + made)


def witness_key(name: str, signer: NoteSigner) -> Key:
    """The key under which a witness of this name cosigns."""
    return Key(name, signed_note.COSIGNATURE, signer.public_key)


def cosigned_at(text: str, line: Line, key: Key) -> datetime:
    """When the witness of this key cosigned this text with this line. Raises NotVerified when it did not."""
    if key.kind != signed_note.COSIGNATURE or not line.is_by(key):
        raise errors.NotVerified(f"{key.name} has not cosigned this.")
    if len(line.signature) != _TIME_LENGTH + _SIGNATURE_LENGTH:
        raise errors.NotVerified("This is no cosignature.")
    seconds = int.from_bytes(line.signature[:_TIME_LENGTH], "big")
    note_keys.verify(key.public, line.signature[_TIME_LENGTH:], _cosigned(text, seconds))
    return datetime.fromtimestamp(seconds, UTC)


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _of_text(text: str) -> Checkpoint:
    origin, size, root, *more = text.split("\n")[:4] if text.count("\n") >= 3 else ("", "", "", "more")
    try:
        found = Checkpoint(origin, int(size) if size.isascii() and size.isdigit() else -1, base64.b64decode(root))
    except (binascii.Error, ValueError):
        raise _no_checkpoint() from None
    # Only what is written as we write it: no zeros before a number, no further lines that somebody else would read.
    if more != [""] or found.text() != text or not signed_note.is_name(origin):
        raise _no_checkpoint()
    if len(found.root) != tree.WIDTH or not 0 <= found.size < _ROOM:
        raise _no_checkpoint()
    return found


def _no_checkpoint() -> errors.NotVerified:
    return errors.NotVerified("This note is no checkpoint: a name, a size and a root.")
