"""A holder's data keys, opened for one transaction.

Invariant: nothing is sealed under a data key that may be destroyed before this transaction commits. Whoever seals holds
the keys' rows first, and takes the newest; whoever destroys one waits for those who hold it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from app.vault import envelope

GONE = "the data key of this value is gone"
Keys = Mapping[int, bytes]


class Box:
    """One holder's data keys. Seals with the newest, opens with any.

    ``again`` reads the keys anew, and ``hold`` holds them until the transaction ends and gives them as they stand then,
    or None when they are held already.
    """

    def __init__(
        self, holder: str, keys: Keys, again: Callable[[], Keys], hold: Callable[[], Keys | None] = lambda: None
    ) -> None:
        self._holder = holder
        self._keys = dict(keys)
        self._newest = max(keys)
        self._again = again
        self._hold = hold

    @property
    def version(self) -> int:
        """The version that seals in this transaction. Raises NotOpened when the holder's keys were destroyed."""
        held = self._hold()
        if held is not None:
            if not held:
                raise envelope.NotOpened(GONE)
            self._keys.update(held)
            self._newest = max(held)
        return self._newest

    def seal(self, plaintext: bytes, namespace: str, *place: str | int) -> bytes:
        """Seal under the newest key, bound to namespace, holder, place and key version."""
        version = self.version
        bound_to = envelope.context(namespace, self._holder, *place, version)
        return envelope.seal(self._keys[version], plaintext, bound_to)

    def open(self, sealed: bytes, version: int, namespace: str, *place: str | int) -> bytes:
        """Open what was sealed at this place under this key version; raises envelope.NotOpened."""
        if version not in self._keys:
            self._keys.update(self._again())  # it may have been sealed anew since this transaction read the keys
        if version not in self._keys:
            raise envelope.NotOpened(GONE)
        bound_to = envelope.context(namespace, self._holder, *place, version)
        return envelope.open_sealed(self._keys[version], sealed, bound_to)


def put_on(row: Any, sealed: bytes, version: int) -> None:
    """Put what was sealed under this version in place of what stands on a row that was read before.

    Both columns are written: keys may have been renewed since, and then the row in the database names another version
    than the row in hand. A version that looks unchanged would be left out, and what was sealed would never open again.
    """
    row.sealed, row.key_version = sealed, version
    flag_modified(row, "key_version")
