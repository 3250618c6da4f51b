"""Settings, read once from the environment into a value that nothing changes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from app import environment
from app.environment import NotConfigured as NotConfigured  # whoever reads settings catches it

# What a source may take from citizens, as app.records.source has it.
Message = Literal["appointment_answer", "renewal", "notice"]
Mode = Literal["demo", "production"]

# The three without which there is no login at a provider; the demo may leave all of them out.
OIDC = ("NAERBLIK_OIDC_ISSUER", "NAERBLIK_OIDC_CLIENT_ID", "NAERBLIK_OIDC_CLIENT_SECRET")
STAFF = "NAERBLIK_STAFF_OIDC"

# What production cannot do without; the demo needs none of it and works with none of it.
REQUIRED_IN_PRODUCTION = ("NAERBLIK_BASE_URL", "NAERBLIK_DATABASE_URL", *OIDC, "NAERBLIK_VAPID_SUBJECT")


@dataclass(frozen=True)
class SourceSettings:
    """Where sources are asked over HTTP. ``timeout`` is seconds for one answer; ``retries`` are further tries.

    ``fhir_takes`` are the messages of citizens, and letters to them, that the FHIR server takes as Tasks.
    """

    fmk_url: str | None = None
    fhir_url: str | None = None
    timeout: float = 10.0
    retries: int = 3
    fhir_takes: frozenset[Message] = frozenset()


@dataclass(frozen=True)
class OidcSettings:
    """An OpenID provider, the citizens' or staff's, and how it names things: brokers of MitID differ.

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
class StaffSettings:
    """The staff's login, by a client of its own, and where its claims say for whom somebody asks and what they may.

    ``roles`` make somebody a caseworker: privileges of OIO BPP where ``role_form`` is ``bpp``, else values of a plain
    claim. ``limit`` names the constraint, or the plain claim, whose values are ids of the texts that the role covers;
    ``unit`` the one with the parts of the organisation that it is for, which limits nothing here. A privilege under any
    other constraint gives nothing.
    """

    oidc: OidcSettings
    roles: tuple[str, ...]
    role_claim: str = "https://data.gov.dk/model/core/eid/privilegesIntermediate"
    role_form: Literal["bpp", "plain"] = "bpp"
    organisation_claim: str = "https://data.gov.dk/model/core/eid/professional/cvr"
    organisation_name_claim: str = "https://data.gov.dk/model/core/eid/professional/orgName"
    limit: str = "urn:naerblik:text"
    unit: str = "urn:dk:kombit:orgUnit"


@dataclass(frozen=True)
class AskingLimits:
    """How much may be asked about citizens: by one person, one case system, one organisation.

    ``store`` is the Redis where all processes count together; without it each counts on its own.
    """

    per_person: str = "30 per minute; 500 per day"
    per_system: str = "300 per minute; 20000 per day"
    per_organisation: str = "600 per minute; 40000 per day"
    store: str | None = None


@dataclass(frozen=True)
class Config:
    """All settings of one installation. ``owner_database_url`` runs migrations; the serving role owns nothing.

    ``security_contact`` is a URI, where weaknesses are reported. ``run_by`` names who runs the installation, and
    ``contact`` is the URI at which they answer questions; None where nobody has said.
    Without ``has_worker`` browsers that have a service worker are told to end it. ``witnesses`` are the keys, as
    ``naerblik witness`` prints them, of those who may cosign the log's checkpoints.
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
    staff: StaffSettings | None = None
    asking: AskingLimits = AskingLimits()
    witnesses: tuple[str, ...] = ()

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
    port = environment.number(environ, "NAERBLIK_PORT", 8000, 1, 65535)
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
        contact=environment.contact(environ, "NAERBLIK_CONTACT"),
        has_worker=environment.is_on(environ, "NAERBLIK_WORKER"),
        sources=SourceSettings(
            fmk_url=environment.url(environ, "NAERBLIK_FMK_URL"),
            fhir_url=environment.url(environ, "NAERBLIK_FHIR_URL"),
            timeout=environment.number(environ, "NAERBLIK_SOURCE_TIMEOUT", 10, 1, 120),
            retries=environment.number(environ, "NAERBLIK_SOURCE_RETRIES", 3, 0, 10),
            fhir_takes=_takes(environ.get("NAERBLIK_FHIR_TAKES", "")),
        ),
        oidc=_oidc(environ, "NAERBLIK_OIDC"),
        staff=_staff(environ),
        asking=AskingLimits(
            environ.get("NAERBLIK_ASKS_PER_PERSON") or AskingLimits.per_person,
            environ.get("NAERBLIK_ASKS_PER_SYSTEM") or AskingLimits.per_system,
            environ.get("NAERBLIK_ASKS_PER_ORGANISATION") or AskingLimits.per_organisation,
            environment.redis(environ, "NAERBLIK_REDIS_URL"),
        ),
        witnesses=environment.words(environ, "NAERBLIK_WITNESSES", None, ()),
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
    if environ.get(f"{STAFF}_ISSUER") and not environ.get("NAERBLIK_REDIS_URL"):
        raise NotConfigured("NAERBLIK_REDIS_URL is not set. Where staff log in, all processes must count together.")


def _takes(text: str) -> frozenset[Message]:
    known: dict[str, Message] = {each: each for each in get_args(Message)}
    asked = [part.strip() for part in text.split(",") if part.strip()]
    if any(each not in known for each in asked):
        raise NotConfigured(
            "NAERBLIK_FHIR_TAKES may hold appointment_answer, renewal and notice, with a comma between."
        )
    return frozenset(known[each] for each in asked)


def _oidc(environ: Mapping[str, str], prefix: str) -> OidcSettings | None:
    needed = [f"{prefix}_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    missing = [name for name in needed if not environ.get(name)]
    if len(missing) == len(needed):
        return None
    if missing:
        raise NotConfigured(f"{missing[0]} is not set. A login provider needs it.")
    settings = OidcSettings(
        issuer=environment.issuer(environ[needed[0]], needed[0]),
        client_id=environ[needed[1]],
        client_secret=environ[needed[2]],
        cpr_claim=environ.get(f"{prefix}_CPR_CLAIM") or OidcSettings.cpr_claim,
        name_claim=environ.get(f"{prefix}_NAME_CLAIM") or OidcSettings.name_claim,
        loa_claim=environ.get(f"{prefix}_LOA_CLAIM") or OidcSettings.loa_claim,
        loa_accepted=environment.words(environ, f"{prefix}_LOA_ACCEPTED", ",", OidcSettings.loa_accepted, lower=True),
        acr_values=environment.words(environ, f"{prefix}_ACR_VALUES", None, ()),
        acr_accepted=environment.words(environ, f"{prefix}_ACR_ACCEPTED", None, ()),
        scopes=environment.words(environ, f"{prefix}_SCOPES", None, OidcSettings.scopes),
        max_age=environment.number(environ, f"{prefix}_MAX_AGE", OidcSettings.max_age, 60, 86400),
    )
    if "openid" not in settings.scopes:
        raise NotConfigured(f"{prefix}_SCOPES must hold openid.")
    return settings


def _staff(environ: Mapping[str, str]) -> StaffSettings | None:
    oidc = _oidc(environ, STAFF)
    if oidc is None:
        return None
    if (oidc.issuer, oidc.client_id) == (environ.get(OIDC[0]), environ.get(OIDC[1])):
        raise NotConfigured(f"{STAFF}_CLIENT_ID is the citizens' too. Staff must log in by a client of their own.")
    roles = environment.words(environ, f"{STAFF}_ROLES", None, ())
    if not roles:
        raise NotConfigured(f"{STAFF}_ROLES is not set. It names the privileges that make somebody a caseworker.")
    form = environ.get(f"{STAFF}_ROLE_FORM") or "bpp"
    if form not in ("bpp", "plain"):
        raise NotConfigured(f"{STAFF}_ROLE_FORM must be bpp or plain.")
    return StaffSettings(
        # Never read: no login of staff leads to a person number.
        oidc=replace(oidc, cpr_claim=""),
        roles=roles,
        role_claim=environ.get(f"{STAFF}_ROLE_CLAIM") or StaffSettings.role_claim,
        role_form="bpp" if form == "bpp" else "plain",
        organisation_claim=environ.get(f"{STAFF}_ORGANISATION_CLAIM") or StaffSettings.organisation_claim,
        organisation_name_claim=(
            environ.get(f"{STAFF}_ORGANISATION_NAME_CLAIM") or StaffSettings.organisation_name_claim
        ),
        limit=environ.get(f"{STAFF}_LIMIT") or StaffSettings.limit,
        unit=environ.get(f"{STAFF}_UNIT") or StaffSettings.unit,
    )
