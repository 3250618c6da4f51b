"""Take a compact JWS apart, and refuse every spelling of it but the one that we write ourselves."""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from app import errors

# A receipt has some two thousand characters; this leaves room, and bounds what a stranger can make us read.
LONGEST = 64 * 1024
FORM = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
HEADER = {"alg", "kid", "typ"}
SIGNATURE_LENGTH = 64
# The order of P-256. Of the two values of s that would fit, (s, order - s), only the lower one is taken.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class Compact:
    """A JWS whose form is right. Nothing about who signed it has been checked."""

    kid: str
    claims: dict[str, Any]
    signature: bytes


def encode(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url without padding. Raises NotVerified for any other spelling of the same bytes."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or encode(data) != text:
        raise errors.NotVerified("The text is not base64url as it must be written.")
    return data


def take_apart(token: str, typ: str) -> Compact:
    """The parts of a token of this type. Raises NotVerified with a sentence that names what is wrong."""
    if len(token) > LONGEST:
        raise errors.NotVerified("The text is longer than any receipt.")
    parts = FORM.fullmatch(token)
    if parts is None:
        raise errors.NotVerified("The text is not three parts of base64url with a full stop between, and nothing else.")
    header = _read_object(decode(parts[1]), "header")
    _check_header(header, typ)
    signature = decode(parts[3])
    if len(signature) != SIGNATURE_LENGTH:
        raise errors.NotVerified(f"The signature is not {SIGNATURE_LENGTH} bytes long.")
    if not 0 < int.from_bytes(signature[32:], "big") <= ORDER // 2:
        raise errors.NotVerified("The signature is not written in its one form (low s).")
    return Compact(header["kid"], _read_object(decode(parts[2]), "content"), signature)


def in_low_form(token: str) -> str:
    """The same token with the lower of the two values of s, so that nobody can make a second signature of it."""
    start, _, signature = token.rpartition(".")
    data = decode(signature)
    s = int.from_bytes(data[32:], "big")
    return f"{start}.{encode(data[:32] + min(s, ORDER - s).to_bytes(32, 'big'))}"


def _check_header(header: dict[str, Any], typ: str) -> None:
    if set(header) != HEADER:
        raise errors.NotVerified("The header must hold alg, kid and typ, and nothing else.")
    if header["alg"] != "ES256":
        raise errors.NotVerified("The header's alg is not ES256.")
    if header["typ"] != typ:
        raise errors.NotVerified(f"The header's typ is not {typ}.")
    if not isinstance(header["kid"], str):
        raise errors.NotVerified("The header's kid is no text.")


def _read_object(data: bytes, part: str) -> dict[str, Any]:
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse_constant)
        # Half a surrogate pair and a number beyond all bounds can be read, but not be written again.
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise errors.NotVerified(f"The {part} is no JSON, or names something twice.") from None
    if not isinstance(found, dict):
        raise errors.NotVerified(f"The {part} is no JSON object.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
