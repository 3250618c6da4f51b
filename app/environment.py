"""Read settings out of the environment, and refuse what is missing or wrong with a line that names it."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit


class NotConfigured(Exception):
    """A setting is missing or wrong; ``detail`` is a line that names it."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def is_on(environ: Mapping[str, str], name: str) -> bool:
    """A switch, on unless it is off."""
    text = environ.get(name) or "on"
    if text not in ("on", "off"):
        raise NotConfigured(f"{name} must be on or off.")
    return text == "on"


def number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise NotConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def url(environ: Mapping[str, str], name: str) -> str | None:
    """An http or https address without a slash at the end; None where none is set."""
    text = environ.get(name)
    if not text:
        return None
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise NotConfigured(f"{name} must be an http or https address.")
    return text.rstrip("/")


def redis(environ: Mapping[str, str], name: str) -> str | None:
    """The address of a Redis; None where none is set."""
    text = environ.get(name)
    if not text:
        return None
    if urlsplit(text).scheme not in ("redis", "rediss", "redis+unix"):
        raise NotConfigured(f"{name} must begin with redis://, rediss:// or redis+unix://.")
    return text


def contact(environ: Mapping[str, str], name: str) -> str | None:
    """A URI at which somebody answers; None where none is set."""
    text = environ.get(name)
    if not text:
        return None
    if not text.startswith(("mailto:", "tel:", "https://")):
        raise NotConfigured(f"{name} must begin with mailto:, tel: or https://.")
    return text


def words(
    environ: Mapping[str, str], name: str, separator: str | None, default: tuple[str, ...], *, lower: bool = False
) -> tuple[str, ...]:
    """The words between separators; None separates at white space."""
    text = environ.get(name)
    if not text:
        return default
    found = tuple(word.strip() for word in text.split(separator) if word.strip())
    if not found:
        raise NotConfigured(f"{name} is set but names nothing.")
    return tuple(word.lower() for word in found) if lower else found


def is_safe(url: str) -> bool:
    """Whether nobody can listen on the way to this address: https, or http that does not leave this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return (parts.scheme == "https" and bool(host)) or (parts.scheme == "http" and is_loopback(host))
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether this host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def issuer(text: str, name: str) -> str:
    """An issuer, kept as written: one with a slash at its end is another one than without."""
    if not is_safe(text) or "?" in text or "#" in text:
        raise NotConfigured(f"{name} must be an https address; http is for this machine only.")
    return text
