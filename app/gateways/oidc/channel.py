"""Talks to the provider: short time-outs, bounded answers, no redirects, and JSON objects only."""

import json
import logging
import time
from dataclasses import dataclass
from typing import Any, Protocol, cast
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import HTTPError

from app import errors

log = logging.getLogger(__name__)

# A person waits while we ask: seconds for one wait on the wire, and for a whole answer.
TIMEOUT = 5.0
PATIENCE = 10.0
MOST_BYTES = 256 * 1024


class ClientAuth(Protocol):
    """What Authlib signs a request to the token endpoint with."""

    def prepare(self, method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, dict[str, str], str]:
        """The request with the client's proof in it."""
        ...


@dataclass(frozen=True)
class Reply:
    """A JSON object with its status, in the form in which Authlib's client reads replies."""

    status_code: int
    content: dict[str, Any]

    def json(self) -> dict[str, Any]:
        """The object."""
        return self.content

    def raise_for_status(self) -> None:
        """Raise LoginFailed when the provider failed."""
        if self.status_code >= 500:
            raise unreachable(f"it failed with status {self.status_code}")


class Channel:
    """Requests to the provider. A failure is LoginFailed ``unreachable``, with a line in the log for who operates."""

    def __init__(self, timeout: float = TIMEOUT, patience: float = PATIENCE) -> None:
        waits = urllib3.Timeout(connect=timeout, read=timeout)
        self._patience = patience
        self._pool = urllib3.PoolManager(retries=False, timeout=waits, maxsize=8)

    def get(self, url: str) -> dict[str, Any]:
        """The object at an address."""
        reply = self._ask("GET", url, None, {})
        if reply.status_code != 200:
            raise unreachable(f"it answered with status {reply.status_code}")
        return reply.content

    def post(self, url: str, data: dict[str, str], headers: dict[str, str], auth: ClientAuth) -> Reply:
        """The answer to a form, for Authlib's client."""
        address, signed, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return self._ask("POST", address, body.encode(), signed)

    def _ask(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        asked = {**headers, "Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            response = self._pool.request(
                method, url, body=body, headers=asked, preload_content=False, redirect=False, decode_content=False
            )
        except (HTTPError, OSError, ValueError) as error:
            raise unreachable(type(error).__name__) from None
        return Reply(response.status, _object(_read(cast("urllib3.HTTPResponse", response), self._patience)))


def unreachable(reason: str) -> errors.LoginFailed:
    """The failure, after its reason went to the log; a reason never holds what was received."""
    log.warning("The login provider cannot be used: %s", reason)
    return errors.LoginFailed(
        "unreachable", "The login service does not answer just now. Nothing is lost. Try again in a moment."
    )


def _read(response: urllib3.HTTPResponse, patience: float) -> bytes:
    end = time.monotonic() + patience
    data = b""
    try:
        # One read of the wire at a time: a provider that drips bytes must not hold a thread for ever.
        while chunk := response.read1(65536):
            data += chunk
            if len(data) > MOST_BYTES:
                raise unreachable("its answer is too large")
            if time.monotonic() > end:
                raise unreachable("its answer takes too long")
    except (HTTPError, OSError, ValueError) as error:
        raise unreachable(type(error).__name__) from None
    finally:
        response.close()
    return data


def _object(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise unreachable("its answer is no JSON") from None
    if not isinstance(content, dict):
        raise unreachable("its answer is no JSON object")
    return content
