"""What is answered to a device: a signed head and rows, deflated, padded, and sealed to its key.

See docs/protocol.md, Sealed answers.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.identity.device import Device
from app.records import item as items
from app.records.item import RawRow
from app.vault import device as device_keys
from app.vault import envelope, padding
from app.vault import service as vault

NAMESPACE = "naerblik/answer/v1"
# A device that is ended or unknown gets no rows; what is answered to one that acts is bounded.
MOST_ROWS, MOST_BYTES = 2_000, 512 * 1024


def text_of(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def lines_of(rows: Sequence[RawRow]) -> bytes:
    """The rows as the lines that a device reads, each ended by a line feed but the last."""
    return b"\n".join(
        b" ".join([row.collection.encode(), row.key.encode(), *([] if row.body is None else [row.body])])
        for row in rows
    )


def seal(
    session: Session,
    device: Device,
    path: str,
    nonce: bytes,
    body_hash: bytes,
    head: Mapping[str, Any],
    rows: bytes | None = None,
) -> bytes:
    """The body of an answer to one request of a device: its head, signed, with the hash of the rows if there are any.

    ``nonce`` and ``body_hash`` are the request's. Raises Invalid for a key that nothing can be sealed to.
    """
    said = {"v": 1, "device": device.id, "nonce": text_of(nonce), **head}
    if rows is not None:
        said["rows_hash"] = text_of(hashlib.sha256(rows).digest())
    line = items.canonical(said)
    signature = text_of(vault.of(session).heads.sign(line)).encode()
    clear = b"\n".join((line, signature, rows or b""))
    info = envelope.context(NAMESPACE, path, device.id, nonce, body_hash)
    try:
        return device_keys.seal_to(device.suite, device.seal_key, info, padding.pad(padding.deflate(clear)))
    except ValueError:
        raise errors.Invalid("Nothing can be sealed to this device.") from None
