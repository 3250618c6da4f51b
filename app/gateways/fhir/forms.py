"""Ask the FHIR R4B models whether a resource has the form of its type."""

import importlib
import importlib.util
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import ErrorDetails, ValidationError

from app import errors

TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")
# A resource contains the few that it speaks of; each reference looks through them.
MOST_CONTAINED = 100
PROBLEMS = {
    "missing": "is missing",
    "extra_forbidden": "is not known to this type",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "string_type": "must be text",
}


@lru_cache(maxsize=512)
def model_of(name: str) -> Any:
    """The model class of a resource type, or None when FHIR has no such resource.

    The models are imported when first asked for: importing the six that are read takes 0.7 s (measured), which every
    command of `naerblik` would pay otherwise.
    """
    module = f"fhir.resources.R4B.{name.lower()}"
    if not TYPE.fullmatch(name) or importlib.util.find_spec(module) is None:
        return None
    model = getattr(importlib.import_module(module), name, None)
    base = importlib.import_module("fhir.resources.R4B.resource").Resource
    return model if isinstance(model, type) and issubclass(model, base) else None


def check(name: str, content: Mapping[str, Any]) -> None:
    """Raise Invalid, with the path of the first wrong element and no value, unless the resource has its type's form."""
    contained = content.get("contained") or ()
    if not isinstance(contained, list | tuple) or len(contained) > MOST_CONTAINED:
        raise errors.Invalid("contained: must be a list of a few resources")
    for each in contained:
        # The models answer a contained resource of no known type with a bare KeyError.
        if not isinstance(each, dict) or not is_known(each.get("resourceType")):
            raise errors.Invalid("contained: holds what is no FHIR resource")
    try:
        model_of(name).model_validate(content)
    except ValidationError as error:
        raise errors.Invalid(
            _first(error.errors(include_url=False, include_context=False, include_input=False))
        ) from None
    except (KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        # The models raise these over forms that their authors did not think of.
        raise errors.Invalid("does not have the form of its type") from None


def is_known(name: object) -> bool:
    """Whether this names a resource type of FHIR R4B."""
    return isinstance(name, str) and model_of(name) is not None


def _first(problems: Iterable[ErrorDetails]) -> str:
    problem = next(iter(problems))
    location = list(problem["loc"])
    if problem["type"] == "extra_forbidden":
        # The last step is a name that the file made up, so it may be anything.
        location = [*location[:-1], "a member"]
    path = ".".join(str(step) for step in location)
    return f"{path or 'the resource'} {PROBLEMS.get(problem['type'], 'has a value that FHIR does not allow')}"
