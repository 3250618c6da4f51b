"""What the tests of signing sign, and what a house publishes."""

from typing import Any

from app.vault import signing, signing_keys
from tests.house import House

TYP = "consent-receipt+jwt"
CLAIMS = {"iss": "https://naerblik.example", "sub": "s", "text": "Æ 1 < 2"}


def sign(house: House, claims: dict[str, Any], typ: str = TYP) -> str:
    with house.database.transaction() as session:
        return signing.sign(session, claims, typ)


def key_set(house: House) -> dict[str, Any]:
    with house.database.reading() as session:
        return signing_keys.key_set(signing_keys.public_keys(session))
