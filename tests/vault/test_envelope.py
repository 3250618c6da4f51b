import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vault import envelope

KEY = b"k" * 32


@given(st.binary(max_size=2000), st.binary(max_size=40))
def test_what_is_sealed_opens_in_its_own_context(plaintext: bytes, bound_to: bytes) -> None:
    assert envelope.open_sealed(KEY, envelope.seal(KEY, plaintext, bound_to), bound_to) == plaintext


@given(st.binary(min_size=1, max_size=200), st.data())
def test_any_flipped_bit_is_found(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(envelope.seal(KEY, plaintext, b"here"))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8

    with pytest.raises(envelope.NotOpened):
        envelope.open_sealed(KEY, bytes(sealed), b"here")


def test_another_context_or_key_does_not_open_it() -> None:
    sealed = envelope.seal(KEY, b"secret", b"here")

    for key, bound_to in ((KEY, b"there"), (b"x" * 32, b"here")):
        with pytest.raises(envelope.NotOpened):
            envelope.open_sealed(key, sealed, bound_to)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_parts_never_make_the_same_context(some: list[str], others: list[str]) -> None:
    assert (envelope.context(*some) == envelope.context(*others)) == (some == others)


def test_the_same_text_sealed_twice_looks_different() -> None:
    assert envelope.seal(KEY, b"same", b"") != envelope.seal(KEY, b"same", b"")


@pytest.mark.parametrize("sealed", [b"", b"short", b"n" * 12, b"n" * 27])
def test_too_little_to_be_sealed_is_not_opened(sealed: bytes) -> None:
    with pytest.raises(envelope.NotOpened):
        envelope.open_sealed(KEY, sealed, b"")
