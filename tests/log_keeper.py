"""What a device checks of its person's log: docs/protocol.md written a second time, without anything of app."""

import base64
import hashlib
import json
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.device import Json, context, unb64

EMPTY = bytes(32)


class Broken(Exception):
    """Something about the log does not hold; the text names what."""


def demand(holds: bool, what: str) -> None:
    """Raises Broken."""
    if not holds:
        raise Broken(what)


def leaf(content: bytes) -> bytes:
    """A leaf's hash."""
    return hashlib.sha256(b"\x00" + content).digest()


def join(left: bytes, right: bytes) -> bytes:
    """Two subtrees' hash."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_inclusion(of: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a path leads to, found by going down the tree; None for a path of another length."""
    if size == 1:
        return of if not path else None
    if not path or not 0 <= index < size:
        return None
    middle = 1 << (size - 1).bit_length() - 1
    *below, beside = path
    if index < middle:
        left = root_by_inclusion(of, index, middle, below)
        return join(left, beside) if left else None
    right = root_by_inclusion(of, index - middle, size - middle, below)
    return join(beside, right) if right else None


def roots_by_consistency(old: int, size: int, path: list[bytes], known: bytes | None) -> tuple[bytes, bytes] | None:
    """Both roots that a path leads to; ``known`` is the older root as long as it is of a whole subtree."""
    if old == size:
        if known is not None:
            return (known, known) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    middle = 1 << (size - 1).bit_length() - 1
    *below, beside = path
    if old <= middle:
        found = roots_by_consistency(old, middle, below, known)
        return (found[0], join(found[1], beside)) if found else None
    found = roots_by_consistency(old - middle, size - middle, below, None)
    return (join(beside, found[0]), join(beside, found[1])) if found else None


def checkpoint(note: str, vkey: str) -> tuple[str, int, bytes]:
    """Name, size and root of a signed note. Raises Broken."""
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    name, key_id, coded = vkey.split("+", 2)
    key = base64.b64decode(coded)
    demand(hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() == key_id and key[0] == 1, "key")
    for each in lines.splitlines():
        made = base64.b64decode(each.split(" ")[2])
        if each.split(" ")[1] == name and made[:4].hex() == key_id:
            try:
                ed25519.Ed25519PublicKey.from_public_bytes(key[1:]).verify(made[4:], text.encode())
            except InvalidSignature:
                raise Broken("signature") from None
            origin, size, root = text.splitlines()
            demand(origin == name, "signature")
            return origin, int(size), base64.b64decode(root)
    raise Broken("signature")


@dataclass
class LogKeeper:
    """What a device keeps of its person's log. ``leaves`` are the hashes of all its entries."""

    log_key: str | None = None
    note: str | None = None
    tag: str | None = None
    map_tag: str | None = None
    map_count: int = 0
    leaves: list[bytes] = field(default_factory=list)
    entries: list[Json] = field(default_factory=list)

    def request(self) -> Json:
        """What to ask."""
        return {"v": 1, "note": self.note, "seq": len(self.leaves)}

    def take(self, head: Json, rows: list[bytes]) -> None:
        """Check an answer, and keep it. Raises Broken, and then keeps nothing."""
        leaves = self._chain(head, rows)
        if head["checkpoint"] is None:
            demand(self.note is None, "checkpoint")
        else:
            self._tree(head, leaves)
            self.log_key, self.note = head["log_key"], head["checkpoint"]
        self.tag, self.leaves = head["tag"], leaves
        self.entries += [json.loads(each)["entry"] for each in rows]

    def _chain(self, head: Json, rows: list[bytes]) -> list[bytes]:
        demand(self.tag in (None, head["tag"]), "tag")
        leaves = list(self.leaves)
        for row in rows:
            prev = leaves[-1] if leaves else EMPTY
            inner = hashlib.sha256(context(row, unb64(head["tag"]), len(leaves) + 1, prev)).digest()
            leaves.append(leaf(inner))
        end = head["end"]
        demand(end["count"] >= len(leaves), "entries were taken back")
        if not head["more"]:
            demand(end["count"] == len(leaves), "entries are missing")
            demand(unb64(end["head"]) == (leaves[-1] if leaves else EMPTY), "an entry is another")
        return leaves

    def _tree(self, head: Json, leaves: list[bytes]) -> None:
        demand(self.log_key in (None, head["log_key"]), "key")
        _, size, root = checkpoint(head["checkpoint"], head["log_key"])
        if self.note is not None:
            _, old, old_root = checkpoint(self.note, head["log_key"])
            demand(head["consistency"] is not None and 0 < old <= size, "the tree is smaller")
            path = [unb64(each) for each in head["consistency"]]
            demand(roots_by_consistency(old, size, path, old_root) == (old_root, root), "the tree is another")
        told = head["map"]
        if told is None:
            demand(self.map_tag is None, "map")
            return
        if not head["more"]:
            self._map(told, size, root, leaves)

    def _map(self, told: Json, size: int, root: bytes, leaves: list[bytes]) -> None:
        demand(self.map_tag in (None, told["tag"]), "map")
        record = unb64(told["tag"]) + told["count"].to_bytes(8, "big") + unb64(told["head"])
        path = [unb64(each) for each in told["path"]]
        of_map = root_by_inclusion(leaf(record), told["index"], told["size"], path)
        demand(of_map == unb64(told["root"]), "map")
        at = leaf(context("naerblik/log-map/v1", told["day"], told["size"], unb64(told["root"])))
        inclusion = [unb64(each) for each in told["inclusion"]]
        demand(root_by_inclusion(at, told["position"], size, inclusion) == root, "map")
        demand(self.map_count <= told["count"] <= len(leaves), "the map has another end")
        own = leaves[told["count"] - 1] if told["count"] else EMPTY
        demand(own == unb64(told["head"]), "the map has another end")
        self.map_tag, self.map_count = told["tag"], told["count"]
