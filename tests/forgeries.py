"""Every way that we know of for a stranger to make a signed text say something else: one fault each."""

import base64
import hmac
import json
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.signer import ORDER, Forgery, Signer, b64, unb64


def of_strangers(token: str, key_set: dict[str, Any]) -> Iterator[Forgery]:
    """Forgeries of somebody who has the token and the public keys, and no secret: each with its name."""
    header, claims, signature = token.split(".")
    said = json.loads(unb64(header))
    yield from _without_a_key(said, claims, signature)
    yield from _with_the_public_key_as_secret(said, claims, key_set)
    yield from _with_a_key_of_ones_own(said, claims)
    yield from _in_another_spelling(header, claims, signature)
    yield from _with_another_signature(header, claims, signature)
    yield from _with_a_flipped_bit(header, claims, signature)


def _without_a_key(said: dict[str, Any], claims: str, signature: str) -> Iterator[Forgery]:
    for alg in ("none", "None", "NONE", "nOnE"):
        head = b64(json.dumps(said | {"alg": alg}).encode())
        yield f"{alg}, no signature", f"{head}.{claims}."
        yield f"{alg}, old signature", f"{head}.{claims}.{signature}"
        yield f"{alg}, two parts", f"{head}.{claims}"


def _with_the_public_key_as_secret(said: dict[str, Any], claims: str, key_set: dict[str, Any]) -> Iterator[Forgery]:
    jwk = next(key for key in key_set["keys"] if key["kid"] == said["kid"])
    x, y = unb64(jwk["x"]), unb64(jwk["y"])
    public = ec.EllipticCurvePublicNumbers(
        int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1()
    ).public_key()
    spki = PublicFormat.SubjectPublicKeyInfo
    pem = public.public_bytes(Encoding.PEM, spki)
    secrets = {
        "PEM": pem,
        "PEM without its last line feed": pem.rstrip(),
        "DER": public.public_bytes(Encoding.DER, spki),
        "point": public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        "compressed point": public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        "x and y": x + y,
        "x": x,
        "JWK": json.dumps(jwk).encode(),
        "JWK without spaces": json.dumps(jwk, separators=(",", ":")).encode(),
        "JWK Set": json.dumps(key_set).encode(),
        "x as text": jwk["x"].encode(),
        "kid": said["kid"].encode(),
        "nothing": b"",
    }
    for bits in (256, 384, 512):
        start = f"{b64(json.dumps(said | {'alg': f'HS{bits}'}).encode())}.{claims}"
        for name, secret in secrets.items():
            yield f"HS{bits} with {name}", f"{start}.{b64(hmac.digest(secret, start.encode(), f'sha{bits}'))}"
    start = f"{b64(json.dumps(said).encode())}.{claims}"
    both = hmac.digest(pem, start.encode(), "sha512")
    yield "HS512 that says ES256", f"{start}.{b64(both)}"


def _with_a_key_of_ones_own(said: dict[str, Any], claims: str) -> Iterator[Forgery]:
    stranger = Signer()
    content = unb64(claims).decode()
    yield "another key under our kid", stranger.sign(said, content)
    yield "another key under its own kid", stranger.sign(said | {"kid": stranger.kid}, content)
    yield "another key in the header", stranger.sign(said | {"jwk": stranger.jwk}, content)
    yield (
        "another key in the header under its kid",
        stranger.sign(said | {"kid": stranger.kid, "jwk": stranger.jwk}, content),
    )
    yield "another key at an address", stranger.sign(said | {"jku": "https://evil.example/jwks.json"}, content)


def _in_another_spelling(header: str, claims: str, signature: str) -> Iterator[Forgery]:
    token = f"{header}.{claims}.{signature}"
    for place in range(3):
        parts = [header, claims, signature]
        for name, padded in (("=", "="), ("==", "=="), ("===", "==="), ("%3D", "%3D")):
            yield f"padding {name} in part {place}", ".".join(_changed(parts, place, parts[place] + padded))
        yield f"a space in part {place}", ".".join(_changed(parts, place, parts[place] + " "))
        yield (
            f"a line feed in part {place}",
            ".".join(_changed(parts, place, f"{parts[place][:4]}\n{parts[place][4:]}")),
        )
        yield f"empty part {place}", ".".join(_changed(parts, place, ""))
        yield f"doubled part {place}", ".".join(_changed(parts, place, parts[place] * 2))
        yield f"without part {place}", ".".join(parts[:place] + parts[place + 1 :])
        standard = base64.b64encode(unb64(parts[place])).decode()
        if standard != parts[place]:
            yield f"base64 in part {place}", ".".join(_changed(parts, place, standard))
        # The last character holds bits that stand for nothing; another one may decode to the same bytes.
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
            if last != parts[place][-1]:
                yield f"part {place} ends in {last}", ".".join(_changed(parts, place, parts[place][:-1] + last))
    for name, other in {
        "trailing line feed": f"{token}\n",
        "trailing return and line feed": f"{token}\r\n",
        "leading space": f" {token}",
        "leading byte order mark": f"\ufeff{token}",
        "trailing stop": f"{token}.",
        "a fourth part": f"{token}.{signature}",
        "a trailing zero": f"{token}\0",
        "quoted": f'"{token}"',
        "Bearer": f"Bearer {token}",
        "letters of another script": token.replace("e", "\u0435", 1),
        "full width stop": token.replace(".", "\uff0e"),
        "JSON serialization": json.dumps({"protected": header, "payload": claims, "signature": signature}),
        "nothing": "",
        "stops only": "..",
        "header and claims swapped": f"{claims}.{header}.{signature}",
        "claims and signature swapped": f"{header}.{signature}.{claims}",
        "backwards": f"{signature}.{claims}.{header}",
        "detached": f"{header}..{signature}",
    }.items():
        yield name, other


def _with_another_signature(header: str, claims: str, signature: str) -> Iterator[Forgery]:
    data = unb64(signature)
    r, s = int.from_bytes(data[:32], "big"), int.from_bytes(data[32:], "big")
    other = {
        "DER": utils.encode_dss_signature(r, s),
        "zeros": bytes(64),
        "r zero": bytes(32) + data[32:],
        "s zero": data[:32] + bytes(32),
        "one and one": (1).to_bytes(32, "big") * 2,
        "order": ORDER.to_bytes(32, "big") * 2,
        "r of the order": ORDER.to_bytes(32, "big") + data[32:],
        "s plus the order": data[:32] + ((s + ORDER) % 2**256).to_bytes(32, "big"),
        "high s": data[:32] + (ORDER - s).to_bytes(32, "big"),
        "r and s swapped": data[32:] + data[:32],
        "all ones": b"\xff" * 64,
        "63 bytes": data[:-1],
        "65 bytes": data + b"\0",
        "65 bytes, zero first": b"\0" + data,
        "a zero before s": data[:32] + b"\0" + data[32:],
        "32 bytes": data[:32],
        "96 bytes": data + bytes(32),
        "wide numbers": bytes(16) + data[:32] + bytes(16) + data[32:],
    }
    for name, each in other.items():
        yield f"signature: {name}", f"{header}.{claims}.{b64(each)}"


def _with_a_flipped_bit(header: str, claims: str, signature: str) -> Iterator[Forgery]:
    parts = [header, claims, signature]
    for place, part in enumerate(parts):
        data = unb64(part)
        for index in range(len(data)):
            changed = bytearray(data)
            changed[index] ^= 1 << (index % 8)
            yield f"bit flipped in byte {index} of part {place}", ".".join(_changed(parts, place, b64(bytes(changed))))


def _changed(parts: list[str], place: int, new: str) -> list[str]:
    return [new if index == place else part for index, part in enumerate(parts)]
