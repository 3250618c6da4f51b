"""What a grant leaves out item by item: those that the citizen hid, and whatever says something of them.

Invariant: an item that names a hidden one by its key goes with it, and one that names that one too, so that nothing is
left that tells of a hole.
"""

from collections.abc import Collection, Iterable, Mapping

from app.records.item import OpenItem


def tells_of(item: OpenItem, hidden: Collection[str]) -> bool:
    """Whether an item is one of these, by its key, or names one of them."""
    return item.key in hidden or any(isinstance(value, str) and value in hidden for value in item.content.values())


def left(found: Mapping[str, list[OpenItem]], hides: Iterable[str]) -> dict[str, list[OpenItem]]:
    """The items of each collection without those that are hidden by their keys, and without what tells of them."""
    hidden, before = set(hides), 0
    while len(hidden) > before:
        before = len(hidden)
        hidden |= {item.key for items in found.values() for item in items if tells_of(item, hidden)}
    return {collection: [item for item in items if item.key not in hidden] for collection, items in found.items()}
