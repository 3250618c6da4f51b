"""The form alone: each demand holds by itself, before any signature is looked at."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.vault import compact
from tests.signer import Signer, b64

TYP = "consent-receipt+jwt"


def token(header: object = None, claims: object = None, signature: bytes = b"\1" * 64) -> str:
    said = Signer().header(TYP) if header is None else header
    return ".".join([b64(json.dumps(said).encode()), b64(json.dumps(claims or {"n": 1}).encode()), b64(signature)])


def test_a_token_in_the_right_form_is_taken_apart() -> None:
    parts = compact.take_apart(token({"alg": "ES256", "kid": "k", "typ": TYP}), TYP)

    assert (parts.kid, parts.claims, parts.signature) == ("k", {"n": 1}, b"\1" * 64)


@given(data=st.binary(min_size=1))
def test_bytes_have_one_spelling(data: bytes) -> None:
    text = compact.encode(data)

    assert compact.decode(text) == data
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=\n ":
        other = text[:-1] + last
        try:
            assert other == text or compact.decode(other) != data
        except errors.NotVerified:
            continue
    with pytest.raises(errors.NotVerified):
        compact.decode(text + "=")


@pytest.mark.parametrize("text", ["", "A", "AB==", "AB=", "QR", "+A==", "A/A", "AAAA\n", "ÆAAA", "AA AA"])
def test_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(errors.NotVerified, match="base64url"):
        compact.decode(text)


@pytest.mark.parametrize("alg", ["none", "HS256", "es256", "ES384", "", None, ["ES256"]])
def test_no_other_algorithm_has_the_form(alg: object) -> None:
    with pytest.raises(errors.NotVerified, match="alg"):
        compact.take_apart(token({"alg": alg, "kid": "k", "typ": TYP}), TYP)


@pytest.mark.parametrize("length", [1, 63, 65, 70, 128])
def test_a_signature_of_another_length_has_not_the_form(length: int) -> None:
    with pytest.raises(errors.NotVerified, match="64 bytes"):
        compact.take_apart(token(signature=b"\1" * length), TYP)


@pytest.mark.parametrize("end", ["\n", "\r\n", " ", ".", ".AA", "=", "\0"])
def test_nothing_may_follow(end: str) -> None:
    with pytest.raises(errors.NotVerified, match="three parts"):
        compact.take_apart(token() + end, TYP)


@given(text=st.text())
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    with pytest.raises(errors.NotVerified):
        compact.take_apart(text, TYP)


@pytest.mark.parametrize("s", [1, 2, compact.ORDER // 2, compact.ORDER // 2 + 1, compact.ORDER - 1])
def test_the_low_form_is_the_lower_of_two(s: int) -> None:
    low = compact.in_low_form(token(signature=b"\1" * 32 + s.to_bytes(32, "big")))

    signature = compact.take_apart(low, TYP).signature
    assert int.from_bytes(signature[32:], "big") == min(s, compact.ORDER - s)
    assert signature[:32] == b"\1" * 32
