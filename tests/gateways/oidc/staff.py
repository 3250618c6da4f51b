"""Logins of staff, for the tests: privileges as a provider writes them, and a caseworker's way through the door."""

import base64
from dataclasses import dataclass
from typing import Any, ClassVar

from tests.gateways.oidc.journey import Journey

V1_1 = "http://itst.dk/oiosaml/basic_privilege_profile"
V1_2 = "http://digst.dk/oiosaml/basic_privilege_profile"
CVR = "urn:dk:gov:saml:cvrNumberIdentifier:"
ROLE = "urn:dk:bakkeby:naerblik:sagsbehandler:1"
PRIVILEGES = "https://data.gov.dk/model/core/eid/privilegesIntermediate"
ORGANISATION = "https://data.gov.dk/model/core/eid/professional/cvr"
ORGANISATION_NAME = "https://data.gov.dk/model/core/eid/professional/orgName"
LOA = "https://data.gov.dk/concept/core/nsis/loa"
START, CALLBACK, DESK = "/api/v1/login/staff", "/api/v1/login/staff/callback", "/sagsbehandler"


def group(scope: str = f"{CVR}11111111", privileges: tuple[str, ...] = (ROLE,), **constraints: str) -> str:
    """One group; a constraint's name is written with _ for : here."""
    limits = "".join(
        f'<Constraint Name="{name.replace("_", ":")}">{value}</Constraint>' for name, value in constraints.items()
    )
    held = "".join(f"<Privilege>{each}</Privilege>" for each in privileges)
    return f'<PrivilegeGroup Scope="{scope}">{limits}{held}</PrivilegeGroup>'


def document(*groups: str, namespace: str = V1_2) -> str:
    """The list, as XML."""
    return f'<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList xmlns:bpp="{namespace}">{"".join(groups)}</bpp:PrivilegeList>'  # noqa: E501  one document


def encoded(xml: str) -> str:
    """The same as it stands in a claim."""
    return base64.b64encode(xml.encode()).decode()


def privileges(*groups: str, namespace: str = V1_2) -> str:
    """A claim with these groups."""
    return encoded(document(*groups, namespace=namespace))


def mette(**more: Any) -> dict[str, Any]:
    """The claims of a caseworker."""
    return {
        "sub": "urn:uuid:mette",
        "name": "Mette Aagaard",
        LOA: "Substantial",
        PRIVILEGES: privileges(group()),
        ORGANISATION: "11111111",
        ORGANISATION_NAME: "Bakkeby Kommune",
        **more,
    }


@dataclass
class StaffJourney(Journey):
    """One caseworker's browser before the staff's provider."""

    start: ClassVar[str] = START
    callback: ClassVar[str] = CALLBACK

    def staff(self) -> dict[str, Any] | None:
        """Who of staff is logged in at this browser."""
        found: dict[str, Any] | None = self.session()["staff"]
        return found
