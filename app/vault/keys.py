"""The keys above all others: a port, and the file that fulfils it by default."""

import base64
import json
import os
import secrets
import stat
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app import clock, errors
from app.vault import envelope

KEY_LENGTH = 32


class KeyProvider(Protocol):
    """Holds key-encryption keys and never lets them out; a file here, a security module elsewhere."""

    def current(self) -> str:
        """The id of the key that wraps from now on."""
        ...

    def wrap(self, key_id: str, data_key: bytes, bound_to: bytes) -> bytes:
        """Seal a 32-byte data key under the named key."""
        ...

    def unwrap(self, key_id: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """Open a wrapped data key; raises envelope.NotOpened."""
        ...

    def derive(self, purpose: str) -> bytes:
        """A 32-byte secret for one purpose, the same for the life of the installation (blind indexes stay valid)."""
        ...

    def reload(self) -> None:
        """Learn of keys that were added since."""
        ...


class FileKeys:
    """Keys in one file that only its owner may read (0600)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.reload()

    def reload(self) -> None:
        """Read the file again, so that a key added by another process is known here too."""
        path = self._path
        if not path.is_file():
            raise errors.NotReady(f"There are no keys at {path}. Run: naerblik keys init")
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise errors.NotReady(f"Others may read the keys at {path}. Run: chmod 600 {path}")
        stored = json.loads(path.read_text())
        self._root = base64.b64decode(stored["root"])
        self._keys = {key["id"]: base64.b64decode(key["secret"]) for key in stored["keys"]}
        self._current = str(stored["keys"][-1]["id"])
        self.listing = [{"id": key["id"], "created_at": key["created_at"]} for key in stored["keys"]]

    def current(self) -> str:
        """The newest key's id."""
        return self._current

    def wrap(self, key_id: str, data_key: bytes, bound_to: bytes) -> bytes:
        """Seal a data key under the named key."""
        return envelope.seal(self._keys[key_id], data_key, bound_to)

    def unwrap(self, key_id: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """Open a wrapped data key; raises envelope.NotOpened when the key is unknown or wrong."""
        if key_id not in self._keys:
            self.reload()  # the keys may have been rotated while this process served
        if key_id not in self._keys:
            raise envelope.NotOpened("the key that wraps this data key is not in the key file")
        return envelope.open_sealed(self._keys[key_id], wrapped, bound_to)

    def derive(self, purpose: str) -> bytes:
        """HKDF-SHA256 of the root secret."""
        info = f"naerblik {purpose}".encode()
        return HKDF(algorithm=hashes.SHA256(), length=KEY_LENGTH, salt=None, info=info).derive(self._root)


def init_file(path: Path, now: datetime) -> None:
    """Make the key file with its first key. An existing file is never overwritten: Conflict."""
    content = {"root": _secret(), "keys": [_new_key(now)]}
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise errors.Conflict("There are keys already; making new ones would lose all data.") from None
    _write(descriptor, content)


def add_key(path: Path, now: datetime) -> None:
    """Add a newer key that wraps from now on; the older ones stay, so that what they wrapped still opens."""
    content = json.loads(path.read_text())
    content["keys"].append(_new_key(now))
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
    _write(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), content)
    fresh.replace(path)


def _new_key(now: datetime) -> dict[str, str]:
    return {"id": secrets.token_hex(4), "created_at": clock.utc_text(now), "secret": _secret()}


def _secret() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_LENGTH)).decode()


def _write(descriptor: int, content: object) -> None:
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
