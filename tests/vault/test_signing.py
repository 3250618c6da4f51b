"""What we sign verifies, and nothing else does."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import errors
from app.vault import signing, signing_keys
from app.vault.signing import Keys
from tests import forgeries, signer
from tests.house import House
from tests.vault.signatures import CLAIMS, TYP, key_set, sign

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


def test_what_was_signed_verifies_with_the_published_keys(house: House) -> None:
    token = sign(house, CLAIMS)

    verified = signing.verify(token, Keys(key_set(house)), TYP)

    assert verified.claims == CLAIMS
    assert verified.kid == key_set(house)["keys"][0]["kid"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.dictionaries(TEXTS, VALUES, max_size=5))
def test_whatever_is_signed_comes_back_whole_and_as_no_other_type(light_house: House, claims: dict[str, Any]) -> None:
    keys = Keys(key_set(light_house))
    token = sign(light_house, claims)

    assert signing.verify(token, keys, TYP).claims == claims
    with pytest.raises(errors.NotVerified, match="typ"):
        signing.verify(token, keys, "consent-status+jwt")


def test_every_signature_has_the_one_form_and_the_same_length(light_house: House) -> None:
    tokens = [sign(light_house, CLAIMS) for _ in range(40)]

    assert len({len(token) for token in tokens}) == 1
    assert len(set(tokens)) == len(tokens)
    for token in tokens:
        assert int.from_bytes(signer.unb64(token.rpartition(".")[2])[32:], "big") <= signer.ORDER // 2


def test_no_forgery_of_a_stranger_verifies(light_house: House) -> None:
    token, published = sign(light_house, CLAIMS), key_set(light_house)
    keys = Keys(published)
    tried = 0

    for name, forged in forgeries.of_strangers(token, published):
        tried += 1
        with pytest.raises(errors.NotVerified):
            pytest.fail(f"{name}: {signing.verify(forged, keys, TYP)}")

    assert tried > 500
    assert signing.verify(token, keys, TYP).claims == CLAIMS


def test_even_the_right_key_signs_in_one_form_only() -> None:
    right = signer.Signer()
    keys = Keys(right.key_set())
    tried = 0

    assert signing.verify(right.sign(right.header(TYP), CLAIMS), keys, TYP).claims == CLAIMS
    for name, forged in signer.of_the_house(right, TYP, CLAIMS):
        tried += 1
        with pytest.raises(errors.NotVerified):
            pytest.fail(f"{name}: {signing.verify(forged, keys, TYP)}")

    assert tried > 40


def test_the_longest_that_can_be_signed_can_be_verified(light_house: House) -> None:
    frame = len('{"t":""}')
    longest = {"t": "x" * (signing.MOST_BYTES - frame)}

    assert signing.verify(sign(light_house, longest), Keys(key_set(light_house)), TYP).claims == longest
    with pytest.raises(errors.Invalid, match="too long"):
        sign(light_house, {"t": longest["t"] + "x"})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_is_no_json_is_not_signed(light_house: House, value: object) -> None:
    with pytest.raises(errors.Invalid, match="JSON"):
        sign(light_house, {"value": value})


def test_a_text_that_is_too_long_is_not_read(light_house: House) -> None:
    with pytest.raises(errors.NotVerified, match="longer"):
        signing.verify("e" * 70_000, Keys(key_set(light_house)), TYP)


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"alg": "ES384"},
        {"use": "enc"},
        {"x": None},
        {"x": "AA"},
        {"y": 7},
        {"y": "A" * 43 + "="},
    ],
)
def test_a_key_that_is_none_for_es256_is_passed_over(change: dict[str, Any]) -> None:
    right = signer.Signer()
    token = right.sign(right.header(TYP), CLAIMS)

    with pytest.raises(errors.NotVerified, match="key"):
        signing.verify(token, Keys({"keys": [right.key_set()["keys"][0] | change, "x", None, 7]}), TYP)


def test_a_set_cannot_give_a_key_the_id_of_another() -> None:
    ours, stranger = signer.Signer(), signer.Signer()
    lying = {"keys": [stranger.key_set()["keys"][0] | {"kid": ours.kid}]}

    with pytest.raises(errors.NotVerified, match="not among"):
        signing.verify(stranger.sign(ours.header(TYP), CLAIMS), Keys(lying), TYP)


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": "x"}, {"keys": 7}])
def test_what_is_no_key_set_is_refused(keys: dict[str, Any]) -> None:
    with pytest.raises(errors.NotVerified, match="JWK Set"):
        Keys(keys)


def test_a_point_off_the_curve_verifies_nothing() -> None:
    right = signer.Signer()
    point = {"kty": "EC", "crv": "P-256", "x": signer.b64(b"\1" * 32), "y": signer.b64(b"\2" * 32)}
    header = right.header(TYP) | {"kid": signing_keys.thumbprint(point)}

    with pytest.raises(errors.NotVerified):
        signing.verify(right.sign(header, CLAIMS), Keys({"keys": [point]}), TYP)
