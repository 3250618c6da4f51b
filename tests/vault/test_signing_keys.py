"""The keys that sign: made once, sealed, retired without their secret, published for good."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import errors
from app.vault import service as vault
from app.vault import signing, signing_keys
from app.vault.signing import Keys
from tests import signer
from tests.conftest import Raw
from tests.house import House
from tests.vault.signatures import CLAIMS, TYP, key_set, sign


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
