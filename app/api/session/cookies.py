"""The cookies of this browser: its session, its device, and for a while its attempt to log in at the provider."""

import flask

from app.api import current
from app.identity import attempts, logins
from app.identity.attempts import Door

# As long as browsers keep a cookie at most, in seconds.
DEVICE_LASTS = 400 * 24 * 3_600


def give_session(response: flask.Response, token: str) -> None:
    """Let the browser keep its session; scripts and other sites cannot reach it."""
    _keep(response, current.cookie_name(), token, int(logins.ABSOLUTE.total_seconds()), "Strict")


def drop_session(response: flask.Response) -> None:
    """Let the browser forget its session."""
    _drop(response, current.cookie_name(), "Strict")


def attempt(door: Door) -> str:
    """The attempt at this door that the browser brings back; empty when it has none."""
    return flask.request.cookies.get(_attempt_name(door), "")


def keep_attempt(response: flask.Response, value: str, door: Door) -> None:
    """Let the browser keep an attempt. Lax: it must come along on the way back from the provider's site."""
    _keep(response, _attempt_name(door), value, int(attempts.LASTS.total_seconds()), "Lax")


def drop_attempt(response: flask.Response, door: Door) -> None:
    """Let the browser forget its attempt."""
    _drop(response, _attempt_name(door), "Lax")


def keep_device(response: flask.Response, device_id: str) -> None:
    """Let the browser remember which device it was made; it may lose its copy, and is then told so."""
    _keep(response, _device_name(), device_id, DEVICE_LASTS, "Strict")


def device() -> str:
    """The id of the device that this browser was made; empty when it never was. It opens nothing."""
    return flask.request.cookies.get(_device_name(), "")


def _device_name() -> str:
    return f"{current.cookie_name()}-device"


def _attempt_name(door: Door) -> str:
    return f"{current.cookie_name()}-{'login' if door == 'citizen' else 'staff-login'}"


def _keep(response: flask.Response, name: str, value: str, seconds: int, same_site: str) -> None:
    secure = current.config().is_secure
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite=same_site)


def _drop(response: flask.Response, name: str, same_site: str) -> None:
    response.delete_cookie(name, path="/", secure=current.config().is_secure, httponly=True, samesite=same_site)
