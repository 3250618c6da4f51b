"""Look-up without knowledge: keyed hashes of values that must not stand in clear."""

import hashlib
import hmac

from app.vault import envelope


class BlindIndex:
    """HMAC-SHA256 under one secret. Equal values give equal hashes; nothing leads back without the secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, namespace: str, *parts: str | int | bytes) -> bytes:
        """32 bytes for the parts, different in every namespace."""
        return hmac.new(self._secret, envelope.context(namespace, *parts), hashlib.sha256).digest()

    def text(self, namespace: str, *parts: str | int | bytes) -> str:
        """The first 128 bits as 32 hex digits, for keys of rows."""
        return self.of(namespace, *parts).hex()[:32]
