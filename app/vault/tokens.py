"""Tokens that a device carries for us and cannot read: what we said, sealed, and bound to what kind of token it is."""

import base64
import binascii
import json
from typing import Any

from app import errors
from app.vault import envelope
from app.vault.keys import KeyProvider

NAMESPACE = "naerblik/token/v1"
LONGEST = 1000
# What is sealed is filled up to a multiple of this, which nearly every token fits into once: how many digits a number
# of somebody else's shelf has is not to be heard.
UNIT = 256


class Tokens:
    """Seals and opens tokens under a key of the installation's own, the same for its whole life."""

    def __init__(self, provider: KeyProvider) -> None:
        self._key = provider.derive("sync tokens")

    def seal(self, kind: str, values: list[Any]) -> str:
        """The values, JSON, as base64url text."""
        clear = json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode()
        clear = clear.ljust(-(-len(clear) // UNIT) * UNIT)  # JSON ends where its blanks begin
        sealed = envelope.seal(self._key, clear, envelope.context(NAMESPACE, kind))
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, kind: str, token: str) -> list[Any]:
        """The values. Raises Invalid for what we did not make, or made as another kind."""
        # What is too long is not even looked at.
        token = token if len(token) <= LONGEST else ""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
            clear = envelope.open_sealed(self._key, sealed, envelope.context(NAMESPACE, kind))
        except (ValueError, binascii.Error, envelope.NotOpened):
            raise errors.Invalid("This is no token of ours.") from None
        values: list[Any] = json.loads(clear)
        return values
