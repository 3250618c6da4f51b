"""An item in clear, in memory only: what it says, from which source, and when we learned it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class OpenItem:
    """``id`` is the source's own id, ``content`` JSON values, ``fetched_at`` when this content was first seen.

    ``key`` is the shelf's own key: a blind hash, which may stand in addresses. ``version`` is the mark of what it says
    (app.records.marks) in hex: another one whenever anything about it is another.
    """

    id: str
    source: str
    content: Mapping[str, Any]
    fetched_at: datetime
    seq: int = 0
    key: str = ""
    version: str = ""


@dataclass(frozen=True)
class RawRow:
    """The last change of an item as the shelf has it: ``body`` is what ``to_bytes`` made, None when it was removed."""

    collection: str
    key: str
    seq: int
    mark: bytes
    body: bytes | None


@dataclass(frozen=True)
class Place:
    """Where an item comes from, as a prefixed identifier, and the first and last civil day that it speaks of.

    None is what is not known: a block that is limited to some of the data counts on it, a consent does not.
    """

    organisation: str | None = None
    first: date | None = None
    last: date | None = None


# Where an item belongs; None for what is no data of its own but part of the collection as such.
Locate = Callable[[OpenItem], Place | None]


def unknown(_item: OpenItem) -> Place | None:
    """The place of items of which nothing is known."""
    return Place()


def as_such(_item: OpenItem) -> Place | None:
    """No place: the item is part of the collection as such, as the name on a card is."""
    return None


@dataclass(frozen=True)
class Put:
    """Write this content under the source's id, if it differs from what stands there."""

    collection: str
    id: str
    source: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Remove:
    """Take the item away; a tombstone keeps its number."""

    collection: str
    id: str


Change = Put | Remove


def canonical(value: object) -> bytes:
    """JSON in which equal values are equal bytes: sorted keys, no white space, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def to_bytes(item: OpenItem) -> bytes:
    """The item as the canonical JSON that is sealed."""
    fetched_at = item.fetched_at.isoformat()
    return canonical({"id": item.id, "source": item.source, "content": item.content, "fetched_at": fetched_at})


def from_bytes(content: bytes, seq: int, key: str, mark: bytes = b"") -> OpenItem:
    """The inverse of to_bytes, with the number, the key and the mark that the shelf gave it."""
    read = json.loads(content)
    fetched_at = datetime.fromisoformat(read["fetched_at"])
    return OpenItem(read["id"], read["source"], read["content"], fetched_at, seq, key, mark.hex())


def says_the_same(item: OpenItem, put: Put) -> bool:
    """Whether the put would change nothing but the time of learning it."""
    return item.source == put.source and canonical(item.content) == canonical(put.content)
