"""Settings, read once from the environment into a value that nothing changes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["demo", "production"]

# What production cannot do without; the demo needs none of it and works with none of it.
REQUIRED_IN_PRODUCTION = (
    "NAERBLIK_BASE_URL",
    "NAERBLIK_DATABASE_URL",
    "NAERBLIK_OIDC_ISSUER",
    "NAERBLIK_OIDC_CLIENT_ID",
    "NAERBLIK_OIDC_CLIENT_SECRET",
    "NAERBLIK_VAPID_SUBJECT",
)


class NotConfigured(Exception):
    """A setting is missing or wrong; ``detail`` is a line that names it."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class SourceSettings:
    """Where sources are asked over HTTP. ``timeout`` is seconds for one answer; ``retries`` are further tries."""

    fmk_url: str | None = None
    fhir_url: str | None = None
    timeout: float = 10.0
    retries: int = 3


@dataclass(frozen=True)
class Config:
    """All settings of one installation. ``owner_database_url`` runs migrations; the serving role owns nothing.

    ``security_contact`` is a URI, where weaknesses are reported. Without ``has_worker`` browsers that have a service
    worker are told to end it.
    """

    mode: Mode
    port: int
    data_dir: Path
    database_url: str
    owner_database_url: str
    base_url: str
    static_dir: Path
    security_contact: str
    has_worker: bool = True
    sources: SourceSettings = SourceSettings()

    @property
    def is_demo(self) -> bool:
        """Whether this installation is the demo: made-up people, loopback only."""
        return self.mode == "demo"

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach the app over https, so that cookies can demand it."""
        return urlsplit(self.base_url).scheme == "https"


def from_environ(environ: Mapping[str, str]) -> Config:
    """Read the settings; raise NotConfigured with a line that names the first setting that is missing or wrong."""
    mode = _mode(environ.get("NAERBLIK_ENV", "demo"))
    if mode == "production":
        _demand(environ)
    data_dir = Path(environ.get("NAERBLIK_DATA_DIR") or "var").absolute()
    port = _number(environ, "NAERBLIK_PORT", 8000, 1, 65535)
    database_url = environ.get("NAERBLIK_DATABASE_URL") or f"sqlite:///{data_dir / 'naerblik.db'}"
    return Config(
        mode=mode,
        port=port,
        data_dir=data_dir,
        database_url=database_url,
        owner_database_url=environ.get("NAERBLIK_OWNER_DATABASE_URL") or database_url,
        base_url=environ.get("NAERBLIK_BASE_URL") or f"http://localhost:{port}",
        static_dir=Path(__file__).parent.parent / "static" / "dist",
        security_contact=environ.get("NAERBLIK_SECURITY_CONTACT") or "mailto:security@naerblik.invalid",
        has_worker=_is_on(environ, "NAERBLIK_WORKER"),
        sources=SourceSettings(
            fmk_url=_url(environ, "NAERBLIK_FMK_URL"),
            fhir_url=_url(environ, "NAERBLIK_FHIR_URL"),
            timeout=_number(environ, "NAERBLIK_SOURCE_TIMEOUT", 10, 1, 120),
            retries=_number(environ, "NAERBLIK_SOURCE_RETRIES", 3, 0, 10),
        ),
    )


def _mode(text: str) -> Mode:
    if text == "demo":
        return "demo"
    if text == "production":
        return "production"
    raise NotConfigured("NAERBLIK_ENV must be demo or production.")


def _demand(environ: Mapping[str, str]) -> None:
    for name in REQUIRED_IN_PRODUCTION:
        if not environ.get(name):
            raise NotConfigured(f"{name} is not set. Production needs it.")
    if urlsplit(environ["NAERBLIK_BASE_URL"]).scheme != "https":
        raise NotConfigured("NAERBLIK_BASE_URL must begin with https:// in production.")


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name) or "on"
    if text not in ("on", "off"):
        raise NotConfigured(f"{name} must be on or off.")
    return text == "on"


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise NotConfigured(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def _url(environ: Mapping[str, str], name: str) -> str | None:
    text = environ.get(name)
    if not text:
        return None
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise NotConfigured(f"{name} must be an http or https address.")
    return text.rstrip("/")
