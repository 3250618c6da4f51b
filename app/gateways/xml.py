"""Read hostile XML safely: a hardened parser and readers of XML Schema's simple types that refuse without quoting.

Every refusal names the element and its line, never the value.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NoReturn, TypeVar
from xml.parsers import expat

from lxml import etree

from app import clock, errors

MOST_BYTES = 20 * 1024 * 1024
# A tree costs some 120 bytes a node, and twice that with attributes; half a million stay far below 500 MB.
MOST_MARKS = 500_000
WHITESPACE = " \t\r\n"

_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})" + _ZONE)
_TIME = r"(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,30})?|24:00:00(?:\.0{1,30})?)"
_CLOCK = re.compile(_TIME + _ZONE)
_DATE_TIME = re.compile(r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T" + _TIME + _ZONE)
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_DECIMAL = re.compile(r"\+?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")

T = TypeVar("T")


def parse(data: bytes) -> etree._Element:
    """The root of a document; raises Refused when it is empty, too large, broken or has a DOCTYPE."""
    if not data.strip():
        raise errors.Refused("The file is empty.")
    if len(data) > MOST_BYTES:
        raise errors.Refused("The file is larger than 20 MB.")
    if data.count(b"<") > MOST_MARKS or data.count(b"=") > MOST_MARKS:
        raise errors.Refused("The file has more than half a million elements or attributes.")
    _refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise errors.Refused(_what_is_broken(error)) from None
    except (ValueError, LookupError):
        raise errors.Refused("The file is not XML in an encoding that can be read.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise errors.Refused("The file has a DOCTYPE.")
    return root


class _RootReached(Exception):
    """The prolog is over."""


def _refuse_doctype(data: bytes) -> None:
    """Stop before a tree is built, so that no entity is ever declared."""
    scanner = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise errors.Refused("The file has a DOCTYPE.")

    def root(*_: object) -> None:
        raise _RootReached

    scanner.StartDoctypeDeclHandler = doctype
    scanner.StartElementHandler = root
    try:
        scanner.Parse(data, True)
    except _RootReached:
        return
    except expat.ExpatError as error:
        raise errors.Refused(f"The file is not well-formed XML (line {error.lineno}).") from None
    except (ValueError, LookupError):
        raise errors.Refused("The file is not XML in an encoding that can be read.") from None


def _what_is_broken(error: etree.XMLSyntaxError) -> str:
    if getattr(error, "code", None) in (etree.ErrorTypes.ERR_INVALID_CHAR, etree.ErrorTypes.ERR_INVALID_ENCODING):
        return f"The file is not in the encoding that it declares (line {error.lineno})."
    return f"The file is not well-formed XML, cut off, or nested too deeply (line {error.lineno})."


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def namespace(element: etree._Element) -> str | None:
    """The element's namespace."""
    return etree.QName(element).namespace


def refuse(element: etree._Element, what: str) -> NoReturn:
    """Raise Refused: ``what`` is wrong, at this element and line."""
    raise errors.Refused(f"{local(element)}, line {element.sourceline}: {what}.")


def children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The child elements of this local name, in order, of any namespace."""
    return parent.iterchildren("{*}" + name)


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The one child element of this local name, or None; more than one is refused."""
    found = children(parent, name)
    first = next(found, None)
    if first is not None and (second := next(found, None)) is not None:
        refuse(second, "stands more than once")
    return first


def required_child(parent: etree._Element, name: str) -> etree._Element:
    """The one child element of this local name; none is refused."""
    found = child(parent, name)
    if found is None:
        refuse(parent, f"lacks {name}")
    return found


def raw_text(element: etree._Element) -> str:
    """The text just as it stands, inner and outer whitespace kept; elements inside it are refused."""
    if len(element):
        refuse(element, "has elements where text belongs")
    return element.text or ""


def text(element: etree._Element | None) -> str | None:
    """The text without outer whitespace; None for no element and for no text."""
    return None if element is None else raw_text(element).strip(WHITESPACE) or None


def required_text(element: etree._Element) -> str:
    """The text without outer whitespace; an empty one is refused."""
    value = text(element)
    if value is None:
        refuse(element, "is empty")
    return value


def integer(element: etree._Element, least: int, most: int = 2**63 - 1) -> int:
    """An xs:integer from ``least`` to ``most``."""
    value = required_text(element)
    if not _INTEGER.fullmatch(value) or not least <= int(value) <= most:
        refuse(element, "is no whole number in the range that it may have")
    return int(value)


def decimal(element: etree._Element, most: Decimal, fraction_digits: int) -> Decimal:
    """An xs:decimal from 0 to ``most`` with at most so many fraction digits; no NaN, INF, exponent or minus."""
    value = required_text(element)
    if not _DECIMAL.fullmatch(value):
        refuse(element, "is no decimal number")
    if Decimal(value) > most or len(value.partition(".")[2].rstrip("0")) > fraction_digits:
        refuse(element, "is a number outside the range that it may have")
    return Decimal(value)


def day(element: etree._Element) -> date:
    """An xs:date as the civil date it shows; a time zone behind it is checked and changes nothing."""
    written = _DATE.fullmatch(required_text(element))
    try:
        return date.fromisoformat(written[1]) if written else refuse(element, "is no date")
    except ValueError:
        refuse(element, "is a date that the calendar does not have")


def instant(element: etree._Element) -> datetime:
    """An xs:dateTime, aware; one without a zone is Copenhagen's."""
    written = _DATE_TIME.fullmatch(required_text(element))
    if not written:
        refuse(element, "is no date and time")
    try:
        return _instant(written)
    except (ValueError, OverflowError):
        refuse(element, "is a time that the calendar does not have")


def instant_text(element: etree._Element) -> str:
    """An xs:dateTime, checked, as the source wrote it."""
    instant(element)
    return required_text(element)


def _instant(written: re.Match[str]) -> datetime:
    clock_time = written["time"]
    at_midnight = clock_time.startswith("24")
    shown = (
        time(0)
        if at_midnight
        else time.fromisoformat(clock_time[:15].ljust(15, "0") if "." in clock_time else clock_time)
    )
    at = datetime.combine(date.fromisoformat(written["date"]), shown) + timedelta(days=at_midnight)
    zone = written["zone"]
    if zone is None:
        at = at.replace(tzinfo=clock.COPENHAGEN)
    else:
        at = datetime.fromisoformat(at.isoformat() + zone.replace("Z", "+00:00"))
    clock.civil_date(at)  # at the ends of the calendar an instant may have no date in Copenhagen
    return at


def is_clock_time(value: str) -> bool:
    """Whether the text is an xs:time."""
    return _CLOCK.fullmatch(value) is not None


def boolean(element: etree._Element) -> bool:
    """An xs:boolean."""
    return enum(element, {"true": True, "1": True, "false": False, "0": False})


def enum(element: etree._Element, values: Mapping[str, T]) -> T:
    """One of the values that the schema lists, as what it stands for here."""
    value = required_text(element)
    if value not in values:
        refuse(element, "is none of the values that it may have")
    return values[value]
