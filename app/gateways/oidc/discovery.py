"""What the provider says of itself: its addresses and its keys, asked for anew after a while."""

import base64
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from app import environment
from app.gateways.oidc.channel import Channel, unreachable

KEPT = timedelta(hours=1)
# A key that is not among those kept is looked for at most this often: made-up key ids cost the provider nothing.
LOOK_AGAIN = timedelta(minutes=1)
LEAST_RSA_BYTES = 256
MOST_KEYS = 50
# What a key may say of itself; a private half that somebody published by mistake is not taken in.
PUBLIC = frozenset({"kty", "use", "alg", "kid", "n", "e", "crv", "x", "y"})


@dataclass(frozen=True)
class Addresses:
    """Where the provider is asked for what. ``names_itself`` is whether its answers carry ``iss`` (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    auth_method: str
    names_itself: bool


class Discovery:
    """The provider's description and keys; may be asked from many threads."""

    def __init__(self, issuer: str, channel: Channel) -> None:
        self._issuer, self._channel = issuer, channel
        self._lock = threading.Lock()
        self._addresses: tuple[datetime, Addresses] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def addresses(self, now: datetime) -> Addresses:
        """The addresses; raises LoginFailed ``unreachable`` when the description cannot be had or used."""
        with self._lock:
            held = self._addresses
        if held is None or now - held[0] >= KEPT:
            found = self._channel.get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
            held = (now, _addresses(found, self._issuer))
            with self._lock:
                self._addresses = held
        return held[1]

    def keys(self, kid: str | None, now: datetime) -> KeySet:
        """The keys, asked for anew when none of those kept is the one that is named."""
        with self._lock:
            held = self._keys
        if held is None or now - held[0] >= KEPT or (now - held[0] >= LOOK_AGAIN and not _knows(held[1], kid)):
            held = (now, _keys(self._channel.get(self.addresses(now).keys)))
            with self._lock:
                self._keys = held
        return held[1]


def _addresses(found: Mapping[str, Any], issuer: str) -> Addresses:
    if found.get("issuer") != issuer:
        raise unreachable("its description is of another issuer")
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    ways = ("client_secret_basic", "client_secret_post")
    way = next((each for each in ways if isinstance(methods, list) and each in methods), None)
    if way is None:
        raise unreachable("it takes neither client_secret_basic nor client_secret_post")
    return Addresses(
        authorization=_address(found, "authorization_endpoint", issuer),
        token=_address(found, "token_endpoint", issuer),
        keys=_address(found, "jwks_uri", issuer),
        auth_method=way,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(found: Mapping[str, Any], name: str, issuer: str) -> str:
    address = found.get(name)
    if not isinstance(address, str) or not environment.is_safe(address):
        raise unreachable(f"its {name} is missing or not safe")
    if urlsplit(address).scheme != urlsplit(issuer).scheme:
        raise unreachable(f"its {name} is less safe than its own address")
    return address


def _knows(keys: KeySet, kid: str | None) -> bool:
    return kid is None or any(key.kid == kid for key in keys)


def _keys(found: Mapping[str, Any]) -> KeySet:
    listed = found.get("keys")
    if not isinstance(listed, list):
        raise unreachable("its keys cannot be read")
    keys = [key for each in listed[:MOST_KEYS] if (key := _key(each)) is not None]
    if not keys:
        raise unreachable("it has no key that can be used")
    return KeySet(keys)


def _key(found: Any) -> Key | None:
    """A public key to check signatures with; None for every other, symmetric ones above all."""
    if not isinstance(found, dict) or found.get("kty") not in ("RSA", "EC", "OKP") or found.get("use", "sig") != "sig":
        return None
    try:
        if found["kty"] == "RSA" and len(base64.urlsafe_b64decode(found["n"] + "==")) < LEAST_RSA_BYTES:
            return None
        return JWKRegistry.import_key({name: found[name] for name in found if name in PUBLIC})
    except (JoseError, ValueError, TypeError, KeyError, OverflowError):
        return None
