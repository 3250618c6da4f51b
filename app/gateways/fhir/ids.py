"""By which id a resource is known again the next time, and whether an id may stand in a resource of ours."""

import hashlib
import json
import re

from app.gateways.fhir import numbers, values
from app.gateways.fhir.resources import Resource

ALLOWED = re.compile(r"[A-Za-z0-9\-.]{1,64}")


def of(resource: Resource) -> str:
    """The source's id: the resource's own, else an identifier (no person number), else its entry's address.

    A resource that has none of them is known by what it says, so that reading it again is no news.
    """
    own = values.text(resource.content, "id")
    if own:
        return own
    identifier = resource.content.get("identifier")
    for each in numbers.other_identifiers([one for one in _list(identifier) if isinstance(one, dict)]):
        value = values.text(each, "value")
        if value:
            return value
    if resource.full_url:
        return resource.full_url.removeprefix("urn:uuid:")
    said = {name: value for name, value in resource.content.items() if name not in ("meta", "text")}
    return _digest(json.dumps(said, sort_keys=True))


def allowed(source_id: str) -> str:
    """The same id where FHIR allows it, else one made from it, always the same."""
    return source_id if ALLOWED.fullmatch(source_id) else _digest(source_id)


def _digest(text: str) -> str:
    return f"n-{hashlib.sha256(text.encode()).hexdigest()[:40]}"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
