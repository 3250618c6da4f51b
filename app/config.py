"""Settings, read once from the environment into a value that nothing changes afterwards."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

# What a source may take from citizens, as app.records.source has it.
Message = Literal["appointment_answer", "renewal"]
Mode = Literal["demo", "production"]

# The three without which there is no login at a provider; the demo may leave all of them out.
OIDC = ("NAERBLIK_OIDC_ISSUER", "NAERBLIK_OIDC_CLIENT_ID", "NAERBLIK_OIDC_CLIENT_SECRET")

# What production cannot do without; the demo needs none of it and works with none of it.
REQUIRED_IN_PRODUCTION = ("NAERBLIK_BASE_URL", "NAERBLIK_DATABASE_URL", *OIDC, "NAERBLIK_VAPID_SUBJECT")


class NotConfigured(Exception):
    """A setting is missing or wrong; ``detail`` is a line that names it."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class SourceSettings:
    """Where sources are asked over HTTP. ``timeout`` is seconds for one answer; ``retries`` are further tries.

    ``fhir_takes`` are the messages of citizens that the FHIR server takes as Tasks.
    """

    fmk_url: str | None = None
    fhir_url: str | None = None
    timeout: float = 10.0
    retries: int = 3
    fhir_takes: frozenset[Message] = frozenset()


@dataclass(frozen=True)
class OidcSettings:
    """The citizens' OpenID provider, and how it names things: brokers of MitID differ.

    ``loa_accepted`` are the levels of assurance that let somebody in, lower case. ``acr_values`` is what is asked for;
    ``acr_accepted`` is what must be answered, unless empty. ``max_age`` is the longest, in seconds, that somebody may
    have been logged in at the provider.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    cpr_claim: str = "https://data.gov.dk/model/core/eid/cprNumber"
    name_claim: str = "name"
    loa_claim: str = "https://data.gov.dk/concept/core/nsis/loa"
    loa_accepted: tuple[str, ...] = ("substantial", "high")
    acr_values: tuple[str, ...] = ()
    acr_accepted: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ("openid", "profile")
    max_age: int = 3600


@dataclass(frozen=True)
class Config:
    """All settings of one installation. ``owner_database_url`` runs migrations; the serving role owns nothing.

    ``security_contact`` is a URI, where weaknesses are reported. ``run_by`` names who runs the installation, and
    ``contact`` is the URI at which they answer questions; None where nobody has said.
    Without ``has_worker`` browsers that have a service worker are told to end it.
    """

    mode: Mode
    port: int
    data_dir: Path
    database_url: str
    owner_database_url: str
    base_url: str
    static_dir: Path
    security_contact: str
    run_by: str | None = None
    contact: str | None = None
    has_worker: bool = True
    sources: SourceSettings = SourceSettings()
    oidc: OidcSettings | None = None

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
        run_by=environ.get("NAERBLIK_RUN_BY") or None,
        contact=_contact(environ),
        has_worker=_is_on(environ, "NAERBLIK_WORKER"),
        sources=SourceSettings(
            fmk_url=_url(environ, "NAERBLIK_FMK_URL"),
            fhir_url=_url(environ, "NAERBLIK_FHIR_URL"),
            timeout=_number(environ, "NAERBLIK_SOURCE_TIMEOUT", 10, 1, 120),
            retries=_number(environ, "NAERBLIK_SOURCE_RETRIES", 3, 0, 10),
            fhir_takes=_takes(environ.get("NAERBLIK_FHIR_TAKES", "")),
        ),
        oidc=_oidc(environ),
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


def _takes(text: str) -> frozenset[Message]:
    known: dict[str, Message] = {"appointment_answer": "appointment_answer", "renewal": "renewal"}
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if any(each not in known for each in asked):
        raise NotConfigured("NAERBLIK_FHIR_TAKES may hold appointment_answer and renewal, with a comma between.")
    return frozenset(known[each] for each in asked)


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


def _contact(environ: Mapping[str, str]) -> str | None:
    text = environ.get("NAERBLIK_CONTACT")
    if not text:
        return None
    if not text.startswith(("mailto:", "tel:", "https://")):
        raise NotConfigured("NAERBLIK_CONTACT must begin with mailto:, tel: or https://.")
    return text


def _url(environ: Mapping[str, str], name: str) -> str | None:
    text = environ.get(name)
    if not text:
        return None
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise NotConfigured(f"{name} must be an http or https address.")
    return text.rstrip("/")


def _oidc(environ: Mapping[str, str]) -> OidcSettings | None:
    missing = [name for name in OIDC if not environ.get(name)]
    if len(missing) == len(OIDC):
        return None
    if missing:
        raise NotConfigured(f"{missing[0]} is not set. A login provider needs it.")
    settings = OidcSettings(
        issuer=_issuer(environ["NAERBLIK_OIDC_ISSUER"]),
        client_id=environ["NAERBLIK_OIDC_CLIENT_ID"],
        client_secret=environ["NAERBLIK_OIDC_CLIENT_SECRET"],
        cpr_claim=environ.get("NAERBLIK_OIDC_CPR_CLAIM") or OidcSettings.cpr_claim,
        name_claim=environ.get("NAERBLIK_OIDC_NAME_CLAIM") or OidcSettings.name_claim,
        loa_claim=environ.get("NAERBLIK_OIDC_LOA_CLAIM") or OidcSettings.loa_claim,
        loa_accepted=_words(environ, "NAERBLIK_OIDC_LOA_ACCEPTED", ",", OidcSettings.loa_accepted, lower=True),
        acr_values=_words(environ, "NAERBLIK_OIDC_ACR_VALUES", None, ()),
        acr_accepted=_words(environ, "NAERBLIK_OIDC_ACR_ACCEPTED", None, ()),
        scopes=_words(environ, "NAERBLIK_OIDC_SCOPES", None, OidcSettings.scopes),
        max_age=_number(environ, "NAERBLIK_OIDC_MAX_AGE", OidcSettings.max_age, 60, 86400),
    )
    if "openid" not in settings.scopes:
        raise NotConfigured("NAERBLIK_OIDC_SCOPES must hold openid.")
    return settings


def _words(
    environ: Mapping[str, str], name: str, separator: str | None, default: tuple[str, ...], *, lower: bool = False
) -> tuple[str, ...]:
    text = environ.get(name)
    if not text:
        return default
    words = tuple(word.strip() for word in text.split(separator) if word.strip())
    if not words:
        raise NotConfigured(f"{name} is set but names nothing.")
    return tuple(word.lower() for word in words) if lower else words


def _issuer(text: str) -> str:
    # Kept as written: an issuer with a slash at its end is another one than without.
    if not is_safe(text) or "?" in text or "#" in text:
        raise NotConfigured("NAERBLIK_OIDC_ISSUER must be an https address; http is for this machine only.")
    return text


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
