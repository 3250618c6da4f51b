"""Read single values out of CDA: texts, codes, times, addresses and telephone numbers."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from lxml import etree

from app import clock, errors

NAMESPACE = "urn:hl7-org:v3"
SOR = "1.2.208.176.1.1"
TIME = re.compile(
    r"(?P<date>[0-9]{8})(?P<clock>[0-9]{4}(?:[0-9]{2}(?:\.[0-9]{1,6})?)?)(?P<offset>[+-](?:0[0-9]|1[0-4])[0-5][0-9])?"
)
STREET = ("streetName", "houseNumber", "unitID")


def every(element: etree._Element | None, path: str) -> Iterator[etree._Element]:
    """The elements at a path of names, as ``section/title``."""
    if element is None:
        return iter(())
    return element.iterfind("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


def first(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at a path, or None."""
    return next(every(element, path), None)


def text(element: etree._Element | None) -> str | None:
    """The text inside an element without its outer white space and without comments; None when there is none."""
    if element is None:
        return None
    return str(element.xpath("string()")).strip() or None


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute without its outer white space; None when absent or empty."""
    value = None if element is None else element.get(name)
    return value.strip() or None if value else None


def instant(element: etree._Element | None, name: str) -> datetime | None:
    """A point in time to the minute or finer; without an offset it is Copenhagen's. Raises Invalid when impossible."""
    value = attribute(element, "value")
    if value is None:
        return None
    found = TIME.fullmatch(value)
    if found is None:
        raise errors.Invalid(f"{name} is no time of the form yyyyMMddHHmmss±zzzz")
    hours = found["clock"]
    form = "%Y%m%d%H%M" + ("%S" if len(hours) > 4 else "") + (".%f" if "." in hours else "")
    try:
        at = datetime.strptime(found["date"] + hours, form).replace(tzinfo=_zone(found["offset"]))
        at.astimezone(clock.COPENHAGEN)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise errors.Invalid(f"{name} is no possible time") from None


def day(element: etree._Element | None, name: str) -> date | None:
    """The civil date that a time begins with; None when it says only the month or the year."""
    value = attribute(element, "value")
    if value is None or re.fullmatch("[0-9]{4}(?:[0-9]{2})?", value):
        return None
    try:
        return datetime.strptime(value[:8], "%Y%m%d").date()  # noqa: DTZ007  # a civil date has no zone
    except ValueError:
        raise errors.Invalid(f"{name} is no possible date") from None


def address(element: etree._Element | None) -> str | None:
    """An address in one line: the street's lines, then postal code and town."""
    lines = address_lines(element)
    town = " ".join(said for name in ("postalCode", "city") if (said := text(first(element, name))))
    return ", ".join([*lines, town] if town else lines) or text(element)


def address_lines(element: etree._Element | None) -> list[str]:
    """The lines of the street: as they stand, or from the street's name and the house's number."""
    lines = [said for each in every(element, "streetAddressLine") if (said := text(each))]
    street = " ".join(said for name in STREET if (said := text(first(element, name))))
    return lines or ([street] if street else [])


def phone(element: etree._Element | None) -> str | None:
    """The first telephone number."""
    found = (attribute(each, "value") or "" for each in every(element, "telecom"))
    return next((each[4:].strip() for each in found if each[:4].lower() == "tel:" and each[4:].strip()), None)


def sor(element: etree._Element | None) -> str | None:
    """The number in the SOR register."""
    return next((attribute(each, "extension") for each in every(element, "id") if each.get("root") == SOR), None)


def _zone(offset: str | None) -> Any:
    if offset is None:
        return clock.COPENHAGEN
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
