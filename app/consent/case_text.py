"""Read the text of consent cases that strangers wrote: one broken case does not take the others with it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from app import errors

MOST_BYTES = 100 * 1024 * 1024
MOST_DIGITS = 18

# What tells where an element of the outermost array ends: texts, which may hold anything, and the five signs. A text
# that never ends is taken to the end of all, in one go, so that nobody can make this slow.
_SIGNS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)


class Unreadable:
    """Stands for a part of the text that is no JSON, or that says two things at once; ``reason`` is a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Ambiguous(dict[str, Any]):
    """An object that names a member twice; which one was meant cannot be told."""


def read(data: bytes) -> list[Any]:
    """The elements of the JSON array in these bytes, as Python values.

    In place of a number that nobody can count with, of NaN, and of an element that is nested too deeply stands an
    Unreadable; an object that names a member twice is an Ambiguous. Raises Refused when the whole is no JSON array.
    """
    if len(data) > MOST_BYTES:
        raise errors.Refused("The cases are larger than 100 MB.")
    text = _decode(data)
    try:
        content = _load(text)
    except RecursionError:
        return [_element(part) for part in _parts(text)]
    if not isinstance(content, list):
        raise errors.Refused("The cases are no JSON array.")
    return content


def _decode(data: bytes) -> str:
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise errors.Refused(f"The cases are not valid {encoding}: byte {error.start}.") from None


def _load(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_constant
        )
    except json.JSONDecodeError as error:
        raise errors.Refused(f"The cases are no JSON: line {error.lineno}, column {error.colno}.") from None


def _element(text: str) -> Any:
    try:
        return _load(text)
    except RecursionError:
        return Unreadable("It is nested too deeply.")


def _parts(text: str) -> Iterator[str]:
    """The texts of the outermost array's elements, found without reading them."""
    depth, begins = 0, 0
    if not text.lstrip(" \t\r\n\ufeff").startswith("["):
        raise errors.Refused("The cases are no JSON array.")
    for sign in _SIGNS.finditer(text):
        if sign[0] in ("[", "{"):
            depth += 1
        if depth == 1 and sign[0] in ("[", "]", ","):
            if sign[0] != "[":
                yield text[begins : sign.start()]
            begins = sign.end()
        if sign[0] in ("]", "}"):
            depth -= 1
    if depth != 0 or text[begins:].strip(" \t\r\n"):
        raise errors.Refused("The cases are no JSON array: it does not end where it should.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    return content if len(content) == len(pairs) else Ambiguous(content)


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) <= MOST_DIGITS else _constant(digits)


def _constant(_text: str) -> Any:
    return Unreadable("It holds a number that no case has.")
