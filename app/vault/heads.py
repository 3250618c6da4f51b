"""Sign what devices are told with the one Ed25519 key that they learned when they were enrolled."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from app.vault import envelope
from app.vault.keys import KeyProvider

NAMESPACE = "naerblik/head/v1"


class HeadSigner:
    """Signs heads. The key comes from the installation's root, so that it is the same for its whole life."""

    def __init__(self, provider: KeyProvider) -> None:
        self._key = ed25519.Ed25519PrivateKey.from_private_bytes(provider.derive("sync heads"))
        self.public_key = self._key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    def sign(self, head: bytes) -> bytes:
        """64 bytes over the head's bytes in its namespace."""
        return self._key.sign(envelope.context(NAMESPACE, head))
