"""Read JSON that strangers wrote: bounded, without duplicate names, NaN, broken text or bottomless nesting."""

import json
import math
from collections.abc import Iterator
from typing import Any

from app import errors

MOST_BYTES = 20 * 1024 * 1024
# Checking FHIR costs some 20 µs for each value, so this is what is done in seconds; it is thousands of resources.
MOST_VALUES = 200_000
# FHIR's own resources stay below 20; deeper ones would only wear out those who walk them.
MOST_LEVELS = 60
MOST_DIGITS = 18


def parse(data: bytes) -> dict[str, Any]:
    """The JSON object in these bytes, in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.

    Raises Refused when it is none, is too large or too deep, or says something that JSON does not allow. The reason
    tells where, and nothing of the content.
    """
    if len(data) > MOST_BYTES:
        raise errors.Refused("The JSON is larger than 20 MB.")
    text = _decode(data)
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise errors.Refused(f"The JSON has more than {MOST_VALUES} values.")
    content = _load(text)
    if not isinstance(content, dict):
        raise errors.Refused("The JSON is no object.")
    for level in _levels(content):
        _demand_plain(level)
    return content


def _decode(data: bytes) -> str:
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise errors.Refused(f"The JSON is not valid {encoding}: byte {error.start}.") from None


def _load(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise errors.Refused("The JSON is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise errors.Refused(f"The JSON cannot be read: line {error.lineno}, column {error.colno}.") from None
    except ValueError:
        # Python refuses to turn thousands of digits into a number.
        raise errors.Refused("The JSON holds a number that is too long.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise errors.Refused("The JSON names the same member of an object twice.")
    return content


def _constant(name: str) -> Any:
    raise errors.Refused(f"The JSON holds {name}, which is no JSON.")


def _levels(content: dict[str, Any]) -> Iterator[list[Any]]:
    """All values of each level, from the outermost inwards; names of members count as values."""
    level: list[Any] = [content]
    for _ in range(MOST_LEVELS):
        yield level
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.keys()
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        if not inner:
            return
        level = inner
    raise errors.Refused("The JSON is nested too deeply.")


def _demand_plain(values: list[Any]) -> None:
    for value in values:
        if isinstance(value, str) and not _is_plain_text(value):
            raise errors.Refused("The JSON holds a text with a character that no text may have.")
        if isinstance(value, float) and not math.isfinite(value):
            raise errors.Refused("The JSON holds a number that is too large.")
        if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
            raise errors.Refused("The JSON holds a number that is too large.")


def _is_plain_text(text: str) -> bool:
    """No half surrogate pairs and, as FHIR says, no control characters but tab, return and line feed."""
    if text.isprintable():
        return True
    return all(char in "\t\r\n" or (char >= " " and not "\ud800" <= char <= "\udfff") for char in text)
