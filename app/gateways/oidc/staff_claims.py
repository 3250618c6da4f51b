"""What a login of staff says: for which organisation somebody acts, whether as a caseworker, and within which limits.

Invariant: a claim that is missing, unreadable or limited in a way that is not known here gives nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from app import errors
from app.config import StaffSettings
from app.gateways.oidc import privileges
from app.gateways.oidc.privileges import PrivilegeGroup
from app.gateways.oidc.token import text_of
from app.identity.staff import Staff

CVR_SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"
CVR = re.compile(r"[0-9]{8}")
LONGEST = 200
MOST = 200


@dataclass(frozen=True)
class Told:
    """What the claims say; ``templates`` and ``units`` as ``app.identity.staff.Staff`` has them."""

    organisation: str
    organisation_name: str
    units: tuple[str, ...]
    templates: frozenset[str] | None

    def as_staff(self, staff_id: str, level: str, name: str) -> Staff:
        """Who that is, once they are known by an id."""
        # What else an operator accepts as a level counts as the lower one.
        known = level if level in ("substantial", "high") else "substantial"
        return Staff(staff_id, self.organisation, known, name, self.organisation_name, self.units, self.templates)


@dataclass(frozen=True)
class _Role:
    """One way in which somebody is a caseworker; None of ``templates`` is every text."""

    cvr: str | None
    units: frozenset[str]
    templates: frozenset[str] | None


def read(claims: Mapping[str, Any], settings: StaffSettings) -> Told:
    """For whom and within which limits. Raises LoginFailed ``no_role`` when the claims make nobody a caseworker."""
    roles = _of_privileges(claims, settings) if settings.role_form == "bpp" else _of_plain_claims(claims, settings)
    cvr = _organisation(claims, settings, roles)
    held = [each for each in roles if each.cvr in (None, cvr)]
    if not held:
        _refuse("no privilege of a caseworker for this organisation")
    limits = [each.templates for each in held]
    covered = frozenset().union(*(each for each in limits if each is not None))
    return Told(
        organisation=f"cvr:{cvr}",
        organisation_name=(text_of(claims, settings.organisation_name_claim) or "")[:LONGEST],
        units=tuple(sorted(frozenset().union(*(each.units for each in held)))),
        templates=None if None in limits else covered,
    )


def _of_privileges(claims: Mapping[str, Any], settings: StaffSettings) -> list[_Role]:
    written = text_of(claims, settings.role_claim)
    if written is None:
        _refuse("no claim with privileges")
    try:
        groups = privileges.read(written)
    except errors.Invalid:
        _refuse("privileges that cannot be read")
    return [role for group in groups if (role := _of_group(group, settings)) is not None]


def _of_group(group: PrivilegeGroup, settings: StaffSettings) -> _Role | None:
    cvr = group.scope.removeprefix(CVR_SCOPE)
    if (
        not group.scope.startswith(CVR_SCOPE)
        or CVR.fullmatch(cvr) is None
        or group.privileges.isdisjoint(settings.roles)
    ):
        return None
    if group.constraints.keys() - {settings.limit, settings.unit}:
        return None  # limited in a way that we cannot keep
    return _Role(cvr, group.constraints.get(settings.unit, frozenset()), group.constraints.get(settings.limit))


def _of_plain_claims(claims: Mapping[str, Any], settings: StaffSettings) -> list[_Role]:
    if _listed(claims, settings.role_claim).isdisjoint(settings.roles):
        _refuse("no role of a caseworker")
    templates = _listed(claims, settings.limit) if settings.limit in claims else None
    return [_Role(None, _listed(claims, settings.unit), templates)]


def _organisation(claims: Mapping[str, Any], settings: StaffSettings, roles: Iterable[_Role]) -> str:
    named = text_of(claims, settings.organisation_claim)
    if named is None and settings.organisation_claim not in claims:
        scopes = {each.cvr for each in roles if each.cvr is not None}
        named = scopes.pop() if len(scopes) == 1 else None
    if named is None or CVR.fullmatch(named) is None:
        _refuse("no organisation, or more than one")
    return named


def _listed(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    value = claims.get(name)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or len(listed) > MOST:
        return frozenset()
    return frozenset(each.strip() for each in listed if isinstance(each, str) and 0 < len(each.strip()) <= LONGEST)


def _refuse(reason: str) -> NoReturn:
    raise errors.LoginFailed(
        "no_role", f"Your login gives you no role here. Ask whoever gives out roles where you work. (It has {reason}.)"
    )
