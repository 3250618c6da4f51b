"""What a device without a screen holds of one citizen."""

import json
from dataclasses import dataclass, field

from tests.device import Json, mark_of, unb64

Place = tuple[str, str]


@dataclass
class Space:
    """One citizen's copy: its rows by collection and key, where it stands, and what is staged while it is filled.

    ``head`` is what was said of it when it was last whole: scope and lease are those.
    """

    rows: dict[Place, bytes] = field(default_factory=dict)
    head: Json = field(default_factory=dict)
    cursor: str | None = None
    number: int = 0
    staged: dict[Place, bytes] = field(default_factory=dict)
    is_filling: bool = False
    is_closed: bool = False

    def contents(self, collection: str) -> dict[str, Json]:
        """What the items of a collection say, by key."""
        found = {key: json.loads(body) for (of, key), body in self.rows.items() if of == collection}
        return {key: body["content"] for key, body in found.items()}

    def keys(self, collection: str) -> list[str]:
        """The keys of a collection."""
        return sorted(key for of, key in self.rows if of == collection)

    def mark(self, collection: str, key: str) -> str:
        """The version of an item, in hex."""
        return mark_of(unb64(self.head["mark_key"]), collection, key, self.rows[(collection, key)]).hex()

    def digest(self) -> str:
        """The XOR of all marks, in hex."""
        folded = 0
        for (collection, key), body in self.rows.items():
            folded ^= int.from_bytes(mark_of(unb64(self.head["mark_key"]), collection, key, body), "big")
        return folded.to_bytes(16, "big").hex()


@dataclass
class Beside:
    """What is kept beside a copy, also when that is lost: the newest acknowledged act's token, and the epoch known."""

    acked: str | None = None
    epoch: str | None = None
