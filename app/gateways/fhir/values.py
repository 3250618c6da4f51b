"""Read single values out of FHIR's JSON: texts, concepts, quantities, partial dates and instants."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app import clock, errors

Json = Mapping[str, Any]
FRACTION = re.compile(r"T[^+Z-]*[.,](\d+)")


def many(content: Json, name: str) -> list[Json]:
    """The objects of a repeated element; none when it is absent."""
    value = content.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def one(content: Json, *names: str) -> Json:
    """An element inside elements; an empty object when it is absent."""
    for name in names:
        value = content.get(name)
        content = value if isinstance(value, dict) else {}
    return content


def text(content: Json, name: str) -> str | None:
    """A text without its outer white space; None when absent or empty."""
    value = content.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise errors.Invalid(f"{name} must be text")
    return value.strip() or None


def texts(content: Json, name: str) -> tuple[str, ...]:
    """The texts of a repeated element. Places that hold only an extension (null in JSON) are left out."""
    value = content.get(name)
    found = value if isinstance(value, list) else []
    return tuple(each.strip() for each in found if isinstance(each, str) and each.strip())


def truth(content: Json, name: str) -> bool:
    """A boolean; False when absent."""
    value = content.get(name, False)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise errors.Invalid(f"{name} must be true or false")


def concept(content: Json) -> str | None:
    """What a CodeableConcept says to people: its text, else a coding's display, else a bare code."""
    codings = many(content, "coding")
    said = [text(content, "text")]
    said += [text(each, "display") for each in codings]
    said += [text(each, "code") for each in codings]
    return next((each for each in said if each), None)


def concepts(contents: Iterable[Json]) -> str | None:
    """Several concepts in one text."""
    return ", ".join(said for each in contents if (said := concept(each))) or None


def quantity(content: Json) -> str | None:
    """A Quantity as ``value unit``."""
    value = content.get("value")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise errors.Invalid("value must be a number")
    number = str(int(value)) if value == int(value) else str(value)
    return " ".join(each for each in (number, text(content, "unit") or text(content, "code")) if each)


def first_day(content: Json, name: str) -> date | None:
    """The civil date in Copenhagen of a date or dateTime; of a partial one the first day that it may mean."""
    said = text(content, name)
    return _days(said, name)[0] if said else None


def last_day(content: Json, name: str) -> date | None:
    """The civil date in Copenhagen of a date or dateTime; of a partial one the last day that it may mean."""
    said = text(content, name)
    return _days(said, name)[1] if said else None


def whole_day(content: Json, name: str) -> date | None:
    """A civil date, or None when it is absent or says only the month or the year."""
    said = text(content, name)
    if not said:
        return None
    first, last = _days(said, name)
    return first if first == last else None


def instant(content: Json, name: str) -> datetime | None:
    """The instant of a dateTime or instant; of a bare date its first moment in Copenhagen."""
    said = text(content, name)
    if not said:
        return None
    return _instant(said, name) if "T" in said else _midnight(_days(said, name)[0], name)


def instant_after(content: Json, name: str) -> datetime | None:
    """The instant at which something that lasts until this dateTime is over: a bare date lasts the whole day."""
    said = text(content, name)
    if not said:
        return None
    if "T" in said:
        return _instant(said, name)
    last = _days(said, name)[1]
    if last == date.max:
        raise errors.Invalid(f"{name} is no possible date")
    return _midnight(last + timedelta(days=1), name)


def first_after(content: Json, name: str) -> datetime | None:
    """The first instant after all that this dateTime may mean: the end of a Period holds what it names, whole."""
    said = text(content, name)
    if not said or "T" not in said:
        return instant_after(content, name)
    fraction = FRACTION.search(said)
    digits = min(len(fraction.group(1)), 6) if fraction else 0
    return _instant(said, name) + timedelta(microseconds=10 ** (6 - digits))


def is_modified(content: Json) -> bool:
    """Whether it carries what changes its meaning, by itself and not by its parts."""
    return bool(content.get("modifierExtension") or content.get("implicitRules"))


def modified(content: Json) -> int:
    """How many of the objects in it, itself too, carry what changes their meaning."""
    found = 0
    waiting: list[Any] = [content]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found += is_modified(each)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def demand_order(start: datetime | date | None, end: datetime | date | None, name: str) -> None:
    """Raise Invalid when a period ends before it starts."""
    if start is not None and end is not None and end < start:
        raise errors.Invalid(f"{name} ends before it starts")


def _days(said: str, name: str) -> tuple[date, date]:
    if "T" in said:
        day = clock.civil_date(_instant(said, name))
        return day, day
    parts = said.split("-")
    try:
        year, month, day_of_month = (int(part) for part in [*parts, *("1", "1")[: 3 - len(parts)]])
        first = date(year, month, day_of_month)
    except ValueError:
        raise errors.Invalid(f"{name} is no possible date") from None
    if len(parts) == 3:
        return first, first
    last_month = month if len(parts) == 2 else 12
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def _instant(said: str, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
        if at.tzinfo is None:
            raise errors.Invalid(f"{name} has no offset from UTC")
        at.astimezone(clock.COPENHAGEN)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise errors.Invalid(f"{name} is no possible time") from None


def _midnight(day: date, name: str) -> datetime:
    try:
        return datetime.combine(day, time.min, clock.COPENHAGEN).astimezone(UTC)
    except OverflowError:
        raise errors.Invalid(f"{name} is no possible date") from None
