"""Addresses on the web that a source gives and a citizen may be sent to."""

from urllib.parse import urlsplit


def https(text: str | None) -> str | None:
    """The address if it is one over https with a host and without a name or password in it; else None."""
    if text is None:
        return None
    try:
        parts = urlsplit(text.strip())
        has_credentials = parts.username is not None or parts.password is not None
        is_good = parts.scheme == "https" and bool(parts.hostname) and not has_credentials and parts.port != 0
    except ValueError:
        return None
    return text.strip() if is_good and text.strip().isprintable() and " " not in text.strip() else None
