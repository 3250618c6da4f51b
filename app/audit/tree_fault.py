"""What is found wrong in the tree over all logs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TreeFault:
    """The first thing wrong in a part of the tree: the table, where in it, what, and whose entry it is if known.

    ``place`` is a leaf's position, a tile's first position, or a checkpoint's size.
    """

    part: str
    place: int
    fault: str
    citizen_id: str | None = None
    seq: int | None = None
