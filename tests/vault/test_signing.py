"""What we sign verifies, and nothing else does."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import errors
from app.vault import service as vault
from app.vault import signing, signing_keys
from app.vault.signing import Keys
from tests import forgeries, signer
from tests.conftest import Raw
from tests.house import House

TYP = "consent-receipt+jwt"
CLAIMS = {"iss": "https://naerblik.example", "sub": "s", "text": "Æ 1 < 2"}

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


def sign(house: House, claims: dict[str, Any], typ: str = TYP) -> str:
    with house.database.transaction() as session:
        return signing.sign(session, claims, typ)


def key_set(house: House) -> dict[str, Any]:
    with house.database.reading() as session:
        return signing_keys.key_set(signing_keys.public_keys(session))


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


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    # The P-256 key of RFC 7517, appendix A.1; the thumbprint was made with joserfc, another implementation.
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    }

    assert signing_keys.thumbprint({**jwk, "use": "enc"}) == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"


def test_after_a_rotation_old_receipts_still_verify_and_new_ones_name_the_new_key(house: House) -> None:
    old = sign(house, CLAIMS)
    before = key_set(house)
    house.wait(days=1)

    with house.database.transaction() as session:
        kid = signing_keys.rotate(session, house.at)
    new = sign(house, CLAIMS)
    keys = Keys(key_set(house))

    assert signing.verify(old, keys, TYP).kid == before["keys"][0]["kid"]
    assert signing.verify(new, keys, TYP).kid == kid
    assert key_set(house)["keys"][0] == before["keys"][0]
    with pytest.raises(errors.NotVerified, match="not among"):
        signing.verify(new, Keys(before), TYP)


def test_a_retired_key_keeps_no_secret(house: House, raw: Raw) -> None:
    with house.database.transaction() as session:
        signing_keys.rotate(session, house.at)
        signing_keys.rotate(session, house.at)

    rows = raw.run("SELECT sealed IS NULL, active IS NULL, retired_at IS NULL FROM signing_key ORDER BY active IS NULL")

    assert [tuple(map(bool, row)) for row in rows] == [(False, False, True), (True, True, False), (True, True, False)]


def test_the_secret_stands_sealed_and_opens_only_as_its_own_row(house: House, raw: Raw) -> None:
    with house.database.reading() as session:
        secret = signer.unb64(signing_keys.private_jwk(session)["d"])
    [(sealed,)] = raw.run("SELECT sealed FROM signing_key")
    assert isinstance(sealed, bytes | memoryview)

    assert secret not in bytes(sealed)
    raw.run("UPDATE signing_key SET kid = 'another'")
    with house.database.reading() as session, pytest.raises(vault.envelope.NotOpened):
        signing.sign(session, CLAIMS, TYP)


def test_a_key_that_was_put_into_the_database_by_somebody_else_is_not_published(house: House, raw: Raw) -> None:
    stranger = signer.Signer()
    x, y = (signer.unb64(stranger.jwk[name]) for name in ("x", "y"))
    raw.run(
        "INSERT INTO signing_key (kid, active, x, y, tag, kek_id, sealed, created_at, retired_at) "
        "SELECT :kid, NULL, :x, :y, tag, kek_id, NULL, created_at, created_at FROM signing_key",
        kid=stranger.kid,
        x=x,
        y=y,
    )

    published = [key["kid"] for key in key_set(house)["keys"]]

    assert len(published) == 1
    assert stranger.kid not in published


def test_two_keys_are_never_active(house: House) -> None:
    second = (
        "INSERT INTO signing_key (kid, active, x, y, tag, kek_id, sealed, created_at) "
        "SELECT 'second', active, x, y, tag, kek_id, sealed, created_at FROM signing_key"
    )

    with pytest.raises(IntegrityError), house.database.transaction() as session:
        session.execute(text(second))


@pytest.mark.parametrize("change", ["sealed = NULL", "active = NULL", "retired_at = created_at"])
def test_a_key_is_active_with_a_secret_or_retired_without(house: House, change: str) -> None:
    with pytest.raises(IntegrityError), house.database.transaction() as session:
        session.execute(text(f"UPDATE signing_key SET {change}"))  # noqa: S608  the changes stand above


def test_a_key_is_made_once(house: House) -> None:
    with house.database.transaction() as session:
        first = signing_keys.prepare(session, house.at)
        assert signing_keys.prepare(session, house.at) == first == signing_keys.demand_active(session)


def test_without_a_key_nothing_is_signed_and_the_command_is_named(house: House, raw: Raw) -> None:
    raw.run("DELETE FROM signing_key")

    with house.database.reading() as session:
        for ask in (lambda: signing.sign(session, CLAIMS, TYP), lambda: signing_keys.demand_active(session)):
            with pytest.raises(errors.NotReady, match="naerblik db upgrade"):
                ask()
