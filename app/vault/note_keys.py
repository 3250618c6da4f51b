"""Ed25519 for signed notes: the key of the log's checkpoints, a witness's key, and the check of what either signed."""

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from app import errors
from app.vault.keys import KEY_LENGTH, KeyProvider


class NoteSigner:
    """Signs notes with one Ed25519 key. ``public_key`` is its 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        self._key = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
        self.public_key = self._key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    def sign(self, signed: bytes) -> bytes:
        """64 bytes, always the same for the same bytes."""
        return self._key.sign(signed)


def of_log(provider: KeyProvider) -> NoteSigner:
    """What signs the log's checkpoints, for the whole life of the installation."""
    return NoteSigner(provider.derive("log checkpoints"))


def new_secret() -> bytes:
    """32 bytes that make a key, for a witness."""
    return secrets.token_bytes(KEY_LENGTH)


def verify(public_key: bytes, signature: bytes, signed: bytes) -> None:
    """Raises NotVerified unless the key signed these bytes."""
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise errors.NotVerified("The signature does not fit: the text was changed, or another key made it.") from None
