"""Writes sync_vectors.json: ``python -m tests.cases.make_sync_vectors``.

Keys are drawn anew each time, and the values with them; what they show stays the same. They are keys of no device.
"""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.device import Json, Keys, b64, context, mark_of

FILE = Path(__file__).parent / "sync_vectors.json"
PATH, DEVICE, NONCE = "/api/v1/sync/pull", "enhed-1", bytes(7) + bytes([9]) + bytes(range(8))
REQUEST = b'{"v":1,"schema":1,"spaces":[],"wiped":[],"confirmed":0,"queued":0}'
ROWS = [
    (
        "medication",
        "a1",
        '{"content":{"name":"Ærteskal 5 mg"},"fetched_at":"2026-03-01T08:00:00Z","id":"a1","source":"fmk"}',
    ),
    ("appointment", "b2", '{"content":{"at":null},"fetched_at":"2026-03-01T08:00:00Z","id":"b2","source":"sp"}'),
    (
        "note",
        "c3",
        '{"content":{"text":"to linjer\\nog 💊"},"fetched_at":"2026-03-01T08:00:00Z","id":"c3","source":"naerblik"}',
    ),
]


def made() -> Json:
    """All the values."""
    return {
        "contexts": [_context(*parts) for parts in (("a",), ("a", "b"), ("ab", ""), ("", "ab"), ("Æ", 0, 1234567))],
        "lengths": [
            {"content": length, "padded": padded(length)} for length in (0, 1, 1020, 1021, 5000, 70000, 999_999)
        ],
        "view": _view(),
        "answers": [_answer(suite) for suite in ("x25519", "p256")],
    }


def padded(length: int) -> int:
    """The length of what is sealed for content of this length, by docs/protocol.md."""
    whole = max(length + 4, 1024)
    exponent = whole.bit_length() - 1
    step = 2 ** (exponent - exponent.bit_length())
    return (whole + step - 1) // step * step


def _context(*parts: str | int) -> Json:
    return {"parts": list(parts), "hex": context(*parts).hex()}


def _view() -> Json:
    key = hashlib.sha256(b"a key for marks").digest()
    marks = [mark_of(key, collection, item, body.encode()) for collection, item, body in ROWS]
    folded = 0
    for mark in marks:
        folded ^= int.from_bytes(mark, "big")
    rows = [
        {"collection": collection, "key": item, "body": body, "mark": mark.hex()}
        for (collection, item, body), mark in zip(ROWS, marks, strict=True)
    ]
    return {"mark_key": b64(key), "rows": rows, "digest": folded.to_bytes(16, "big").hex()}


def _answer(suite: str) -> Json:
    keys, server = Keys(suite), ed25519.Ed25519PrivateKey.generate()
    rows = "\n".join(" ".join(row) for row in ROWS).encode()
    digest = b64(hashlib.sha256(rows).digest())
    head = {
        "v": 1,
        "kind": "pull",
        "device": DEVICE,
        "nonce": b64(NONCE),
        "at": "2026-03-01T08:00:00Z",
        "rows_hash": digest,
    }
    line = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
    signature = server.sign(context("naerblik/head/v1", line))
    deflated = zlib.compress(b"\n".join([line, b64(signature).encode(), rows]))
    framed = len(deflated).to_bytes(4, "big") + deflated
    info = context("naerblik/answer/v1", PATH, DEVICE, NONCE, hashlib.sha256(REQUEST).digest())
    sealed = keys.hpke.encrypt(framed.ljust(padded(len(deflated)), b"\0"), keys.private.public_key(), info=info)
    return {
        "suite": suite,
        "seal_private": b64(_pkcs8(keys.private)),
        "seal_public": b64(keys.seal_key),
        "server_key": b64(server.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
        "device": DEVICE,
        "path": PATH,
        "nonce": b64(NONCE),
        "request": REQUEST.decode(),
        "signed": context("naerblik/request/v1", "POST", PATH, NONCE, hashlib.sha256(REQUEST).digest()).hex(),
        "request_signature": b64(
            keys.sign(context("naerblik/request/v1", "POST", PATH, NONCE, hashlib.sha256(REQUEST).digest()))
        ),
        "sign_public": b64(keys.sign_key),
        "sealed": b64(sealed),
        "head": head,
        "rows": rows.decode(),
    }


def _pkcs8(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
