"""Take the members of a JSON object one by one, each of the type that it must have; the sentence tells which is not."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from app import errors
from app.consent.case_text import Ambiguous, Unreadable

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

CASE = "the case"


class Members:
    """An object's members. ``place`` is where it stands in its case, for the sentences; they repeat nothing it says.

    All methods raise Invalid. A member that is null is one that is missing.
    """

    def __init__(self, value: Any, place: str, known: Collection[str] | None) -> None:
        if isinstance(value, Unreadable):
            raise errors.Invalid(value.reason)
        if not isinstance(value, dict):
            raise errors.Invalid(f"{place} is no object.")
        if isinstance(value, Ambiguous):
            raise errors.Invalid(f"{place} names a member twice.")
        if known is not None and not value.keys() <= set(known):
            raise errors.Invalid(f"{place} has a member that nobody knows; there are: {', '.join(known)}.")
        self._value: dict[str, Any] = value
        self._place = place

    def text(self, name: str) -> str:
        """A text that must be there and say something."""
        found = self.text_or_none(name)
        if found is None:
            raise self.wrong(name, "is missing")
        return found

    def text_or_none(self, name: str) -> str | None:
        """A text that says something, or None."""
        found = self._value.get(name)
        if found is None:
            return None
        if not is_text(found) or not found:
            raise self.wrong(name, "must be a text")
        return str(found)

    def text_or_blank(self, name: str) -> str:
        """A text, which may be empty and is when it is missing."""
        return "" if self._value.get(name) == "" else self.text_or_none(name) or ""

    def flag(self, name: str) -> bool:
        """True or false; false when it is missing."""
        found = self._value.get(name, False)
        if not isinstance(found, bool):
            raise self.wrong(name, "must be true or false")
        return found

    def word(self, name: str, words: Collection[str]) -> str:
        """One of these words."""
        found = self.text(name)
        if found not in words:
            raise self.wrong(name, f"must be one of {', '.join(words)}")
        return found

    def instant(self, name: str) -> datetime:
        """A time with its zone, in UTC."""
        found = self.instant_or_none(name)
        if found is None:
            raise self.wrong(name, "is missing")
        return found

    def instant_or_none(self, name: str) -> datetime | None:
        """A time with its zone, in UTC, or None."""
        found = self.text_or_none(name)
        if found is None:
            return None
        try:
            if _INSTANT.fullmatch(found):
                return datetime.fromisoformat(found).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self.wrong(name, "must be a time with its zone, as 2026-05-01T12:00:00+02:00")

    def day_or_none(self, name: str) -> date | None:
        """A civil date, or None."""
        found = self.text_or_none(name)
        if found is None:
            return None
        try:
            if _DAY.fullmatch(found):
                return date.fromisoformat(found)
        except ValueError:
            pass
        raise self.wrong(name, "must be a date that exists, as 2026-05-01")

    def texts(self, name: str) -> frozenset[str]:
        """A list of texts; none when it is missing."""
        found = self._list(name)
        if not all(is_text(each) and each for each in found):
            raise self.wrong(name, "must be a list of texts")
        return frozenset(found)

    def object_or_none(self, name: str, known: Collection[str]) -> "Members | None":
        """An object with no other members than these, or None."""
        found = self._value.get(name)
        return None if found is None else Members(found, self._path(name), known)

    def object(self, name: str, known: Collection[str]) -> "Members":
        """An object with no other members than these, which must be there."""
        found = self.object_or_none(name, known)
        if found is None:
            raise self.wrong(name, "is missing")
        return found

    def objects(self, name: str, known: Collection[str]) -> list["Members"]:
        """A list of objects with no other members than these; none when it is missing."""
        found = self._list(name)
        return [Members(each, f"{self._path(name)}[{place}]", known) for place, each in enumerate(found)]

    def wrong(self, name: str, what: str) -> errors.Invalid:
        """The error that says what is wrong with a member."""
        return errors.Invalid(f"{self._path(name)} {what}.")

    def _list(self, name: str) -> list[Any]:
        found = self._value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self.wrong(name, "must be a list")
        return found

    def _path(self, name: str) -> str:
        return name if self._place == CASE else f"{self._place}.{name}"


def is_text(value: Any) -> bool:
    """Whether this is a text that can be written down: half a surrogate pair cannot."""
    if not isinstance(value, str):
        return False
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)
