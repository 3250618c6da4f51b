"""Person numbers: by date and century, never by modulus 11."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.identity import number, rules


@pytest.mark.parametrize(
    ("value", "born"),
    [
        ("0101700000", 1970),
        ("0101703000", 1970),
        ("0101364000", 2036),
        ("0101374000", 1937),
        ("0101369000", 2036),
        ("0101379000", 1937),
        ("0101575000", 2057),
        ("0101585000", 1858),
        ("0101578000", 2057),
    ],
)
def test_the_seventh_digit_tells_the_century(value: str, born: int) -> None:
    assert rules.birth_date(value) == date(born, 1, 1)


@pytest.mark.parametrize(
    "value", ["3002701234", "0013701234", "123456789", "01017012345", "010170--1234", "0101702AB1"]
)
def test_a_wrong_number_is_refused_without_quoting_it(value: str) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        number.read_number(value)
    assert value not in refusal.value.detail


def test_replacement_numbers_are_told_apart() -> None:
    assert number.read_number("010170-1ab2").kind == "x-ecpr"
    assert number.read_number("010170 7AB2").kind == "x-ecpr"
    assert [number.read_number(f"010170{digit}AB2").kind for digit in "056"] == ["d-ecpr"] * 3


@given(st.dates(date(1858, 1, 1), date(2057, 12, 31)), st.integers(0, 999))
def test_a_number_tells_the_birth_date_it_was_made_from(born: date, serial: int) -> None:
    sevenths = [d for d in "0123456789" if rules.birth_date(f"{born:%d%m%y}{d}{serial:03}") == born]
    assert sevenths
