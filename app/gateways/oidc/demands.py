"""What a login must be, once it is the provider's own word: strong enough, recent enough, and with a CPR number."""

from datetime import datetime, timedelta

from app import errors
from app.config import OidcSettings
from app.gateways.oidc.token import LEEWAY, REFUSED, Identity
from app.identity import number
from app.identity.person import Number

# Some brokers write a level as a word, others as an address that ends in it.
NSIS = "https://data.gov.dk/concept/core/nsis/"


def demand_level(identity: Identity, settings: OidcSettings) -> str:
    """The level of assurance; raises LoginFailed ``too_weak`` unless it is an accepted one. A missing level is none."""
    level = (identity.loa or "").lower()
    if level.startswith(NSIS):
        level = level.rpartition("/")[2]
    acr_is_short = settings.acr_accepted and identity.acr not in settings.acr_accepted
    if level not in settings.loa_accepted or acr_is_short:
        raise errors.LoginFailed("too_weak", "This login is not strong enough. Use MitID at the level Substantial.")
    return level


def demand_recent(identity: Identity, settings: OidcSettings, since: datetime | None, now: datetime) -> datetime:
    """When the person showed who they are; raises LoginFailed ``refused`` when that is untold or too long ago.

    ``since`` is the instant after which they had to do so anew.
    """
    at = identity.authenticated_at
    leeway = timedelta(seconds=LEEWAY)
    earliest = now - timedelta(seconds=settings.max_age) if since is None else since
    if at is None or at < earliest - leeway or at > now + leeway:
        raise errors.LoginFailed("refused", f"{REFUSED} (It was too long ago.)")
    return min(at, now)


def demand_cpr(identity: Identity) -> Number:
    """The CPR number; raises LoginFailed ``no_cpr``, which names the way without a computer."""
    try:
        found = number.read_number(identity.cpr or "")
    except errors.Invalid:
        found = None
    if found is None or found.kind != "cpr":
        raise errors.LoginFailed(
            "no_cpr",
            "Your login has no CPR number, so Nærblik cannot find what is yours. "
            "Call your doctor or your municipality: they can tell you about your medicine and your appointments.",
        )
    return found
