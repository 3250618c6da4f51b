"""The arguments of an act, each of the kind that it must be. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

LONGEST_ID, LONGEST_WORDS = 64, 500


class Rejected(Exception):
    """An act that is not done, with its code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Args:
    """The arguments of an act: exactly these names, each of its kind. Raises Rejected for any other."""

    def __init__(self, args: Mapping[str, Any], names: set[str]) -> None:
        if args.keys() != names:
            raise Rejected("malformed")
        self._args = args

    def text(self, name: str, longest: int = LONGEST_ID) -> str:
        """A text with something in it, at most so long."""
        value = self._args[name]
        if not isinstance(value, str) or not value.strip() or len(value) > longest or "\0" in value:
            raise Rejected("malformed")
        return value

    def words(self, name: str, longest: int = LONGEST_WORDS) -> str | None:
        """Words, or None."""
        return None if self._args[name] is None else self.text(name, longest)

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        """One of these words."""
        value = self.text(name)
        if value not in known:
            raise Rejected("malformed")
        return value

    def number(self, name: str, most: int) -> int:
        """A whole number from 1."""
        value = self._args[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise Rejected("malformed")
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self._args[name]
        if not isinstance(value, bool):
            raise Rejected("malformed")
        return value

    def day(self, name: str) -> date:
        """A civil date, ISO 8601."""
        text = self.text(name)
        try:
            value = date.fromisoformat(text)
        except ValueError:
            raise Rejected("malformed") from None
        if value.isoformat() != text:
            raise Rejected("malformed")
        return value

    def instant(self, name: str) -> datetime | None:
        """An instant with its offset, ISO 8601, or None."""
        if self._args[name] is None:
            return None
        try:
            value = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise Rejected("malformed") from None
        if value.tzinfo is None:
            raise Rejected("malformed")
        return value
