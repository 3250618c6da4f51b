"""The hardened parser and the readers of simple types."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app import errors
from app.gateways import xml
from tests.gateways.hostile import documents

MOST = Decimal("999999999.999999999")


def element(text: str) -> etree._Element:
    made = etree.Element("Quantity")
    made.text = text
    return made


@pytest.mark.parametrize("name", documents.small())
def test_a_hostile_document_is_refused(name: str) -> None:
    with pytest.raises(errors.Refused):
        xml.parse(documents.small()[name])


@pytest.mark.parametrize("name", documents.large())
def test_a_large_or_deep_document_is_refused(name: str) -> None:
    with pytest.raises(errors.Refused):
        xml.parse(documents.large()[name])


def test_a_document_in_utf_16_or_with_a_declared_encoding_is_read() -> None:
    assert xml.parse('<?xml version="1.0" encoding="UTF-16"?><a>ø</a>'.encode("utf-16")).text == "ø"
    assert xml.parse('<?xml version="1.0" encoding="ISO-8859-1"?><a>ø</a>'.encode("latin-1")).text == "ø"


def test_comments_do_not_cut_a_text() -> None:
    assert xml.raw_text(xml.parse(b"<a>one<!-- aside --> two</a>")) == "one two"


def test_xinclude_is_left_alone() -> None:
    root = xml.parse(b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd" parse="text"/></a>')
    assert "".join(root.itertext()) == ""


def test_two_hundred_thousand_siblings_are_read() -> None:
    assert len(xml.parse(b"<a>" + b"<b/>" * 200_000 + b"</a>")) == 200_000


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        outcome = "read" if xml.parse(data) is not None else "nothing"
    except errors.Refused:
        outcome = "refused"
    assert outcome in ("read", "refused")


@pytest.mark.parametrize("text", ["NaN", "INF", "-INF", "-1", "-0.5", "1e5", "1E5", "", ".", "1,5", "١", "1 2", "0x1"])
def test_a_wrong_amount_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(errors.Refused, match="Quantity, line") as refusal:
        xml.decimal(element(text), MOST, 9)
    assert len(text) < 2 or text not in refusal.value.detail


@pytest.mark.parametrize("text", ["1000000000", "0.1234567891"])
def test_an_amount_outside_the_schema_is_refused(text: str) -> None:
    with pytest.raises(errors.Refused):
        xml.decimal(element(text), MOST, 9)


@given(st.decimals(min_value=0, max_value=MOST, places=9))
def test_every_amount_of_the_schema_is_read_exactly(value: Decimal) -> None:
    assert xml.decimal(element(f" {value:f}\n"), MOST, 9) == value


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13-01", "0000-01-01", "25-01-01", "2025-01-01+15:00", "20250101"])
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(errors.Refused):
        xml.day(element(text))


@given(st.dates(), st.sampled_from(["", "Z", "+02:00", "-14:00"]))
def test_a_date_is_read_with_and_without_a_zone(value: date, zone: str) -> None:
    assert xml.day(element(value.isoformat() + zone)) == value


def test_an_instant_is_aware_and_one_without_a_zone_is_copenhagens() -> None:
    assert xml.instant(element("2026-07-01T12:00:00.5Z")) == datetime(2026, 7, 1, 12, 0, 0, 500000, UTC)
    assert xml.instant(element("2026-07-01T12:00:00")) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert xml.instant(element("2026-06-30T24:00:00Z")) == datetime(2026, 7, 1, tzinfo=UTC)
    assert xml.instant_text(element(" 2026-07-01T12:00:00Z ")) == "2026-07-01T12:00:00Z"


@pytest.mark.parametrize("text", ["2026-07-01", "2026-02-30T10:00:00Z", "2026-07-01T25:00:00Z", "9999-12-31T23:59:59Z"])
def test_an_impossible_instant_is_refused(text: str) -> None:
    with pytest.raises(errors.Refused):
        xml.instant(element(text))


@pytest.mark.parametrize("text", ["abc", "0", "-1", "1.0", "366", "9" * 50])
def test_an_integer_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(errors.Refused):
        xml.integer(element(text), 1, 365)


def test_booleans_and_enumerations_take_only_what_the_schema_lists() -> None:
    assert [xml.boolean(element(text)) for text in ("true", "1", "false", "0")] == [True, True, False, False]
    with pytest.raises(errors.Refused):
        xml.boolean(element("yes"))


def test_an_element_that_stands_twice_or_is_missing_is_refused() -> None:
    root = xml.parse(b"<a><b/><b/></a>")
    with pytest.raises(errors.Refused, match="more than once"):
        xml.child(root, "b")
    with pytest.raises(errors.Refused, match="lacks c"):
        xml.required_child(root, "c")
