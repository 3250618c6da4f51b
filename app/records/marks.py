"""Marks: a keyed hash of what an item says, by which a device and the server agree on an item and on a whole view.

A mark is HMAC-SHA256 under the citizen's mark key, its first 16 bytes. The digest of a set of items is the XOR of their
marks, so that it is kept by taking the old mark out and the new one in. The key goes to the devices; to whoever reads
the database the marks say nothing. See docs/protocol.md.
"""

import hashlib
import hmac
from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.vault import envelope
from app.vault import service as vault

LENGTH = 16
NOTHING = bytes(LENGTH)
# The mark of what is removed, and of what stood here before there were marks.
NONE = b""


def mark_key(session: Session, citizen_id: str) -> bytes:
    """The citizen's 32-byte key, the same for the life of the installation."""
    return vault.of(session).blind.of("marks", citizen_id)


def mark_of(key: bytes, collection: str, item_key: str, body: bytes) -> bytes:
    """The 16-byte mark of an item's clear bytes at its place."""
    return hmac.new(key, envelope.context(collection, item_key, body), hashlib.sha256).digest()[:LENGTH]


def digest(marks: Iterable[bytes], start: bytes = NOTHING) -> bytes:
    """The digest of these marks on top of another; a mark that is there twice is out again.

    An empty mark counts for nothing.
    """
    folded = int.from_bytes(start, "big")
    for mark in marks:
        folded ^= int.from_bytes(mark, "big")
    return folded.to_bytes(LENGTH, "big")
