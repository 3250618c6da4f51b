"""What goes in and out of a login: apart from the rest, so that a start without a provider loads no more than this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """Where to send the browser, and what it must keep until it is back."""

    address: str
    cookie: str


@dataclass(frozen=True)
class Callback:
    """What a browser came back with; each part as it was sent, empty when it was not."""

    cookie: str = ""
    state: str = ""
    code: str = ""
    error: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class LoggedIn:
    """A session that has begun: its token, and where the citizen wanted to go."""

    token: str
    return_to: str
