"""A signer for tests, and the texts that even the right key must never get through."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
Forgery = tuple[str, str]


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Its bytes."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Signer:
    """A stranger's key, or ours where a test has it: signs anything, in any form."""

    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        numbers = self.secret.public_key().public_numbers()
        self.jwk = {
            "kty": "EC",
            "crv": "P-256",
            "x": b64(numbers.x.to_bytes(32, "big")),
            "y": b64(numbers.y.to_bytes(32, "big")),
        }
        canonical = json.dumps({name: self.jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
        self.kid = b64(hashlib.sha256(canonical.encode()).digest())

    def header(self, typ: str, **more: Any) -> dict[str, Any]:
        """The header as it must be, and more."""
        return {"alg": "ES256", "kid": self.kid, "typ": typ, **more}

    def sign(self, header: object, claims: object, *, low: bool = True) -> str:
        """A JWS over these; a text is taken as the JSON itself."""
        parts = (each if isinstance(each, str) else json.dumps(each) for each in (header, claims))
        start = ".".join(b64(part.encode()) for part in parts)
        r, s = utils.decode_dss_signature(self.secret.sign(start.encode(), ec.ECDSA(SHA256())))
        s = min(s, ORDER - s) if low else max(s, ORDER - s)
        return f"{start}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def key_set(self) -> dict[str, Any]:
        """Its public key as a JWK Set."""
        return {"keys": [{**self.jwk, "kid": self.kid, "alg": "ES256", "use": "sig"}]}


def of_the_house(signer: Signer, typ: str, claims: dict[str, Any]) -> Iterator[Forgery]:
    """Texts that the right key did sign, in a form that it never should: each with its name."""
    for name, header in _bad_headers(signer, typ):
        yield f"header: {name}", signer.sign(header, claims)
    said = json.dumps(claims)
    for name, content in {
        "a name twice": said[:-1] + f', "iss": {json.dumps(claims["iss"])}}}',
        "no object": f"[{said}]",
        "NaN": said[:-1] + ', "n": NaN}',
        "a number beyond all bounds": said[:-1] + ', "n": 1e999}',
        "half a surrogate pair": said[:-1] + ', "n": "\\ud800"}',
        "not closed": said[:-1],
        "nested too deep": said[:-1] + ', "n": ' + "[" * 5_000 + "]" * 5_000 + "}",
    }.items():
        yield f"content: {name}", signer.sign(signer.header(typ), content)
    yield "high s", signer.sign(signer.header(typ), claims, low=False)


def _bad_headers(signer: Signer, typ: str) -> Iterator[tuple[str, object]]:
    good = signer.header(typ)
    for alg in ("none", "None", "", "HS256", "es256", "ES256K", "ES384", "RS256", None, ["ES256"], 256):
        yield f"alg {alg}", good | {"alg": alg}
    for other in ("JWT", "jwt", typ.upper(), f"application/{typ}", f"{typ} ", "", None, [typ]):
        yield f"typ {other}", good | {"typ": other}
    for kid in ("", "x", signer.kid.lower() + "A", None, 7, [signer.kid], {"kid": signer.kid}):
        yield f"kid {kid}", good | {"kid": kid}
    for name in ("alg", "typ", "kid"):
        yield f"no {name}", {key: value for key, value in good.items() if key != name}
    for more in (
        {"crit": ["exp"], "exp": 1},
        {"crit": []},
        {"b64": False, "crit": ["b64"]},
        {"b64": False},
        {"b64": True},
        {"jwk": signer.jwk},
        {"jku": "https://evil.example/jwks.json"},
        {"x5u": "https://evil.example/cert.pem"},
        {"x5c": ["MIIB"]},
        {"x5t#S256": "x"},
        {"cty": "JWT"},
        {"zip": "DEF"},
    ):
        yield f"more: {more}", good | more
    said = json.dumps(good)
    yield "alg twice", said[:-1] + ', "alg": "ES256"}'
    yield "alg twice, none first", '{"alg": "none", ' + said[1:]
    yield "kid twice", '{"kid": "x", ' + said[1:]
    yield "escaped name twice", '{"\\u0061lg": "none", ' + said[1:]
    yield "no object", f"[{said}]"
    yield "no JSON", "ES256"
