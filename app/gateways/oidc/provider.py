"""The citizens' provider: where to send somebody, and what it says of who came back."""

import re
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote_plus

from authlib.oauth2.auth import ClientAuth, encode_client_secret_basic
from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client

from app import errors
from app.config import OidcSettings
from app.gateways.oidc import token as tokens
from app.gateways.oidc.channel import Channel, log, unreachable
from app.gateways.oidc.discovery import Addresses, Discovery
from app.gateways.oidc.token import REFUSED, Identity

LONGEST_CODE = 4096
# Refusals of the token endpoint that are ours to mend, and no fault of the person or the attempt.
OURS = ("invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope")


class Secrets(Protocol):
    """What belongs to one attempt alone."""

    @property
    def state(self) -> str:
        """Comes back with the person."""
        ...

    @property
    def nonce(self) -> str:
        """Comes back in the ID token."""
        ...

    @property
    def verifier(self) -> str:
        """Shows the provider that who redeems the code is who asked for it."""
        ...


class Provider:
    """The provider behind the settings, spoken to over HTTP; may be used from many threads."""

    def __init__(self, settings: OidcSettings, redirect_uri: str) -> None:
        self.settings = settings
        self._redirect_uri = redirect_uri
        self._channel = Channel()
        self._discovery = Discovery(settings.issuer, self._channel)

    def address_for(self, attempt: Secrets, *, fresh: bool, now: datetime) -> str:
        """Where to send the person; ``fresh`` makes the provider ask for proof even of who is logged in there."""
        wanted: dict[str, Any] = {"nonce": attempt.nonce, "max_age": self.settings.max_age}
        if fresh:
            wanted |= {"prompt": "login", "max_age": 0}
        if self.settings.acr_values:
            wanted["acr_values"] = " ".join(self.settings.acr_values)
        addresses = self._discovery.addresses(now)
        address, _ = self._client(addresses).create_authorization_url(
            addresses.authorization, state=attempt.state, code_verifier=attempt.verifier, **wanted
        )
        return str(address)

    def names_itself(self, now: datetime) -> bool:
        """Whether every answer of this provider carries its name."""
        return self._discovery.addresses(now).names_itself

    def identify(self, code: str, attempt: Secrets, now: datetime) -> Identity:
        """Redeem a code and read whom the ID token is about. Raises LoginFailed ``refused`` or ``unreachable``."""
        if not code or len(code) > LONGEST_CODE:
            raise errors.LoginFailed("refused", REFUSED)
        addresses = self._discovery.addresses(now)
        try:
            answer = self._client(addresses).fetch_token(
                addresses.token, grant_type="authorization_code", code=code, code_verifier=attempt.verifier
            )
        except OAuth2Error as error:
            raise _refused(error.error) from None
        except ValueError:
            raise unreachable("its answer to the code cannot be read") from None
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise unreachable("its answer to the code has no ID token")
        keys = self._discovery.keys(tokens.key_id(token), now)
        return tokens.read(token, keys, self.settings, attempt.nonce, access if isinstance(access, str) else None, now)

    def _client(self, addresses: Addresses) -> OAuth2Client:
        client = OAuth2Client(
            self._channel,
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret,
            token_endpoint_auth_method=addresses.auth_method,
            scope=" ".join(self.settings.scopes),
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )
        client.register_client_auth_method(("client_secret_basic", _basic))
        return client


def _basic(client: Any, method: str, uri: str, headers: dict[str, str], body: str) -> Any:
    # RFC 6749, 2.3.1: both are form-encoded first. Brokers give ids with colons, which would end the id too early.
    quoted = ClientAuth(quote_plus(client.client_id), quote_plus(client.client_secret))
    return encode_client_secret_basic(quoted, method, uri, headers, body)


def _refused(code: Any) -> errors.LoginFailed:
    named = code if isinstance(code, str) and re.fullmatch(r"[a-z_]{1,40}", code) else "an error without a name"
    if named in OURS:
        return unreachable(f"it refuses this installation ({named})")
    log.warning("The login provider refused a code: %s", named)
    return errors.LoginFailed("refused", REFUSED)
