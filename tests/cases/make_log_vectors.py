"""Makes log_vectors.json: two answers about a log, worked out from the definitions alone, for every language.

``python -m tests.cases.make_log_vectors`` writes the file.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.device import b64, context
from tests.log_keeper import EMPTY, join, leaf

FILE = Path(__file__).parent / "log_vectors.json"
ORIGIN, WITNESS = "naerblik.example/log", "witness.example"
LOG_SECRET, WITNESS_SECRET = hashlib.sha256(b"log").digest(), hashlib.sha256(b"witness").digest()
TAG, MAP_TAG = hashlib.sha256(b"tag").digest(), hashlib.sha256(b"map tag").digest()
AT = 1795599000


def root(leaves: Sequence[bytes]) -> bytes:
    """The root, as RFC 9162 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return join(root(leaves[:middle]), root(leaves[middle:]))


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The path, as RFC 9162 defines it."""
    if len(leaves) == 1:
        return []
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if index < middle:
        return [*inclusion(index, leaves[:middle]), root(leaves[middle:])]
    return [*inclusion(index - middle, leaves[middle:]), root(leaves[:middle])]


def consistency(old: int, leaves: Sequence[bytes], *, is_known: bool = True) -> list[bytes]:
    """The proof, as RFC 9162 defines it."""
    if old == len(leaves):
        return [] if is_known else [root(leaves)]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= middle:
        return [*consistency(old, leaves[:middle], is_known=is_known), root(leaves[middle:])]
    return [*consistency(old - middle, leaves[middle:], is_known=False), root(leaves[:middle])]


def key_text(name: str, kind: int, secret: bytes) -> str:
    """A public key, as it is handed on."""
    key = bytes([kind]) + _key(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{name}+{_key_id(name, key).hex()}+{base64.b64encode(key).decode()}"


def entries() -> tuple[list[str], list[bytes]]:
    """Six entries as they are hashed, and their leaves."""
    rows, leaves = list[str](), list[bytes]()
    for number in range(1, 7):
        entry = {"at": f"2026-11-2{number}T07:02:00Z", "actor": "operator:drift", "action": "medication:read",
                 "outcome": "permitted", "about": "Nær & fjern"}  # fmt: skip
        content = {"salt": hashlib.sha256(b"salt %d" % number).hexdigest(), "entry": entry}
        rows.append(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        prev = leaves[-1] if leaves else EMPTY
        leaves.append(leaf(hashlib.sha256(context(rows[-1].encode(), TAG, number, prev)).digest()))
    return rows, leaves


def made() -> dict[str, Any]:
    """The content of the file."""
    rows, own = entries()
    others = [leaf(b"other %d" % number) for number in range(9)]
    first_map, second_map = head_map("2026-11-25", own[2], 3), head_map("2026-11-26", own[5], 6)
    early = [*others[:3], *own[:3], first_map["leaf"], own[3]]
    late = [*early, *others[3:], own[4], own[5], second_map["leaf"], leaf(b"later")]
    notes = [note(len(each), root(each)) for each in (early, late)]
    cosigned = f"{notes[1]}{cosignature(notes[1])}"
    return {
        "tag": b64(TAG),
        "leaves": [b64(each) for each in own],
        "log_key": key_text(ORIGIN, 1, LOG_SECRET),
        "witness_key": key_text(WITNESS, 4, WITNESS_SECRET),
        "cosigned_at": AT,
        "tree": [b64(each) for each in late],
        "answers": [
            {
                "request": {"v": 1, "note": None, "seq": 0},
                "head": head(notes[0], None, own[:4], told(first_map, early)),
                "rows": rows[:4],
            },
            {
                "request": {"v": 1, "note": notes[0], "seq": 4},
                "head": head(cosigned, consistency(len(early), late), own, told(second_map, late)),
                "rows": rows[4:],
            },
        ],
    }


def head(note: str, path: list[bytes] | None, own: list[bytes], of_map: dict[str, Any]) -> dict[str, Any]:
    """What an answer says, without what every sealed answer says of the device."""
    return {
        "kind": "log",
        "at": "2026-11-26T08:00:00Z",
        "ended": False,
        "log_key": key_text(ORIGIN, 1, LOG_SECRET),
        "checkpoint": note,
        "consistency": None if path is None else [b64(each) for each in path],
        "map": of_map,
        "tag": b64(TAG),
        "end": {"count": len(own), "head": b64(own[-1])},
        "more": False,
    }


def head_map(day: str, end: bytes, count: int) -> dict[str, Any]:
    """A map of five logs."""
    others = [(hashlib.sha256(b"map %d" % number).digest(), number, leaf(b"end %d" % number)) for number in range(4)]
    ends = sorted([*others, (MAP_TAG, count, end)])
    leaves = [leaf(tag + number.to_bytes(8, "big") + last) for tag, number, last in ends]
    index = ends.index((MAP_TAG, count, end))
    is_leaf = leaf(context("naerblik/log-map/v1", day, len(leaves), root(leaves)))
    return {"day": day, "leaves": leaves, "index": index, "count": count, "head": end, "leaf": is_leaf}


def told(made_map: dict[str, Any], tree: list[bytes]) -> dict[str, Any]:
    """A map's proof as an answer tells it."""
    position = tree.index(made_map["leaf"])
    return {
        "day": made_map["day"],
        "size": len(made_map["leaves"]),
        "root": b64(root(made_map["leaves"])),
        "tag": b64(MAP_TAG),
        "count": made_map["count"],
        "head": b64(made_map["head"]),
        "index": made_map["index"],
        "path": [b64(each) for each in inclusion(made_map["index"], made_map["leaves"])],
        "position": position,
        "inclusion": [b64(each) for each in inclusion(position, tree)],
    }


def note(size: int, of: bytes) -> str:
    """A checkpoint, signed."""
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(of).decode()}\n"
    return f"{text}\n{_line(ORIGIN, 1, LOG_SECRET, _key(LOG_SECRET).sign(text.encode()))}"


def cosignature(signed: str) -> str:
    """A witness's line under a note."""
    text = signed[: signed.index("\n\n") + 1]
    made_of = f"cosignature/v1\ntime {AT}\n{text}".encode()
    return _line(WITNESS, 4, WITNESS_SECRET, AT.to_bytes(8, "big") + _key(WITNESS_SECRET).sign(made_of))


def _key(secret: bytes) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(secret)


def _key_id(name: str, key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]


def _line(name: str, kind: int, secret: bytes, signature: bytes) -> str:
    key = bytes([kind]) + _key(secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"\u2014 {name} {base64.b64encode(_key_id(name, key) + signature).decode()}\n"


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
