"""What a witness does: hold a checkpoint against the last one that it saw, and cosign it only if that one is in it.

Pure. Invariant: of one log a witness never cosigns two trees of which neither begins with the other.
"""

from collections.abc import Callable, Sequence

from app import errors
from app.audit import tree
from app.audit.checkpoint import Checkpoint

# Asks the log for the proof that the tree of the second size begins with the one of the first.
Prove = Callable[[int, int], Sequence[bytes]]


def demand_follows(last: Checkpoint | None, seen: Checkpoint, prove: Prove) -> None:
    """Raises Conflict, with a sentence that names what contradicts, unless ``seen`` may come after ``last``.

    The first that a witness sees it must believe.
    """
    if seen.size == 0:
        raise errors.Conflict("The log shows an empty tree, of which nothing follows. It was not cosigned.")
    if last is None:
        return
    if seen.origin != last.origin:
        raise errors.Conflict(f"This is another log: {seen.origin}, where {last.origin} was seen. It was not cosigned.")
    if seen.size < last.size:
        raise errors.Conflict(
            f"The log shows {seen.size} leaves, after it showed {last.size}: entries were taken back. "
            "It was not cosigned."
        )
    if seen.size == last.size:
        if seen.root != last.root:
            raise errors.Conflict(f"The log shows two different trees of {seen.size} leaves. It was not cosigned.")
        return
    if not tree.is_consistent(last.size, last.root, seen.size, seen.root, prove(last.size, seen.size)):
        raise errors.Conflict(
            f"The log does not prove that its {seen.size} leaves begin with the {last.size} that it showed before: "
            "an entry was changed or taken back. It was not cosigned."
        )
