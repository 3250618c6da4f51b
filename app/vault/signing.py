"""Sign claims as a compact JWS with ES256, and verify what claims to be one: a single form, a single algorithm."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app import errors
from app.vault import compact, signing_keys

ALGORITHM = "ES256"
# In base64url it grows by a third; a header and a signature take less than 400 characters.
MOST_BYTES = (compact.LONGEST - 400) * 3 // 4

Jwk = dict[str, str | list[str]]


@dataclass(frozen=True)
class Verified:
    """What a key of ours, or of the set that was given, has signed, and which."""

    kid: str
    claims: dict[str, Any]


class Keys:
    """The public keys to verify with, by id. From a JWK Set; what is no ES256 key there is passed over (RFC 7517)."""

    def __init__(self, key_set: Mapping[str, Any]) -> None:
        listed = key_set.get("keys")
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            raise errors.NotVerified("The keys are no JWK Set.")
        points = [point for each in listed if (point := _point(each)) is not None]
        self._keys: dict[str, Jwk] = {signing_keys.thumbprint(point): {**point} for point in points}

    def of(self, kid: str) -> Jwk:
        """The key of this id. Raises NotVerified when it is none of these."""
        if kid not in self._keys:
            raise errors.NotVerified("The key that it names is not among the keys at hand.")
        return self._keys[kid]


def own_keys(session: Session) -> Keys:
    """The keys of this installation, the retired ones too."""
    return Keys(signing_keys.key_set(signing_keys.public_keys(session)))


def sign(session: Session, claims: Mapping[str, Any], typ: str) -> str:
    """The claims as a compact JWS of this type, signed with the key that is active in this transaction.

    The same claims always have the same length. Raises NotReady when there is no key, Invalid when the claims are no
    JSON or too long to be verified.
    """
    # Loaded where something is signed: it would slow every start, and most requests sign nothing.
    from joserfc import jws
    from joserfc.jwk import ECKey

    secret = signing_keys.private_jwk(session)
    header = {"alg": ALGORITHM, "kid": secret["kid"], "typ": typ}
    key: Jwk = {**secret}
    content = _canonical(claims)
    token = jws.serialize_compact(header, content, ECKey.import_key(key), algorithms=[ALGORITHM])
    return compact.in_low_form(token)


def verify(token: str, keys: Keys, typ: str) -> Verified:
    """What the token says, if one of these keys signed it as this type.

    Raises NotVerified with a sentence that names what is wrong. Whom it is for and when it holds is for the caller.
    """
    # As above.
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey

    parts = compact.take_apart(token, typ)
    key = keys.of(parts.kid)
    try:
        jws.deserialize_compact(token, ECKey.import_key(key), algorithms=[ALGORITHM])
    except (JoseError, ValueError):
        raise errors.NotVerified("The signature does not fit: the text was changed, or another key made it.") from None
    return Verified(parts.kid, parts.claims)


def _canonical(claims: Mapping[str, Any]) -> bytes:
    try:
        text = json.dumps(claims, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
        content = text.encode()
    except ValueError:
        raise errors.Invalid("What was to be signed holds a text or a number that JSON cannot.") from None
    if len(content) > MOST_BYTES:
        raise errors.Invalid("What was to be signed is too long.")
    return content


def _point(jwk: Any) -> dict[str, str] | None:
    # Only what makes the key is kept. The id is made from it and never read, so a set cannot give one key another's.
    if not isinstance(jwk, Mapping) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        return None
    if jwk.get("alg", ALGORITHM) != ALGORITHM or jwk.get("use", "sig") != "sig":
        return None
    x, y = jwk.get("x"), jwk.get("y")
    if not isinstance(x, str) or not isinstance(y, str) or not (_is_coordinate(x) and _is_coordinate(y)):
        return None
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _is_coordinate(text: str) -> bool:
    try:
        return len(compact.decode(text)) == signing_keys.COORDINATE
    except errors.NotVerified:
        return False
