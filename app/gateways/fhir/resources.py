"""Take a file apart into its resources, and find what one of them refers to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app import errors
from app.gateways.fhir import forms, values

# What stands for an organisation, and by which element it names the organisation above it.
ORGANISED = {
    "Organization": None,
    "HealthcareService": "providedBy",
    "Location": "managingOrganization",
    "CareTeam": None,
}
# What holds resources to be read. A history also holds what was deleted, a response only the outcome of a request.
BUNDLE_TYPES = ("collection", "searchset", "batch", "transaction", "document", "message")


@dataclass(frozen=True)
class Resource:
    """One resource of a file. ``place`` tells people where it stands; ``full_url`` is its entry's, if it has one."""

    type: str
    place: str
    content: Mapping[str, Any]
    full_url: str | None = None


class Directory:
    """Finds the resources of a file by what others call them."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_url: dict[str, list[Resource]] = {}
        self._by_name: dict[str, list[Resource]] = {}
        self._without_url: dict[str, list[Resource]] = {}
        for each in resources:
            own_id = values.text(each.content, "id")
            if own_id and not each.full_url:
                self._without_url.setdefault(f"{each.type}/{own_id}", []).append(each)
            if own_id:
                self._by_name.setdefault(f"{each.type}/{own_id}", []).append(each)
            if each.full_url:
                self._by_url.setdefault(each.full_url, []).append(each)

    def find(self, reference: Mapping[str, Any], source: Resource) -> Resource | None:
        """What a Reference in ``source`` names: a resource of the file, or one contained in ``source``.

        None when it is not in the file; raises Invalid when it may be either of two.
        """
        named = values.text(reference, "reference")
        if named is None:
            return None
        if named.startswith("#"):
            return _contained(named[1:], source)
        named = named.split("/_history/", maxsplit=1)[0]
        found = self._by_url.get(named) or self._relative(named, source)
        if len(found) > 1:
            raise errors.Invalid("a reference names what stands more than once in the file")
        return found[0] if found else None

    def names(self, reference: Mapping[str, Any], source: Resource) -> tuple[str | None, str | None]:
        """The names of the person and of the organisation behind a Reference; None for what is unsaid."""
        display = values.text(reference, "display")
        found = self.find(reference, source)
        if found is None:
            address = (values.text(reference, "reference") or "").split("/")
            kind = values.text(reference, "type") or (address[-2] if len(address) > 1 else "")
            return (None, display) if kind in ORGANISED else (display, None)
        if found.type == "PractitionerRole":
            person = self._person(values.one(found.content, "practitioner"), found) or display
            return person, self._organisation(values.one(found.content, "organization"), found)
        if found.type in ORGANISED:
            above = ORGANISED[found.type]
            owner = values.one(found.content, above) if above else {}
            name = None if found.type == "Location" else values.text(found.content, "name") or display
            return None, self._organisation(owner, found) or name
        return _human(found.content) or display, None

    def _person(self, reference: Mapping[str, Any], source: Resource) -> str | None:
        found = self.find(reference, source)
        return (_human(found.content) if found else None) or values.text(reference, "display")

    def _organisation(self, reference: Mapping[str, Any], source: Resource) -> str | None:
        found = self.find(reference, source)
        return (values.text(found.content, "name") if found else None) or values.text(reference, "display")

    def _relative(self, named: str, source: Resource) -> list[Resource]:
        """FHIR's rule: a relative reference is meant beside the resource that makes it, on the same server."""
        if named.startswith("urn:"):
            return []
        if "://" in named:
            # An absolute name may mean a resource whose entry does not say its address, never one that says another.
            return self._without_url.get("/".join(named.split("/")[-2:]), [])
        base = source.full_url.rsplit("/", 2)[0] if source.full_url and "://" in source.full_url else None
        beside = self._by_url.get(f"{base}/{named}") if base else None
        return beside or self._by_name.get(named, [])


def take_apart(data: Mapping[str, Any]) -> list[Resource]:
    """The resources of a Bundle in their order, or the one resource that the file is. Raises Refused."""
    kind = data.get("resourceType")
    if kind != "Bundle":
        return [_resource(data, "The file", None)]
    _check_frame(data)
    if data.get("type") not in BUNDLE_TYPES:
        raise errors.Refused("The Bundle is of a type that holds nothing to be read.")
    resources = []
    for index, entry in enumerate(data.get("entry") or ()):
        place = f"Bundle entry {index}"
        content = entry.get("resource")
        if content is None:
            continue
        if not isinstance(content, dict):
            raise errors.Refused(f"{place}: the resource must be an object.")
        if values.text(values.one(entry, "request"), "method") not in (None, "GET", "PUT", "POST"):
            raise errors.Refused(f"{place}: the request neither creates nor updates what it holds.")
        resources.append(_resource(content, place, values.text(entry, "fullUrl")))
    return resources


def _check_frame(data: Mapping[str, Any]) -> None:
    """Check the Bundle without its resources, which are checked one by one so that a wrong one can be named."""
    entries = data.get("entry") or []
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise errors.Refused("The Bundle's entry must be a list of objects.")
    bare = [{name: value for name, value in each.items() if name not in ("resource", "response")} for each in entries]
    frame = {**data, "entry": [each for each in bare if each]}
    if not frame["entry"]:
        del frame["entry"]
    try:
        forms.check("Bundle", frame)
    except errors.Invalid as error:
        raise errors.Refused(f"The Bundle: {error.detail}.") from None


def _resource(content: Mapping[str, Any], place: str, full_url: str | None) -> Resource:
    kind = content.get("resourceType")
    if kind == "Bundle":
        raise errors.Refused(f"{place}: a Bundle inside a Bundle is not read.")
    if not isinstance(kind, str) or not forms.is_known(kind):
        raise errors.Refused(f"{place}: the resource is of no type that FHIR R4 knows.")
    return Resource(kind, f"{place} ({kind})", content, full_url)


def _contained(own_id: str, source: Resource) -> Resource | None:
    for each in values.many(source.content, "contained"):
        if each.get("id") == own_id:
            return Resource(each["resourceType"], source.place, each, source.full_url)
    return None


def _human(content: Mapping[str, Any]) -> str | None:
    for name in values.many(content, "name"):
        parts = [*values.texts(name, "given"), values.text(name, "family")]
        whole = values.text(name, "text") or " ".join(each for each in parts if each)
        if whole:
            return whole
    return None
