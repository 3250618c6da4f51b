"""Lengths say little, and what was padded comes back as it was."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.vault import padding


@given(st.integers(2, 1 << 40))
def test_padme_adds_at_most_twelve_percent_and_is_its_own_length(length: int) -> None:
    padded = padding.padme(length)

    assert length <= padded <= length * 1.12 + 1
    assert padding.padme(padded) == padded


@given(st.integers(2, 1 << 40))
def test_padme_is_as_the_paper_has_it(length: int) -> None:
    exponent = math.floor(math.log2(length)) if length < 1 << 30 else length.bit_length() - 1
    last = exponent - (math.floor(math.log2(exponent)) + 1) if exponent > 0 else 0
    mask = (1 << last) - 1 if last > 0 else 0

    assert padding.padme(length) == (length + mask) & ~mask


@given(st.binary(max_size=5000))
def test_what_is_padded_comes_back(content: bytes) -> None:
    padded = padding.pad(content)

    assert padding.unpad(padded) == content
    assert len(padded) >= padding.FLOOR
    assert padding.padme(len(padded)) == len(padded)


@given(st.binary(max_size=3000))
def test_what_is_deflated_comes_back_and_no_more_than_may(content: bytes) -> None:
    deflated = padding.deflate(content)

    assert padding.inflate(deflated, len(content)) == content
    if content:
        with pytest.raises(errors.Invalid):
            padding.inflate(deflated, len(content) - 1)


@pytest.mark.parametrize("wrong", [b"", b"nonsense", padding.deflate(b"x")[:-1], padding.deflate(b"x") + b"y"])
def test_what_is_not_deflated_whole_is_refused(wrong: bytes) -> None:
    with pytest.raises(errors.Invalid):
        padding.inflate(wrong, 100)


@pytest.mark.parametrize(
    "wrong", [b"", b"\x00" * 4, padding.pad(b"x")[:-1], padding.pad(b"x")[:-1] + b"\x01", b"\xff" * 1024]
)
def test_what_is_not_padded_so_is_refused(wrong: bytes) -> None:
    with pytest.raises(errors.Invalid):
        padding.unpad(wrong)
