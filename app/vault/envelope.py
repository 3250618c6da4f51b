"""Seal and open bytes with AES-256-GCM, bound to what they are and where they stand."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_LENGTH = 12


class NotOpened(Exception):
    """The sealed bytes, the key and the context do not belong together, or something was changed."""


def context(*parts: str | int | bytes) -> bytes:
    """The parts as one byte string in which no two different lists of parts can look alike (length-prefixed)."""
    encoded = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def seal(key: bytes, plaintext: bytes, bound_to: bytes) -> bytes:
    """Nonce and ciphertext under a 32-byte key; ``bound_to`` must be given again to open."""
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, bound_to)


def open_sealed(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """The plaintext, or NotOpened."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise NotOpened("a sealed value does not open here") from error
