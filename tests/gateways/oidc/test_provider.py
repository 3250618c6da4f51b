"""Providers that are down, broken, or make themselves less safe than they must be; and their keys."""

import json
import socket
import threading

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app import errors
from app.environment import is_safe
from app.gateways.oidc import channel
from tests.gateways.oidc.journey import START, Journey
from tests.loopback import loopback
from tests.openid_provider import key

DISCOVERY = "/.well-known/openid-configuration"


def starts(journey: Journey) -> str:
    return journey.client.get(START).headers["Location"]


def test_a_provider_that_is_down_is_told_and_nothing_is_kept(light: Journey) -> None:
    light.provider.metadata["issuer"] = light.provider.url
    light.provider.answers[DISCOVERY] = (503, b"{}")
    response = light.client.get(START)

    assert response.headers["Location"] == "/?login=unreachable"
    assert "Set-Cookie" not in response.headers


def test_a_provider_that_nobody_answers_for_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"

        with pytest.raises(errors.LoginFailed) as told:
            channel.Channel().get(url)

    assert told.value.fault == "unreachable"


def test_a_provider_that_says_nothing_is_not_waited_for() -> None:
    with loopback() as silent, pytest.raises(errors.LoginFailed) as told:
        channel.Channel(timeout=0.1).get(f"{silent.url}/silent")

    assert told.value.fault == "unreachable"


def test_a_provider_that_drips_is_not_listened_to_for_ever() -> None:
    done = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not done.wait(0.01):
                connection.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=(listener,))
        thread.start()
        try:
            with pytest.raises(errors.LoginFailed) as told:
                channel.Channel(patience=0.1).get(f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            done.set()
            thread.join()

    assert told.value.fault == "unreachable"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"issuer": "https://evil.example"}', b"{}"],
)
def test_a_description_that_is_none_is_not_used(light: Journey, body: bytes) -> None:
    light.provider.answers[DISCOVERY] = (200, body)

    assert starts(light) == "/?login=unreachable"


def test_a_description_that_is_too_large_is_not_read_to_its_end(light: Journey) -> None:
    good = json.dumps(light.provider.described()).encode()
    light.provider.answers[DISCOVERY] = (200, good + b" " * channel.MOST_BYTES)

    assert starts(light) == "/?login=unreachable"


def test_the_description_of_another_issuer_is_not_used(light: Journey) -> None:
    light.provider.metadata["issuer"] = f"{light.provider.url}/"

    assert starts(light) == "/?login=unreachable"


def test_no_redirect_is_followed(light: Journey) -> None:
    light.provider.answers[DISCOVERY] = (302, b"{}")

    assert starts(light) == "/?login=unreachable"
    assert [path for path, _ in light.provider.asked] == [DISCOVERY]


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "address",
    [None, 7, "http://login.example/x", "https://login.example/x", "ftp://login.example", "javascript:alert(1)"],
)
def test_an_address_less_safe_than_the_issuers_or_of_another_kind_is_not_used(
    light: Journey, name: str, address: object
) -> None:
    light.provider.metadata[name] = address

    assert starts(light) == "/?login=unreachable"


def test_a_provider_that_takes_no_secret_is_not_used(light: Journey) -> None:
    light.provider.metadata["token_endpoint_auth_methods_supported"] = ["private_key_jwt"]

    assert starts(light) == "/?login=unreachable"


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/token", 500, b"{}"),
        ("/token", 429, b"slow down"),
        ("/token", 200, b"<html>"),
        ("/token", 200, b"{}"),
        ("/token", 200, b'{"id_token": 7}'),
        ("/token", 200, b" " * (channel.MOST_BYTES + 1)),
        ("/token", 401, b'{"error": "invalid_client"}'),
        ("/jwks", 200, b"[]"),
        ("/jwks", 200, b'{"keys": 7}'),
        ("/jwks", 200, b'{"keys": []}'),
        ("/jwks", 200, b'{"keys": [7, {}, {"kty": "RSA"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "EC"}]}'),
        ("/jwks", 500, b"{}"),
    ],
)
def test_a_provider_that_breaks_on_the_way_back_is_told(light: Journey, path: str, status: int, body: bytes) -> None:
    answer = light.at_provider(light.leave())
    light.provider.answers[path] = (status, body)

    assert light.back(answer).headers["Location"] == "/?login=unreachable"
    assert light.session()["logged_in"] is False


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "..", "e30.e30.", "e30.e30.AAAA", "bnVsbA.e30.AA", "x" * 200_000, "a.b.c.d.e"]
)
def test_what_is_no_token_is_refused(light: Journey, token: str) -> None:
    light.provider.sign = lambda _: token

    assert light.log_in() == "/?login=refused"


def test_a_new_key_is_fetched_when_a_token_names_it(light: Journey) -> None:
    light.log_in()
    light.house.wait(minutes=2)
    light.provider.keys = [dict(key("next").as_dict(private=False))]
    light.provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "next"}, claims, key("next"))

    assert light.log_in() == "/"


def test_made_up_key_ids_do_not_make_us_ask_again_and_again(light: Journey) -> None:
    light.log_in()
    light.provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "made up"}, claims, key())

    ends = [light.log_in() for _ in range(3)]

    assert ends == ["/?login=refused"] * 3
    assert [path for path, _ in light.provider.asked].count("/jwks") == 1


def test_description_and_keys_are_kept_for_an_hour(light: Journey) -> None:
    light.log_in()
    light.log_in()
    light.house.wait(minutes=61)
    light.log_in()

    asked = [path for path, _ in light.provider.asked]
    assert (asked.count(DISCOVERY), asked.count("/jwks")) == (2, 2)


@pytest.mark.parametrize(
    ("algorithm", "pair"),
    [
        ("ES256", ECKey.generate_key("P-256", {"kid": "other"})),
        ("Ed25519", OKPKey.generate_key("Ed25519", {"kid": "other"})),
        ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "other"})),
        ("PS256", None),
    ],
)
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_other_signatures_with_a_public_key_are_good_too(
    light: Journey, algorithm: str, pair: ECKey | OKPKey | None
) -> None:
    pair_of = pair or key("other")
    light.provider.keys.append(dict(pair_of.as_dict(private=False)))
    light.provider.sign = lambda claims: jwt.encode(
        {"alg": algorithm, "kid": "other"}, claims, pair_of, algorithms=[algorithm]
    )

    assert light.log_in() == "/"


def test_a_short_rsa_key_signs_nothing(light: Journey) -> None:
    with pytest.warns(UserWarning, match="2048"):
        short = RSAKey.generate_key(1024, {"kid": "short"})
    light.provider.keys.append(dict(short.as_dict(private=False)))
    light.provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "short"}, claims, short)

    assert light.log_in() == "/?login=refused"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example", True),
        ("http://127.0.0.1:8", True),
        ("http://[::1]:8", True),
        ("http://localhost", True),
        ("http://login.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost@evil.example", False),
        ("//login.example", False),
        ("http://[", False),
    ],
)
def test_only_https_or_this_machine_is_safe(address: str, safe: bool) -> None:
    assert is_safe(address) is safe
