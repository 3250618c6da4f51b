"""A house that has a login provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.gateways.oidc.journey import Journey
from tests.house import House, house_in
from tests.openid_provider import OpenidProvider, openid_provider


class Hands:
    """The one clock that house and provider look at."""

    house: House | None = None


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def provider(hands: Hands) -> Iterator[OpenidProvider]:
    with openid_provider(lambda: hands.house.at if hands.house else NOW) as provider:
        yield provider


def environ(provider: OpenidProvider) -> list[tuple[str, str]]:
    return [
        ("NAERBLIK_OIDC_ISSUER", provider.url),
        ("NAERBLIK_OIDC_CLIENT_ID", provider.client_id),
        ("NAERBLIK_OIDC_CLIENT_SECRET", provider.client_secret),
    ]


@pytest.fixture
def house(tmp_path: Path, database_url: str, provider: OpenidProvider, hands: Hands) -> Iterator[House]:
    with house_in(tmp_path / "data", database_url, NOW, environ(provider)) as house:
        hands.house = house
        yield house


@pytest.fixture
def light_house(tmp_path: Path, sqlite_url: str, provider: OpenidProvider, hands: Hands) -> Iterator[House]:
    with house_in(tmp_path / "data", sqlite_url, NOW, environ(provider)) as house:
        hands.house = house
        yield house


@pytest.fixture
def journey(house: House, provider: OpenidProvider) -> Journey:
    """A browser before the house, on each backend."""
    return Journey(house, provider)


@pytest.fixture
def light(light_house: House, provider: OpenidProvider) -> Journey:
    """A browser before the house, where the backend makes no difference."""
    return Journey(light_house, provider)
