"""Reads an ID token: whether it is the provider's, for us, for this attempt, and now; then what it says."""

import json
import math
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from app import errors
from app.config import OidcSettings

# Only those with a public key: "none" and everything with a shared secret are no signatures of the provider's.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
# How far two clocks may differ, and how long before it is read a token may have been made: it comes directly. Seconds.
LEEWAY = 60
OLDEST = 600
LONGEST_SUBJECT = 255

REFUSED = "The login did not hold. Try again."


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for, and how: not yet whether that is enough. Values as the token gives them.

    ``claims`` is all that it says; in there may be anything.
    """

    issuer: str
    subject: str
    cpr: str | None
    name: str | None
    loa: str | None
    acr: str | None
    authenticated_at: datetime | None
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)


class _Algorithms(JWSRegistry):
    """The algorithms that we take, and no word on which of them the library would rather have."""

    max_header_length = 4096  # some providers put a certificate there

    def get_alg(self, name: str) -> Any:
        """The algorithm of this name."""
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError("this algorithm is not taken")
        return self.algorithms[name]


def key_id(token: str) -> str | None:
    """The id of the key that a token claims to be signed with; None when it names none or is no token."""
    header = token.partition(".")[0]
    try:
        found = json.loads(urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    except (ValueError, RecursionError):
        return None
    kid = found.get("kid") if isinstance(found, dict) else None
    return kid if isinstance(kid, str) else None


def read(
    token: str, keys: KeySet, settings: OidcSettings, nonce: str, access_token: str | None, now: datetime
) -> Identity:
    """Whom the token is about. Raises LoginFailed ``refused`` when anything about it does not hold."""
    try:
        opened = jwt.decode(token, keys, registry=_Algorithms(strict_check_header=False))
        _check(opened, settings, nonce, access_token, int(now.timestamp()))
    except (JoseError, ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        # Only what kind of fault it was is told: the text of an error may repeat a claim.
        raise errors.LoginFailed("refused", f"{REFUSED} ({type(error).__name__})") from None
    claims = opened.claims
    return Identity(
        issuer=settings.issuer,
        subject=claims["sub"],
        cpr=text_of(claims, settings.cpr_claim),
        name=text_of(claims, settings.name_claim),
        loa=text_of(claims, settings.loa_claim),
        acr=text_of(claims, "acr"),
        authenticated_at=_instant(claims.get("auth_time")),
        claims=claims,
    )


def _check(token: jwt.Token, settings: OidcSettings, nonce: str, access_token: str | None, now: int) -> None:
    options = {
        "iss": {"essential": True, "value": settings.issuer},
        "aud": {"essential": True, "value": settings.client_id},
    }
    params = {
        "nonce": nonce,
        "client_id": settings.client_id,
        "max_age": settings.max_age,
        "access_token": access_token,
    }
    claims = CodeIDToken(token.claims, token.header, options, params)
    claims.validate(now=now, leeway=LEEWAY)
    if claims["iat"] < now - OLDEST - LEEWAY:
        raise ValueError("the token is old")
    if not claims["sub"] or len(claims["sub"]) > LONGEST_SUBJECT:
        raise ValueError("the token is about nobody")


def text_of(claims: Mapping[str, Any], name: str) -> str | None:
    """A claim that is a text, without outer white space; None for every other."""
    value = claims.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _instant(value: Any) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
