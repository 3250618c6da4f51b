"""Read OIO Basic Privilege Profile 1.1 and 1.2: what Danish logins may do, as base64 of XML in a claim."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from app import errors
from app.gateways import xml

NAMESPACES = {
    "http://itst.dk/oiosaml/basic_privilege_profile": "1.1",
    "http://digst.dk/oiosaml/basic_privilege_profile": "1.2",
}
# A token is small, and so is what one person may do: characters of base64, groups, and values in a group.
MOST_CHARACTERS = 64 * 1024
MOST_GROUPS = 100
MOST_VALUES = 500


@dataclass(frozen=True)
class PrivilegeGroup:
    """Privileges within a scope, as ``urn:dk:gov:saml:cvrNumberIdentifier:29189420``, limited by constraints.

    ``constraints`` has the values by the constraint's name; any of them is enough, and all names must be kept.
    """

    scope: str
    privileges: frozenset[str]
    constraints: Mapping[str, frozenset[str]]


def read(written: str) -> tuple[PrivilegeGroup, ...]:
    """The groups of a claim. Raises Refused, which repeats nothing of it, for all that the profile does not allow."""
    root = xml.parse(_decoded(written))
    namespace = xml.namespace(root)
    if xml.local(root) != "PrivilegeList" or namespace not in NAMESPACES:
        xml.refuse(root, "is no list of privileges of OIO BPP 1.1 or 1.2")
    groups = list(root)
    if len(groups) > MOST_GROUPS:
        xml.refuse(root, "has too many groups")
    return tuple(_group(each, namespace) for each in groups)


def _decoded(written: str) -> bytes:
    if len(written) > MOST_CHARACTERS:
        raise errors.Refused("The privileges are too long.")
    try:
        return base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        raise errors.Refused("The privileges are not base64.") from None


def _group(group: etree._Element, namespace: str | None) -> PrivilegeGroup:
    _demand_name(group, namespace, "PrivilegeGroup")
    scope = (group.get("Scope") or "").strip(xml.WHITESPACE)
    if not scope:
        xml.refuse(group, "has no Scope")
    privileges: set[str] = set()
    constraints: dict[str, frozenset[str]] = {}
    if len(group) > MOST_VALUES:
        xml.refuse(group, "has too many values")
    for each in group:
        _demand_name(each, namespace, "Privilege", "Constraint")
        if xml.local(each) == "Privilege":
            privileges.add(xml.required_text(each))
        else:
            name = (each.get("Name") or "").strip(xml.WHITESPACE)
            if not name:
                xml.refuse(each, "has no Name")
            # The values of one name stand in one element with commas between, or in an element each.
            constraints[name] = constraints.get(name, frozenset()) | _values(each)
    if not privileges:
        xml.refuse(group, "has no Privilege")
    return PrivilegeGroup(scope, frozenset(privileges), MappingProxyType(constraints))


def _values(constraint: etree._Element) -> frozenset[str]:
    values = frozenset(part.strip() for part in xml.required_text(constraint).split(",") if part.strip())
    if not values:
        xml.refuse(constraint, "is empty")
    return values


def _demand_name(element: etree._Element, namespace: str | None, *names: str) -> None:
    # The profile's schema leaves inner elements without a namespace; some issuers give them the list's own.
    if xml.local(element) not in names or xml.namespace(element) not in (None, namespace):
        xml.refuse(element, "does not belong here")
