"""A device without a screen: docs/protocol.md written a second time, on purpose without anything of app."""

import base64
import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils, x25519
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]
# Sends a request: method, path, headers, body; gives status, headers and body.
Send = Callable[[str, str, Mapping[str, str], bytes], tuple[int, Mapping[str, str], bytes]]


def b64(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The inverse of b64."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def context(*parts: str | int | bytes) -> bytes:
    """The parts, each after its length in four bytes."""
    out = b""
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        out += len(raw).to_bytes(4, "big") + raw
    return out


class NotAccepted(Exception):
    """An answer that is not for this device, this request, or not signed: nothing of it is kept."""


def mark_of(mark_key: bytes, collection: str, key: str, body: bytes) -> bytes:
    """The version of a row."""
    return hmac.new(mark_key, context(collection, key, body), hashlib.sha256).digest()[:16]


class Keys:
    """A device's two key pairs, of either suite."""

    def __init__(self, suite: str) -> None:
        self.suite = suite
        if suite == "x25519":
            self.private: Any = x25519.X25519PrivateKey.generate()
            self._sign: Any = ed25519.Ed25519PrivateKey.generate()
            self.hpke = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
            raw = (Encoding.Raw, PublicFormat.Raw)
        else:
            self.private = ec.generate_private_key(ec.SECP256R1())
            self._sign = ec.generate_private_key(ec.SECP256R1())
            self.hpke = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
            raw = (Encoding.X962, PublicFormat.UncompressedPoint)
        self.seal_key: bytes = self.private.public_key().public_bytes(*raw)
        self.sign_key: bytes = self._sign.public_key().public_bytes(*raw)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to this device with this info."""
        return self.hpke.decrypt(sealed, self.private, info=info)

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        if self.suite == "x25519":
            return bytes(self._sign.sign(content))
        r, s = utils.decode_dss_signature(self._sign.sign(content, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Device:
    """A device that is enrolled, signs its requests, and opens what it is answered."""

    def __init__(self, send: Send, suite: str = "x25519") -> None:
        self.send = send
        self.keys = Keys(suite)
        self.id = ""
        self.server_key = b""
        self.counter = 0

    def enrol(self, headers: Mapping[str, str], name: str = "Testtelefon") -> None:
        """Be taken in by who is logged in, with the session's headers, and prove the keys."""
        asked = {
            "suite": self.keys.suite,
            "seal_key": b64(self.keys.seal_key),
            "sign_key": b64(self.keys.sign_key),
            "name": name,
        }
        told = self._plain("POST", "/api/v1/devices", headers, asked, 201)
        self.id, self.server_key = told["device"], unb64(told["server_key"])
        opened = self.keys.open(unb64(told["challenge"]), context("naerblik/challenge/v1", self.id))
        signature = self.keys.sign(context("naerblik/proof/v1", self.id, opened))
        proof = {"opened": b64(opened), "signature": b64(signature)}
        self._plain("POST", f"/api/v1/devices/{self.id}/proof", headers, proof, 200)

    def stamp(self, headers: Mapping[str, str], csrf: str) -> None:
        """Be renewed after a login."""
        signature = self.keys.sign(context("naerblik/stamp/v1", self.id, csrf))
        self._plain("POST", f"/api/v1/devices/{self.id}/stamp", headers, {"signature": b64(signature)}, 200)

    def _plain(self, method: str, path: str, headers: Mapping[str, str], body: Json, expected: int) -> Json:
        status, _, content = self.send(
            method, path, {**headers, "Content-Type": "application/json"}, json.dumps(body).encode()
        )
        assert status == expected, (status, content)
        told: Json = json.loads(content)
        return told

    def nonce(self) -> bytes:
        """A counter that was never used, and eight random bytes."""
        self.counter += 1
        return self.counter.to_bytes(8, "big") + secrets.token_bytes(8)

    def signed(self, path: str, body: bytes, nonce: bytes) -> dict[str, str]:
        """The headers of a signed request."""
        signed = context("naerblik/request/v1", "POST", path, nonce, hashlib.sha256(body).digest())
        return {
            "Content-Type": "application/json",
            "Naerblik-Device": self.id,
            "Naerblik-Nonce": b64(nonce),
            "Naerblik-Signature": b64(self.keys.sign(signed)),
        }

    def ask(self, path: str, body: Json) -> tuple[int, Json, list[bytes]]:
        """Send a signed request: the status, then the head and the row lines, or the problem and none."""
        content, nonce = json.dumps(body).encode(), self.nonce()
        status, _, answer = self.send("POST", path, self.signed(path, content, nonce), content)
        if status != 200:
            return status, json.loads(answer), []
        return status, *self.accept(answer, path, nonce, content)

    def accept(self, answer: bytes, path: str, nonce: bytes, request: bytes) -> tuple[Json, list[bytes]]:
        """Open and verify an answer: its head and its row lines. Raises NotAccepted."""
        info = context("naerblik/answer/v1", path, self.id, nonce, hashlib.sha256(request).digest())
        try:
            padded = self.keys.open(answer, info)
            length = int.from_bytes(padded[:4], "big")
            clear = zlib.decompress(padded[4 : 4 + length])
            head_line, signature, rows = clear.split(b"\n", 2)
            key = ed25519.Ed25519PublicKey.from_public_bytes(self.server_key)
            key.verify(unb64(signature.decode()), context("naerblik/head/v1", head_line))
        except Exception as error:
            raise NotAccepted(type(error).__name__) from error
        head: Json = json.loads(head_line)
        if head["device"] != self.id or head["nonce"] != b64(nonce):
            raise NotAccepted("not for this device, or not for this request")
        if "rows_hash" in head and head["rows_hash"] != b64(hashlib.sha256(rows).digest()):
            raise NotAccepted("the rows are not those of the head")
        return head, rows.split(b"\n") if rows else []
