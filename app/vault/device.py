"""Seal to a device's key (HPKE, RFC 9180), and verify what a device signed. See docs/protocol.md."""

from typing import Literal, get_args

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils, x25519
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app import errors

# x25519: X25519 and Ed25519. p256: both on P-256, for browsers that lack the others.
SuiteName = Literal["x25519", "p256"]
SUITES: tuple[SuiteName, ...] = get_args(SuiteName)

_HPKE = {
    "x25519": Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    "p256": Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_HALF = 32


def seal_to(suite: SuiteName, public_key: bytes, info: bytes, clear: bytes) -> bytes:
    """``enc ‖ ciphertext``, which only the holder of the private key opens, and only with the same ``info``."""
    return _HPKE[suite].encrypt(clear, _sealing_key(suite, public_key), info=info)


def verify(suite: SuiteName, public_key: bytes, signature: bytes, signed: bytes) -> None:
    """Raises NotVerified unless this key signed these bytes: Ed25519, or ECDSA with SHA-256 as ``r ‖ s``."""
    try:
        if suite == "x25519":
            ed25519.Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
        else:
            _verify_p256(public_key, signature, signed)
    except (InvalidSignature, ValueError):
        raise errors.NotVerified("The signature is not this device's.") from None


def demand_keys(suite: SuiteName, seal_key: bytes, sign_key: bytes) -> None:
    """Raises Invalid unless both are public keys of the suite, as it writes them."""
    try:
        _sealing_key(suite, seal_key)
        if suite == "x25519":
            ed25519.Ed25519PublicKey.from_public_bytes(sign_key)
            # A key of small order agrees on a secret that everybody knows.
            x25519.X25519PrivateKey.generate().exchange(x25519.X25519PublicKey.from_public_bytes(seal_key))
        else:
            _point(sign_key)
    except ValueError:
        raise errors.Invalid("These are no public keys of that kind.") from None


def _verify_p256(public_key: bytes, signature: bytes, signed: bytes) -> None:
    if len(signature) != 2 * _HALF:
        raise InvalidSignature
    halves = int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")
    _point(public_key).verify(utils.encode_dss_signature(*halves), signed, ec.ECDSA(hashes.SHA256()))


def _sealing_key(suite: SuiteName, public_key: bytes) -> x25519.X25519PublicKey | ec.EllipticCurvePublicKey:
    return x25519.X25519PublicKey.from_public_bytes(public_key) if suite == "x25519" else _point(public_key)


def _point(public_key: bytes) -> ec.EllipticCurvePublicKey:
    if len(public_key) != 2 * _HALF + 1 or public_key[0] != 4:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
